package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.SpaceRecord;
import io.zhitong.accessmodel.Trait;
import java.util.Optional;

/** Nobody enters a full area; a car needs a space (限员与车位). */
final class OccupancyRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.OCCUPANCY;
    }

    @Override
    public Verdict judge(Situation situation) {
        int to = situation.place().toArea();
        if (to == PointPlace.OUTSIDE
                || situation.has(Trait.EXEMPT)
                || Area.of(situation).granting(situation)) {
            return Verdict.PASS;
        }
        long capacity = Area.of(situation).capacity();
        boolean full = capacity > 0 && situation.site().counts().at(to) >= capacity;
        return situation.is(PointKind.LANE)
                ? spaces(situation, to, full)
                : Verdict.passIf(!full, DenyReason.OCCUPANCY_FULL);
    }

    private static Verdict spaces(Situation situation, int lot, boolean full) {
        Optional<SpaceRecord> own = own(situation, lot);
        int spaces = own.isPresent() ? own.get().spaces() : 0;
        if (spaces > 0 && spaces > others(situation, lot)) {
            return Verdict.as(PassedAs.of(own.orElseThrow().spaceKind()));
        }
        if (situation.policy().lots().takesTemporary(lot)) {
            return full ? Verdict.refuse(DenyReason.LOT_FULL) : Verdict.as(PassedAs.TEMPORARY);
        }
        if (spaces > 0) {
            return Verdict.refuse(DenyReason.SPACES_TAKEN);
        }
        return Verdict.passIf(!full, DenyReason.LOT_FULL);
    }

    private static Optional<SpaceRecord> own(Situation situation, int lot) {
        long holder = situation.record().isPresent() ? situation.record().get().holder() : SpaceRecord.ANYBODY;
        return holder == SpaceRecord.ANYBODY
                ? Optional.empty()
                : situation.policy().lots().spaces(holder, lot);
    }

    private static int others(Situation situation, int lot) {
        Listed record = situation.record().orElseThrow();
        return situation
                .policy()
                .lots()
                .others(
                        record.holder(),
                        lot,
                        record.credential(),
                        situation.extras().plate());
    }
}
