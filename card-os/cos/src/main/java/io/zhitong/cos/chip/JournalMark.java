package io.zhitong.cos.chip;

import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;
import java.util.zip.CRC32;

/** The commit mark (提交标记) of a transaction: {@code 'ZTCM' ‖ body length 4 ‖ CRC-32 of the body 4 ‖ CRC-32 of these 12}. */
final class JournalMark {
    static final int LENGTH = 16;

    private JournalMark() {}

    static byte[] of(byte[] body) {
        byte[] head = new ByteWriter()
                .ascii("ZTCM")
                .u32(body.length)
                .u32(crc(body, body.length))
                .toByteArray();
        return new ByteWriter().bytes(head).u32(crc(head, head.length)).toByteArray();
    }

    /** Length of the body that this mark commits, or -1 if the mark does not belong to the bytes in the journal. */
    static int committedLength(byte[] mark, byte[] journal) {
        int length = ((mark[4] & 0xFF) << 24) | ((mark[5] & 0xFF) << 16) | ((mark[6] & 0xFF) << 8) | (mark[7] & 0xFF);
        if (length < 1 || length > journal.length) {
            return -1;
        }
        return Arrays.equals(mark, of(Arrays.copyOf(journal, length))) ? length : -1;
    }

    private static long crc(byte[] data, int length) {
        CRC32 crc = new CRC32();
        crc.update(data, 0, length);
        return crc.getValue();
    }
}
