package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** A point states the least carrier security level it accepts (载体安全级别须足够). */
final class LevelRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.LEVEL;
    }

    @Override
    public Verdict judge(Situation situation) {
        int least = situation.point().orElseThrow().leastLevel().code();
        return Verdict.passIf(situation.level().code() >= least, DenyReason.LEVEL_TOO_LOW);
    }

    @Override
    public Change remedy(Situation situation) {
        return new Change.UseSaferCarrier(situation.point().orElseThrow().leastLevel());
    }
}
