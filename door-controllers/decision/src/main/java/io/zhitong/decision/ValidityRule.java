package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import java.time.Instant;

/** The credential's validity has begun and has not ended (凭证须在有效期内). */
final class ValidityRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.VALIDITY;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (situation.temporaryCar()) {
            return Verdict.PASS;
        }
        Listed record = situation.record().orElseThrow();
        if (record.everValid()) {
            return Verdict.PASS;
        }
        if (!situation.clockKnown()) {
            return Verdict.refuse(DenyReason.CLOCK_UNKNOWN);
        }
        if (record.ended(situation.now())) {
            return Verdict.refuse(DenyReason.EXPIRED);
        }
        return Verdict.passIf(record.begun(situation.now()), DenyReason.NOT_YET_VALID);
    }

    @Override
    public Change remedy(Situation situation) {
        Listed record = situation.record().orElseThrow();
        if (!situation.clockKnown()) {
            return new Change.SetClock();
        }
        return record.ended(situation.now())
                ? new Change.Extend(record.credential(), situation.now())
                : new Change.ComeAt(
                        Instant.ofEpochSecond(record.fromSecond()),
                        situation.policy().zone());
    }
}
