package io.zhitong.cardspec;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;

/**
 * The number of a credential (凭证号), 8 bytes in one number space for every carrier: card, phone, face, plate, tag. Laid
 * out city2 ‖ type1 ‖ subtype1 ‖ flow4; as a key factor its 8 bytes stand as they are. Written as 16 hex digits.
 */
public record CredentialNumber(long value) implements Comparable<CredentialNumber> {
    /** Length in bytes. */
    public static final int LENGTH = 8;

    /**
     * Reads 8 bytes.
     *
     * @throws MalformedInput on another length
     */
    public static CredentialNumber of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new MalformedInput("expected a credential number of 8 bytes, came " + bytes.length);
        }
        long value = 0;
        for (byte b : bytes) {
            value = value << 8 | b & 0xFF;
        }
        return new CredentialNumber(value);
    }

    /**
     * Reads 16 hex digits.
     *
     * @throws MalformedInput on anything else
     */
    public static CredentialNumber parse(String hex) {
        return of(io.zhitong.smcrypto.Hex.parse(hex));
    }

    /** 8 bytes, big-endian. */
    public byte[] bytes() {
        return new ByteWriter().u64(value).toByteArray();
    }

    @Override
    public int compareTo(CredentialNumber other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return io.zhitong.smcrypto.Hex.of(bytes());
    }
}
