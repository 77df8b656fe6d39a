package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** Of the points of an interlock no two are open at once (互锁). */
final class InterlockRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.INTERLOCK;
    }

    @Override
    public Verdict judge(Situation situation) {
        int group = situation.place().interlockGroup();
        if (group == 0) {
            return Verdict.PASS;
        }
        Tally open = situation.site().open();
        boolean other = false;
        for (int i = 0; i < open.size(); i++) {
            int point = open.number(i);
            other |= point != situation.request().point().value()
                    && situation.policy().interlock(point) == group;
        }
        return Verdict.passIf(!other, DenyReason.INTERLOCK);
    }
}
