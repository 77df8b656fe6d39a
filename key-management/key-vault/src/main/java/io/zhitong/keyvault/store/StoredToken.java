package io.zhitong.keyvault.store;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.time.Instant;

/**
 * An unspent enrolment token (一次性注册令牌), by its hash: the store does not hold what would let one enrol. Layout: SM3 of the
 * token 32 ‖ end 8.
 *
 * @param hash SM3 over the token's text
 * @param end when it is over
 */
public record StoredToken(byte[] hash, Instant end) {
    private static final int HASH = 32;

    public StoredToken {
        hash = hash.clone();
        if (hash.length != HASH) {
            throw new IllegalArgumentException("expected a hash of 32 bytes");
        }
        end = Instant.ofEpochSecond(end.getEpochSecond());
    }

    void encode(ByteWriter out) {
        out.bytes(hash).u64(end.getEpochSecond());
    }

    static StoredToken decode(ByteReader in) {
        return new StoredToken(in.bytes(HASH), Instant.ofEpochSecond(in.u64()));
    }
}
