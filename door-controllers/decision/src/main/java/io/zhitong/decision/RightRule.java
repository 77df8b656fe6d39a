package io.zhitong.decision;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Right;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Some right of the credential names this point and a schedule that holds now (人员×时段×门点). */
final class RightRule implements Rule {

    @Override
    public RuleName name() {
        return RuleName.RIGHT;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (situation.temporaryCar()) {
            return Verdict.PASS;
        }
        GroupSet groups = situation.record().orElseThrow().groups();
        PointId point = situation.request().point();
        boolean none = true;
        for (int g = 0; g < groups.size(); g++) {
            GroupRights rights = groups.group(g);
            for (int i = rights.first(point); rights.isAt(i, point); i++) {
                if (situation.holds(rights.schedule(i))) {
                    return rights.passed(i);
                }
                none = false;
            }
        }
        if (none) {
            return Verdict.refuse(DenyReason.NO_RIGHT_HERE);
        }
        return Verdict.refuse(situation.clockKnown() ? DenyReason.OUTSIDE_SCHEDULE : DenyReason.CLOCK_UNKNOWN);
    }

    @Override
    public Change remedy(Situation situation) {
        List<Right> here = rightsHere(situation);
        if (here.isEmpty()) {
            return addRight(situation);
        }
        if (!situation.clockKnown()) {
            return new Change.SetClock();
        }
        return nextOpening(here, situation)
                .<Change>map(at -> new Change.ComeAt(at, situation.policy().zone()))
                .orElseGet(() -> addRight(situation));
    }

    private static Change addRight(Situation situation) {
        return new Change.AddRight(
                situation.record().orElseThrow().credential(),
                situation.request().point());
    }

    private static List<Right> rightsHere(Situation situation) {
        return situation
                .record()
                .orElseThrow()
                .groups()
                .rightsAt(situation.request().point());
    }

    private static Optional<Instant> nextOpening(List<Right> here, Situation situation) {
        return here.stream()
                .flatMap(right -> situation.policy().schedule(right.schedule()).stream())
                .flatMap(schedule -> NextOpening.of(schedule, situation.policy(), situation.now()).stream())
                .min(Comparator.naturalOrder());
    }
}
