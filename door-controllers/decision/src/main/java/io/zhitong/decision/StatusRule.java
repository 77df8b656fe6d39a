package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointKind;

/** The credential, at a lane that of the plate as well, is neither lost, cancelled nor blocked (凭证状态须正常). */
final class StatusRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.STATUS;
    }

    @Override
    public Verdict judge(Situation situation) {
        Verdict own = situation.record().isPresent() ? judge(situation.record().get()) : Verdict.PASS;
        boolean car = situation.is(PointKind.LANE) && situation.car().isPresent();
        return own == Verdict.PASS && car ? judge(situation.car().get()) : own;
    }

    private static Verdict judge(Listed listed) {
        return switch (listed.status()) {
            case ACTIVE -> Verdict.PASS;
            case LOST -> Verdict.refuse(DenyReason.LOST);
            case CANCELLED -> Verdict.refuse(DenyReason.CANCELLED);
            case BLOCKED -> Verdict.refuse(DenyReason.BLOCKED);
        };
    }

    @Override
    public Change remedy(Situation situation) {
        Listed refused = situation
                .record()
                .filter(own -> judge(own) != Verdict.PASS)
                .or(situation::car)
                .orElseThrow();
        return new Change.Reactivate(refused.credential(), refused.status());
    }
}
