package io.zhitong.cos.file;

import java.util.Arrays;

/** A PIN as the key file holds it (口令): length 1 ‖ 2 to 6 bytes ‖ FF to 7, so that a change may alter its length. */
public final class PinValue {
    private static final int STORED = 7;

    private PinValue() {}

    /** Whether the length is one of a PIN. */
    public static boolean fits(byte[] pin) {
        return pin.length >= 2 && pin.length <= 6;
    }

    /** The stored form. */
    public static byte[] encode(byte[] pin) {
        byte[] out = new byte[STORED];
        Arrays.fill(out, (byte) 0xFF);
        out[0] = (byte) pin.length;
        System.arraycopy(pin, 0, out, 1, pin.length);
        return out;
    }
}
