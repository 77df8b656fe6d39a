package io.zhitong.keyvault.quorum;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;

/**
 * Which shares belong together (分量组): set id 8 ‖ m 1 ‖ n 1, nothing secret.
 *
 * @param setId 8 bytes
 * @param needed m
 * @param dealt n
 */
public record QuorumId(byte[] setId, int needed, int dealt) {
    public QuorumId {
        setId = setId.clone();
        if (setId.length != 8 || needed < 1 || dealt < needed || dealt > 255) {
            throw new IllegalArgumentException("expected a set id of 8 bytes and 1 <= m <= n <= 255");
        }
    }

    /** The set a share says it is of. */
    public static QuorumId of(Share share) {
        return new QuorumId(share.setId(), share.needed(), share.dealt());
    }

    public boolean has(Share share) {
        return Arrays.equals(setId, share.setId()) && needed == share.needed() && dealt == share.dealt();
    }

    public byte[] encode() {
        return new ByteWriter().bytes(setId).u8(needed).u8(dealt).toByteArray();
    }

    public static QuorumId decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        QuorumId id = new QuorumId(in.bytes(8), in.u8(), in.u8());
        in.end();
        return id;
    }

    @Override
    public String toString() {
        return needed + " of " + dealt + ", set " + Hex.of(setId);
    }
}
