package io.zhitong.accessmodel;

/**
 * An SM3 hash value (杂凑值).
 *
 * @param value 32 bytes
 */
public record Hash(Octets value) {

    public static final int LENGTH = 32;

    /** 32 zero bytes: before the first record of a journal; an empty branch of a list's tree. */
    public static final Hash ZERO = new Hash(Octets.zeros(LENGTH));

    public Hash {
        value.expect(LENGTH, "a hash");
    }

    public static Hash of(byte[] bytes) {
        return new Hash(Octets.of(bytes));
    }

    public byte[] toByteArray() {
        return value.toByteArray();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
