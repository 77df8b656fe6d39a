package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * What the vault says about itself (密钥库概况). On the wire: state 1 ‖ mark 1 ‖ generation 8 ‖ audit number 8 ‖ audit
 * hash 32 ‖ module text.
 *
 * @param state open or sealed
 * @param mark of the masters
 * @param generation of the store that is open
 * @param auditNumber of the newest audit record
 * @param auditHash the audit chain's hash at that record
 * @param module the cryptographic module in words, with the level claimed for it
 */
public record VaultStatus(
        VaultState state, VaultMark mark, long generation, long auditNumber, byte[] auditHash, String module) {
    public VaultStatus {
        auditHash = Checks.length("audit hash", auditHash, 32);
        Checks.range("module text", module.length(), 0, 200);
    }

    /** Whether the quorum is a marked test quorum, whose shares lie beside the store. */
    public boolean demoQuorum() {
        return mark == VaultMark.DEMO_QUORUM;
    }

    void encode(ByteWriter out) {
        out.u8(state.code())
                .u8(mark.code())
                .u64(generation)
                .u64(auditNumber)
                .bytes(auditHash)
                .text(module);
    }

    static VaultStatus decode(ByteReader in) {
        return new VaultStatus(
                VaultState.of(in.u8()), VaultMark.of(in.u8()), in.u64(), in.u64(), in.bytes(32), in.text());
    }
}
