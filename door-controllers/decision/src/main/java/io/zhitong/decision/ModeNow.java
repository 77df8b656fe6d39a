package io.zhitong.decision;

import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import java.util.Optional;

/** The mode in which a point stands now: by order, else by the clock, else as configured (当前模式). */
final class ModeNow {

    private ModeNow() {}

    /** Whether the time would have to be known to tell. */
    static boolean unknown(Situation situation) {
        PointModes modes = modes(situation);
        return situation.request().state().ordered().isEmpty()
                && !situation.clockKnown()
                && modes.otherSchedule() != PointModes.NEVER
                && modes.other() != modes.standing();
    }

    static PointMode of(Situation situation) {
        Optional<PointMode> ordered = situation.request().state().ordered();
        if (ordered.isPresent()) {
            return ordered.get();
        }
        PointModes modes = modes(situation);
        PointMode standing = holds(modes.otherSchedule(), situation) ? modes.other() : modes.standing();
        boolean waits = standing == PointMode.LOCKED
                || standing == PointMode.FIRST_CARD && !situation.site().first();
        return !waits && holds(modes.unlockSchedule(), situation) ? PointMode.UNLOCKED : standing;
    }

    private static boolean holds(int schedule, Situation situation) {
        return schedule != PointModes.NEVER && situation.holds(schedule);
    }

    private static PointModes modes(Situation situation) {
        return situation.point().isPresent() ? situation.point().get().modes() : PointModes.NORMAL;
    }
}
