package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.Trait;
import java.util.Optional;

/** Two persons, or an escort for who must have one; the same holder is no companion (双人与陪同). */
final class CompanionRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.COMPANION;
    }

    @Override
    public Verdict judge(Situation situation) {
        PointMode mode = ModeNow.of(situation);
        if (mode == PointMode.TWO_PERSON) {
            return Verdict.passIf(companion(situation).isPresent(), DenyReason.SECOND_PERSON_MISSING);
        }
        if (mode != PointMode.ESCORT || !situation.has(Trait.ESCORTED)) {
            return Verdict.PASS;
        }
        Optional<Listed> escort = companion(situation);
        return Verdict.passIf(escort.isPresent() && escort.get().has(Trait.ESCORTS), DenyReason.ESCORT_MISSING);
    }

    private static Optional<Listed> companion(Situation situation) {
        return situation
                .extras()
                .companion()
                .flatMap(situation.policy()::listed)
                .filter(other -> situation.record().filter(other::samePerson).isEmpty());
    }
}
