package io.zhitong.smcrypto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes fixed big-endian layouts. Not thread-safe. A value out of range throws {@link IllegalArgumentException}. */
public final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    /** One byte, 0..255. */
    public ByteWriter u8(int value) {
        return number(value, 1);
    }

    /** Two bytes, 0..65535. */
    public ByteWriter u16(int value) {
        return number(value, 2);
    }

    /** Three bytes, 0..2^24-1. */
    public ByteWriter u24(int value) {
        return number(value, 3);
    }

    /** Four bytes, 0..2^32-1. */
    public ByteWriter u32(long value) {
        return number(value, 4);
    }

    /** Eight bytes, any value; the bit pattern is written. */
    public ByteWriter u64(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    /** The bytes as they are, without a length. */
    public ByteWriter bytes(byte[] value) {
        out.write(value, 0, value.length);
        return this;
    }

    /** Two bytes of length, then the bytes (at most 65535). */
    public ByteWriter sized(byte[] value) {
        return u16(value.length).bytes(value);
    }

    /** ASCII characters without a length. */
    public ByteWriter ascii(String value) {
        return bytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    /** Two bytes of length, then UTF-8. */
    public ByteWriter text(String value) {
        return sized(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes written so far. */
    public int length() {
        return out.size();
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return out.toByteArray();
    }

    private ByteWriter number(long value, int width) {
        if (value < 0 || value >= 1L << (8 * width)) {
            throw new IllegalArgumentException("expected an unsigned number of " + width + " bytes, came " + value);
        }
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
        return this;
    }
}
