package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * Some records of the audit chain (审计分页). On the wire: newest <i>mark</i> ‖ before <i>mark</i> ‖ length 4 ‖ records.
 *
 * @param newest the newest record there was
 * @param before the place before the first record of this page
 * @param records whole records as they lie in the vault's file, docs/keys.md#audit-chain-审计链; none behind the newest
 */
public record AuditPage(AuditMark newest, AuditMark before, byte[] records) {
    /** Most records of a page. */
    public static final int MOST = 1000;

    private static final int MOST_BYTES = 3 * 1024 * 1024;

    public AuditPage {
        records = Checks.length("audit records", records, 0, MOST_BYTES);
    }

    void encode(ByteWriter out) {
        newest.encode(out);
        before.encode(out);
        out.u32(records.length).bytes(records);
    }

    static AuditPage decode(ByteReader in) {
        AuditMark newest = AuditMark.decode(in);
        AuditMark before = AuditMark.decode(in);
        return new AuditPage(newest, before, in.bytes(Math.toIntExact(Math.min(in.u32(), MOST_BYTES + 1L))));
    }
}
