package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointMode;

/** A point held unlocked lets everybody pass, one locked down nobody (常开与封锁). */
final class PointModeRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.POINT_MODE;
    }

    @Override
    public Verdict judge(Situation situation) {
        PointMode mode = situation.request().state().mode();
        return mode == PointMode.UNLOCKED
                ? Verdict.OPEN
                : Verdict.passIf(mode == PointMode.NORMAL, DenyReason.LOCKED_DOWN);
    }

    @Override
    public Change remedy(Situation situation) {
        return new Change.BackToNormal(situation.request().point());
    }
}
