package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** A card whose certificate was replaced no longer counts (旧证书作废). */
final class CertificateRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.CERTIFICATE;
    }

    @Override
    public Verdict judge(Situation situation) {
        boolean none = situation.record().isEmpty() || situation.certificate() == Presented.Genuine.NO_CERTIFICATE;
        return Verdict.passIf(
                none
                        || situation.certificate()
                                >= situation.record().orElseThrow().leastCertificate(),
                DenyReason.CERTIFICATE_REPLACED);
    }

    @Override
    public Change remedy(Situation situation) {
        return new Change.UseNewestCard(situation.record().orElseThrow().leastCertificate());
    }
}
