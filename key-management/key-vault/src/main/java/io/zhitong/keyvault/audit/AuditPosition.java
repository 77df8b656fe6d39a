package io.zhitong.keyvault.audit;

import io.zhitong.smcrypto.HashChain;

/**
 * A place in the audit chain (审计位置).
 *
 * @param number of a record; 0 before the first
 * @param hash the chain's hash at that record, 32 bytes
 */
public record AuditPosition(long number, byte[] hash) {
    public AuditPosition {
        hash = hash.clone();
    }

    /** Before the first record. */
    public static AuditPosition start() {
        return new AuditPosition(0, HashChain.start());
    }
}
