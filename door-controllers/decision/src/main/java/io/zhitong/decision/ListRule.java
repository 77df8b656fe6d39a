package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** Without an access list in force and a configured point nobody is granted (名单与配置须有效). */
final class ListRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.LIST;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (situation.point().isEmpty() || situation.list() == Situation.ListState.MISSING) {
            return new Verdict.Refuse(DenyReason.LIST_MISSING);
        }
        if (situation.list() == Situation.ListState.IN_FORCE) {
            return Verdict.PASS;
        }
        return situation.clockKnown()
                ? Verdict.passIf(!situation.policy().leaseEnded(situation.now()), DenyReason.LEASE_ENDED)
                : new Verdict.Refuse(DenyReason.CLOCK_UNKNOWN);
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
