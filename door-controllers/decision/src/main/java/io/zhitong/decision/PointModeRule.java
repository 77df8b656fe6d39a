package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.Trait;

/** A point held unlocked lets everybody pass, one locked down guards only (常开与封锁). */
final class PointModeRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.POINT_MODE;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (ModeNow.unknown(situation)) {
            return Verdict.refuse(DenyReason.CLOCK_UNKNOWN);
        }
        return switch (ModeNow.of(situation)) {
            case UNLOCKED -> Verdict.OPEN;
            case LOCKED -> Verdict.passIf(situation.has(Trait.GUARD), DenyReason.LOCKED_DOWN);
            case NORMAL, FIRST_CARD, CARD_PIN, CARD_FACE, CARD_FINGERPRINT, TWO_PERSON, ESCORT, CARD_PLATE ->
                Verdict.PASS;
        };
    }

    @Override
    public Change remedy(Situation situation) {
        return ModeNow.unknown(situation)
                ? new Change.SetClock()
                : new Change.BackToNormal(situation.request().point());
    }
}
