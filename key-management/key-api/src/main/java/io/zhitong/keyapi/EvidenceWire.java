package io.zhitong.keyapi;

/** The vault's end of {@link VaultEvidence}. */
final class EvidenceWire {
    private EvidenceWire() {}

    static void serve(VaultEvidence evidence, WireHandlers handlers) {
        handlers.put(EvidenceOp.AUDIT, in -> {
            long from = in.u64();
            int most = Checks.range("number of records", in.u16(), 1, AuditPage.MOST);
            return out -> evidence.audit(from, most).encode(out);
        });
        handlers.put(EvidenceOp.CHECKPOINT, in -> out -> evidence.checkpoint().encode(out));
        handlers.put(EvidenceOp.PACK, in -> out -> Lists.encode(out, evidence.pack(), EvidenceFile::encode));
        handlers.put(EvidenceOp.PORTRAIT, in -> out -> evidence.portrait().encode(out));
    }
}
