package io.zhitong.keyapi;

import java.util.List;

/** What the vault can show of itself to somebody who examines it (密钥库证据); nothing secret. */
public interface VaultEvidence {
    /**
     * Records of the audit chain.
     *
     * @param from number of the first, 1 or more; one behind the newest answers none
     * @param most 1 to {@link AuditPage#MOST}
     */
    AuditPage audit(long from, int most);

    /** Signs the audit chain as far as it goes; what is exported then is covered by a signature to its end. */
    AuditMark checkpoint();

    /** The vault as it is now. */
    VaultPortrait portrait();

    /**
     * The vault's own account of itself for an examiner: {@code evidence.html}, {@code evidence.json}, {@code audit.pem} and,
     * after a ceremony, {@code transcript.txt}. It tells how far the audit goes; the audit itself is read by {@link #audit}.
     */
    List<EvidenceFile> pack();
}
