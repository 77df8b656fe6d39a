package io.zhitong.decision;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.DenyReason;

/** The permitted number of passes is not used up (次数未用完). */
final class UsesRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.USES;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (situation.temporaryCar() || situation.beginsInside()) {
            return Verdict.PASS;
        }
        int uses = situation.record().orElseThrow().uses();
        return Verdict.passIf(
                uses == AccessRecord.UNLIMITED || situation.request().passes() < uses, DenyReason.USES_EXHAUSTED);
    }

    @Override
    public Change remedy(Situation situation) {
        int needed = Math.min(situation.request().passes() + 1, AccessRecord.UNLIMITED);
        return new Change.AllowUses(situation.record().orElseThrow().credential(), needed);
    }
}
