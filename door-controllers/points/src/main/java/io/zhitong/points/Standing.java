package io.zhitong.points;

import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import java.util.Optional;

/**
 * How a point stands at a moment (门点现行模式): by command, else by the clock, else by its configuration. Pure.
 *
 * @param mode what `decision` goes by
 * @param unlocked whether the lock is held released
 * @param firstCame whether the first authorised person of the present unlock window came; forgotten when the window ends
 */
public record Standing(PointMode mode, boolean unlocked, boolean firstCame) {

    /**
     * Which of a point's schedules hold now.
     *
     * @param other the other mode's
     * @param unlock the unlock schedule
     */
    public record Hours(boolean other, boolean unlock) {
        public static final Hours NONE = new Hours(false, false);
    }

    /**
     * @param commanded what an operator set; above everything but fire
     * @param came whether a first person came in what was the unlock window until now
     */
    public static Standing of(Optional<PointMode> commanded, PointModes modes, Hours hours, boolean came) {
        boolean first = came && hours.unlock();
        if (commanded.isPresent()) {
            return new Standing(commanded.get(), commanded.get() == PointMode.UNLOCKED, first);
        }
        PointMode mode = hours.other() ? modes.other() : modes.standing();
        boolean byTheClock = hours.unlock() && mode != PointMode.LOCKED && (mode != PointMode.FIRST_CARD || first);
        return new Standing(mode, mode == PointMode.UNLOCKED || byTheClock, first);
    }

    /** Whether somebody who may be the first opens the point for everybody by coming now. */
    public static boolean awaitsFirst(Standing standing, Hours hours) {
        return standing.mode() == PointMode.FIRST_CARD && hours.unlock() && !standing.firstCame();
    }

    /** What the door has to be told when it stood otherwise before. */
    public DoorInput input() {
        if (mode == PointMode.LOCKED) {
            return new DoorInput.Secure();
        }
        return unlocked ? new DoorInput.Free() : new DoorInput.Normal();
    }
}
