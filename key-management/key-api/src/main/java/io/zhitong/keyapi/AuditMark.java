package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;

/**
 * A place in the vault's audit chain that somebody else keeps (审计位置): whoever knows one finds a chain that was cut off
 * before it or begun anew. On the wire: number 8 ‖ hash 32; as text {@code NUMBER:HASH}, 64 hex digits.
 *
 * @param number of a record; 0 before the first
 * @param hash the chain's hash at that record, 32 bytes
 */
public record AuditMark(long number, byte[] hash) {
    private static final int HASH = 32;

    public AuditMark {
        if (number < 0) {
            throw Checks.malformed("audit number: expected 0 or more");
        }
        hash = Checks.length("audit hash", hash, HASH);
    }

    /**
     * Reads the text form.
     *
     * @throws KeyServiceException {@link KeyRefusal#MALFORMED}
     */
    public static AuditMark parse(String text) {
        int colon = text.indexOf(':');
        try {
            return new AuditMark(
                    Long.parseLong(text.substring(0, Math.max(colon, 0))), Hex.parse(text.substring(colon + 1)));
        } catch (NumberFormatException | MalformedInput e) {
            throw new KeyServiceException(KeyRefusal.MALFORMED, "expected NUMBER:HASH with 64 hex digits", e);
        }
    }

    /** The text form. */
    @Override
    public String toString() {
        return number + ":" + Hex.of(hash);
    }

    void encode(ByteWriter out) {
        out.u64(number).bytes(hash);
    }

    static AuditMark decode(ByteReader in) {
        return new AuditMark(in.u64(), in.bytes(HASH));
    }
}
