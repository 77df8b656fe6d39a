package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** The credential is on this device's list (凭证须在名单上). */
final class KnownRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.KNOWN;
    }

    @Override
    public Verdict judge(Situation situation) {
        return Verdict.passIf(situation.record().isPresent(), DenyReason.UNKNOWN_CREDENTIAL);
    }

    @Override
    public Change remedy(Situation situation) {
        return new Change.AddCredential(
                situation.credential().orElseThrow(), situation.request().point());
    }
}
