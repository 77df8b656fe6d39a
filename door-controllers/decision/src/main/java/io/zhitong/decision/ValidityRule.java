package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.Validity;
import java.time.Instant;

/** The credential's validity has begun and has not ended (凭证须在有效期内). */
final class ValidityRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.VALIDITY;
    }

    @Override
    public Verdict judge(Situation situation) {
        Validity validity = situation.record().orElseThrow().validity();
        if (validity.equals(Validity.ALWAYS)) {
            return Verdict.PASS;
        }
        if (!situation.clockKnown()) {
            return new Verdict.Refuse(DenyReason.CLOCK_UNKNOWN);
        }
        if (validity.ended(situation.now())) {
            return new Verdict.Refuse(DenyReason.EXPIRED);
        }
        return Verdict.passIf(validity.begun(situation.now()), DenyReason.NOT_YET_VALID);
    }

    @Override
    public Change remedy(Situation situation) {
        Validity validity = situation.record().orElseThrow().validity();
        if (!situation.clockKnown()) {
            return new Change.SetClock();
        }
        return validity.ended(situation.now())
                ? new Change.Extend(situation.record().orElseThrow().credential(), situation.now())
                : new Change.ComeAt(
                        Instant.ofEpochSecond(validity.fromSecond()),
                        situation.policy().zone());
    }
}
