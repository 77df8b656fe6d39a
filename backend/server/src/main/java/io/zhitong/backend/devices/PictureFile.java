package io.zhitong.backend.devices;

import io.zhitong.accessmodel.Octets;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes of a picture on disk (图片密文格式): "ZTP1" ‖ number of its data key 8 ‖ nonce 12 ‖ SM4-CTR of the picture, counter = nonce ‖
 * block 4 from 0. What is read is proved by the name, the SHA-256 of the clear picture.
 */
record PictureFile(long key, Octets nonce) {
    static final int HEADER = 24;
    static final int NONCE = 12;

    private static final long MAGIC = 0x5A54_5031L;
    private static final int BLOCK = 16;

    byte[] header() {
        return new ByteWriter().u32(MAGIC).u64(key).bytes(nonce.toByteArray()).toByteArray();
    }

    /** Nothing when the file does not begin as such a file does. */
    static Optional<PictureFile> of(byte[] file) {
        if (file.length < HEADER) {
            return Optional.empty();
        }
        ByteReader in = new ByteReader(file);
        boolean ours = in.u32() == MAGIC;
        PictureFile read = new PictureFile(in.u64(), Octets.of(in.bytes(NONCE)));
        return ours ? Optional.of(read) : Optional.empty();
    }

    /**
     * Both ways.
     *
     * @param from place of the first byte in the picture
     */
    byte[] crypt(SecretBytes secret, int from, byte[] data) {
        byte[] counter =
                new ByteWriter().bytes(nonce.toByteArray()).u32(from / BLOCK).toByteArray();
        int skip = from % BLOCK;
        byte[] whole = new byte[skip + data.length];
        System.arraycopy(data, 0, whole, skip, data.length);
        byte[] clear = secret.export(SecretAccess.TOKEN);
        try {
            return Arrays.copyOfRange(Sm4.ctr(clear, counter, whole), skip, whole.length);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }
}
