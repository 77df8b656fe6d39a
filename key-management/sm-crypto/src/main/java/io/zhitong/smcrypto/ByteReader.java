package io.zhitong.smcrypto;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads fixed big-endian layouts; too few bytes throw {@link MalformedInput}. Not thread-safe. */
public final class ByteReader {
    private final byte[] data;
    private int at;

    /** Reads from a copy-free view; the caller must not change the array meanwhile. */
    public ByteReader(byte[] data) {
        this.data = data;
    }

    /** One byte, 0..255. */
    public int u8() {
        return (int) number(1);
    }

    /** Two bytes. */
    public int u16() {
        return (int) number(2);
    }

    /** Three bytes. */
    public int u24() {
        return (int) number(3);
    }

    /** Four bytes, 0..2^32-1. */
    public long u32() {
        return number(4);
    }

    /** Eight bytes as a bit pattern. */
    public long u64() {
        return number(8);
    }

    /** The next n bytes, copied. */
    public byte[] bytes(int n) {
        need(n);
        byte[] part = Arrays.copyOfRange(data, at, at + n);
        at += n;
        return part;
    }

    /** Two bytes of length, then that many bytes. */
    public byte[] sized() {
        return bytes(u16());
    }

    /** Two bytes of length, then UTF-8; anything else is malformed. */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(sized()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedInput("expected UTF-8 text, found other bytes");
        }
    }

    /** Checks that ASCII constant comes next and passes over it. */
    public ByteReader magic(String ascii) {
        byte[] expected = ascii.getBytes(StandardCharsets.US_ASCII);
        if (!Arrays.equals(expected, bytes(expected.length))) {
            throw new MalformedInput("expected the mark '" + ascii + "', found other bytes");
        }
        return this;
    }

    /** Bytes not read yet. */
    public int remaining() {
        return data.length - at;
    }

    /** All bytes not read yet, copied. */
    public byte[] rest() {
        return bytes(remaining());
    }

    /** Refuses bytes behind the layout's end. */
    public void end() {
        if (remaining() != 0) {
            throw new MalformedInput("expected the end, found " + remaining() + " more bytes");
        }
    }

    private long number(int width) {
        need(width);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | (data[at++] & 0xff);
        }
        return value;
    }

    private void need(int n) {
        if (n < 0 || n > remaining()) {
            throw new MalformedInput("expected " + n + " more bytes, found " + remaining());
        }
    }
}
