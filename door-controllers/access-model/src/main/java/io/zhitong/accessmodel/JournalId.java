package io.zhitong.accessmodel;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A journal (日志) of a device: 8 random bytes drawn when its file is created, never 0.
 *
 * @param value the 8 bytes, big-endian
 */
public record JournalId(long value) {

    public JournalId {
        ModelException.require(value != 0, ModelException.Reason.RANGE, "a journal id other than 0");
    }

    public static JournalId draw(SecureRandom random) {
        long value = random.nextLong();
        return value == 0 ? draw(random) : new JournalId(value);
    }

    /** 16 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().withUpperCase().toHexDigits(value);
    }
}
