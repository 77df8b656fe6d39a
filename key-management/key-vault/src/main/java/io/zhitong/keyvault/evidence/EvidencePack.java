package io.zhitong.keyvault.evidence;

import java.time.Instant;
import java.util.List;

/** Puts the document together (证据包). */
public final class EvidencePack {
    private EvidencePack() {}

    /** The document of one moment. */
    public static EvidenceDocument of(EvidenceInput input) {
        Ceremony ceremony = Ceremony.of(input.transcript());
        return new EvidenceDocument(
                Instant.ofEpochMilli(input.portrait().time()),
                List.of(
                        SummarySections.summary(input),
                        Deviations.section(input, ceremony),
                        SummarySections.module(input),
                        AlgorithmSections.algorithms(input.portrait()),
                        AlgorithmSections.suites(),
                        KeySections.keys(input.portrait()),
                        KeySections.usages(),
                        KeySections.separation(input.rules()),
                        KeySections.lifeCycle(input.portrait()),
                        SignerSections.signers(input),
                        MachineSections.machines(input),
                        PeopleSections.custodians(input),
                        ceremony.section(),
                        PeopleSections.register(input),
                        SummarySections.audit(input),
                        AlgorithmSections.aspects()));
    }
}
