package io.zhitong.keyvault.custodian;

import io.zhitong.keyapi.AuditKind;

/** Where dual control and ceremony write what happened (审计接口): the vault's audit. */
@FunctionalInterface
public interface CustodyNotes {
    /**
     * Appends a record; on disk when it returns.
     *
     * @param who a custodian as {@code custodian 3}, or the machine that asked
     * @param detail words of ours and names that were checked
     */
    void note(AuditKind kind, String who, String detail);
}
