package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** The credential is neither lost, cancelled nor blocked (凭证状态须正常). */
final class StatusRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.STATUS;
    }

    @Override
    public Verdict judge(Situation situation) {
        return switch (situation.record().orElseThrow().status()) {
            case ACTIVE -> Verdict.PASS;
            case LOST -> new Verdict.Refuse(DenyReason.LOST);
            case CANCELLED -> new Verdict.Refuse(DenyReason.CANCELLED);
            case BLOCKED -> new Verdict.Refuse(DenyReason.BLOCKED);
        };
    }

    @Override
    public Change remedy(Situation situation) {
        Listed record = situation.record().orElseThrow();
        return new Change.Reactivate(record.credential(), record.status());
    }
}
