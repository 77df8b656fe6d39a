package io.zhitong.keyapi;

import java.util.List;

/** {@link VaultEvidence} over the wire. */
final class RemoteVaultEvidence implements VaultEvidence {
    private final WireAsker wire;

    RemoteVaultEvidence(WireAsker wire) {
        this.wire = wire;
    }

    @Override
    public AuditPage audit(long from, int most) {
        Checks.range("number of records", most, 1, AuditPage.MOST);
        return wire.ask(EvidenceOp.AUDIT, out -> out.u64(from).u16(most), AuditPage::decode);
    }

    @Override
    public AuditMark checkpoint() {
        return wire.ask(EvidenceOp.CHECKPOINT, out -> {}, AuditMark::decode);
    }

    @Override
    public VaultPortrait portrait() {
        return wire.ask(EvidenceOp.PORTRAIT, out -> {}, VaultPortrait::decode);
    }

    @Override
    public List<EvidenceFile> pack() {
        return wire.ask(EvidenceOp.PACK, out -> {}, in -> Lists.decode(in, EvidenceFile::decode));
    }
}
