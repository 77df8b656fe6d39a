package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;

/** Only what proved itself is a credential (凭证须真实). */
final class GenuineRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.GENUINE;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (situation.request().presented() instanceof Presented.Unread unread) {
            return Verdict.refuse(unread.reason());
        }
        return Verdict.passIf(
                !(situation.request().presented() instanceof Presented.NotGenuine), DenyReason.NOT_GENUINE);
    }

    @Override
    public Change remedy(Situation situation) {
        return new Change.PresentGenuine();
    }
}
