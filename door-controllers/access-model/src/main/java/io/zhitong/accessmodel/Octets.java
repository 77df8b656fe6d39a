package io.zhitong.accessmodel;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An unchangeable byte string that compares by content (字节串); for identifiers, hashes and record bodies, never for
 * keys. Safe for use by several threads.
 */
public final class Octets {

    public static final Octets EMPTY = new Octets(new byte[0]);
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies {@code bytes}. */
    public static Octets of(byte[] bytes) {
        return new Octets(bytes.clone());
    }

    public static Octets zeros(int length) {
        return new Octets(new byte[length]);
    }

    public int length() {
        return bytes.length;
    }

    /** A fresh copy. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** One byte, 0 … 255. */
    public int at(int index) {
        return bytes[index] & 0xFF;
    }

    public boolean isZero() {
        int or = 0;
        for (byte b : bytes) {
            or |= b;
        }
        return or == 0;
    }

    Octets expect(int length, String what) {
        ModelException.require(bytes.length == length, ModelException.Reason.LENGTH, what + " of " + length + " bytes");
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Upper-case hexadecimal. */
    @Override
    public String toString() {
        return HEX.formatHex(bytes);
    }
}
