package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import java.util.Optional;

/** A lift serves the floors of the rights that hold now; one that was chosen must be among them (楼层权限). */
final class FloorRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.FLOOR;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (!situation.is(PointKind.LIFT)) {
            return Verdict.PASS;
        }
        LiftFloors floors = floors(situation);
        Optional<Extras.Floor> chosen = situation.extras().floor();
        if (chosen.isEmpty()) {
            return new Verdict.PassTo(floors);
        }
        return floors.has(chosen.get())
                ? new Verdict.PassTo(LiftFloors.only(chosen.get()))
                : Verdict.refuse(DenyReason.FLOOR_NOT_ALLOWED);
    }

    private static LiftFloors floors(Situation situation) {
        GroupSet groups =
                situation.record().isPresent() ? situation.record().get().groups() : GroupSet.EMPTY;
        PointId point = situation.request().point();
        LiftFloors floors = LiftFloors.NONE;
        for (int g = 0; g < groups.size(); g++) {
            GroupRights rights = groups.group(g);
            for (int i = rights.first(point); rights.isAt(i, point); i++) {
                if (situation.holds(rights.schedule(i))) {
                    floors = floors.and(situation.policy().liftFloors(rights.floors(i)));
                }
            }
        }
        return floors;
    }
}
