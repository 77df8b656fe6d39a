package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.PointKind;

/** Fire wins over all: the escape side is free for everybody, lifts are recalled (火警优先). */
final class FireRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.FIRE;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (situation.point().isEmpty()) {
            return Verdict.PASS;
        }
        FireSafety fire = situation.point().get().fire();
        if (fire.zone() == 0 || !situation.site().fire().has(fire.zone())) {
            return Verdict.PASS;
        }
        if (situation.is(PointKind.LIFT)) {
            return Verdict.refuse(DenyReason.FIRE_RECALL);
        }
        return fire.escapeSide() ? Verdict.OPEN : Verdict.PASS;
    }
}
