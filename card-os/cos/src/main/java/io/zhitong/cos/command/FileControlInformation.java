package io.zhitong.cos.command;

import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;
import java.util.Optional;

/**
 * The FCI of a DF (文件控制信息), docs/card.md: {@code 6F {84 name, A5 {…}}}. In A5 stands 88 SFI for a directory of
 * directories, 9F0C with the content of the application file (0015) for an application, DF60 for an access application.
 */
public final class FileControlInformation {
    private static final byte[] ACCESS_PREFIX = {(byte) 0xF0, 0x5A, 0x54, 0x41, 0x43, 0x43};
    private static final int APPLICATION = 0x80;
    private static final int CAPABILITIES = 5;

    private FileControlInformation() {}

    static byte[] of(CardFile df, CardContext card) {
        byte[] name = card.files().name(df);
        ByteWriter inner = new ByteWriter().u8(0x84).u8(name.length).bytes(name);
        byte[] own = isAccess(name, card) ? capabilities(df, card) : application(df, card);
        if (own.length > 0) {
            inner.u8(0xA5).u8(own.length).bytes(own);
        }
        return new ByteWriter()
                .u8(0x6F)
                .u8(inner.length())
                .bytes(inner.toByteArray())
                .toByteArray();
    }

    /** Methods byte of DF60, 0 if the DF is no access application. */
    public static int accessMethods(CardFile df, CardContext card) {
        return isAccess(card.files().name(df), card) ? five(df, card)[1] & 0xFF : 0;
    }

    private static boolean isAccess(byte[] name, CardContext card) {
        return card.profile().accessMethods() != 0
                && name.length == 14
                && Arrays.equals(Arrays.copyOf(name, 6), ACCESS_PREFIX);
    }

    private static byte[] application(CardFile df, CardContext card) {
        int file = df.flags();
        if ((file & APPLICATION) == 0) {
            return new byte[] {(byte) 0x88, 1, (byte) file};
        }
        return applicationFile(df, card)
                .map(f -> f.read(0, Math.min(f.size(), 0x1E)))
                .map(data ->
                        new ByteWriter().u16(0x9F0C).u8(data.length).bytes(data).toByteArray())
                .orElse(Shape.NOTHING);
    }

    private static byte[] capabilities(CardFile df, CardContext card) {
        return new ByteWriter()
                .u16(0xDF60)
                .u8(CAPABILITIES)
                .bytes(five(df, card))
                .toByteArray();
    }

    /** suites1 methods1 time2 00: from the application file if there is one, else from the profile. */
    private static byte[] five(CardFile df, CardContext card) {
        byte[] fromProfile = new ByteWriter()
                .u8(0x01)
                .u8(card.profile().accessMethods())
                .u16(card.profile().answerTime())
                .u8(0)
                .toByteArray();
        return applicationFile(df, card)
                .filter(f -> f.size() >= CAPABILITIES)
                .map(f -> f.read(0, CAPABILITIES))
                .orElse(fromProfile);
    }

    private static Optional<CardFile> applicationFile(CardFile df, CardContext card) {
        return card.files().bySfi(df, df.flags() & 0x1F).filter(f -> f.kind() == FileKind.BINARY);
    }
}
