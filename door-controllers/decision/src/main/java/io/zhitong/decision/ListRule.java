package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.OfflinePolicy;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.Trait;

/** Without an access list in force and a configured point nobody is granted (名单与配置须有效). */
final class ListRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.LIST;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (situation.point().isEmpty() || situation.list() == Situation.ListState.MISSING) {
            return Verdict.refuse(DenyReason.LIST_MISSING);
        }
        Verdict verdict = inForce(situation, situation.point().get());
        boolean staff = situation.point().get().offline() == OfflinePolicy.STAFF_ONLY && situation.has(Trait.GUARD);
        return verdict == Verdict.PASS || staff ? Verdict.PASS : situation.fallback(verdict);
    }

    private static Verdict inForce(Situation situation, PointRecord point) {
        boolean limited = situation.list() == Situation.ListState.LEASED;
        if (limited && !situation.clockKnown()) {
            return Verdict.refuse(DenyReason.CLOCK_UNKNOWN);
        }
        boolean ended = limited && situation.policy().leaseEnded(situation.now());
        boolean alone = point.leaseSeconds() != 0 && situation.site().silenceSeconds() >= point.leaseSeconds();
        return Verdict.passIf(!ended && !alone, DenyReason.LEASE_ENDED);
    }

    @Override
    public Change remedy(Situation situation) {
        boolean onlyTheTimeIsMissing = situation.point().isPresent()
                && situation.list() == Situation.ListState.LEASED
                && !situation.clockKnown();
        return onlyTheTimeIsMissing
                ? new Change.SetClock()
                : new Change.SendLists(situation.request().point());
    }
}
