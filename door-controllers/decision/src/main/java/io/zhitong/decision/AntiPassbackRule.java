package io.zhitong.decision;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.Trait;

/** Who is known to be elsewhere does not come from here; cars and cards stay together (反潜回与防盗比对). */
final class AntiPassbackRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.ANTI_PASSBACK;
    }

    @Override
    public Verdict judge(Situation situation) {
        Area area = Area.of(situation);
        boolean exempt = free(situation);
        boolean granting = !exempt && area.granting(situation);
        if (!exempt && area.denying(situation)) {
            return Verdict.refuse(DenyReason.STATE_STALE);
        }
        Verdict verdict = situation.is(PointKind.LANE)
                ? CarsInside.judge(situation, area, exempt || granting)
                : exempt || granting ? Verdict.PASS : person(situation, area);
        return granting && verdict == Verdict.PASS ? Verdict.RECORDED : verdict;
    }

    static boolean free(Situation situation) {
        return situation.has(Trait.EXEMPT) || situation.method() == AccessMethod.REMOTE;
    }

    private static Verdict person(Situation situation, Area area) {
        SiteState site = situation.site();
        boolean violation = site.holderArea() != SiteState.NOWHERE
                && site.holderArea() != situation.place().fromArea();
        return violation ? area.violated(situation, site.holderSinceSecond()) : Verdict.PASS;
    }
}
