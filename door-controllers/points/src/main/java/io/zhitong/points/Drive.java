package io.zhitong.points;

import io.zhitong.accessmodel.LockKind;

/**
 * How an output is driven (输出驱动): which level says yes, and which level it falls to when nobody drives it any more. A fail-secure
 * lock (断电上锁) is energised to release it, a fail-safe one (断电开锁) to lock it; both fall to no current, as in a power cut.
 *
 * @param activeHigh whether current means yes: released, sounding, lit, floor free
 */
public record Drive(boolean activeHigh) {

    /** Relays, sirens, lights, floors: current means yes. */
    public static final Drive PLAIN = new Drive(true);

    public static Drive of(LockKind lock, boolean inverted) {
        return new Drive((lock == LockKind.FAIL_SECURE) != inverted);
    }

    /** The level that says so. */
    public boolean level(boolean yes) {
        return yes == activeHigh;
    }

    /** What the output says once it has fallen: a fail-safe lock is open then. */
    public boolean fallen() {
        return !activeHigh;
    }
}
