package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.Trait;

/** Nobody passes before the first authorised person came (首卡). */
final class FirstCardRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.FIRST_CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        return Verdict.passIf(
                ModeNow.of(situation) != PointMode.FIRST_CARD
                        || situation.site().first()
                        || situation.has(Trait.FIRST_PERSON),
                DenyReason.FIRST_CARD_MISSING);
    }
}
