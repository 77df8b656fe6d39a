package io.zhitong.accessmodel;

/**
 * How a point stands, by the clock (门点模式时段): mode 1 ‖ other mode 1 ‖ other mode's schedule 2 ‖ unlock schedule 2.
 *
 * @param other stands instead of {@code standing} while {@code otherSchedule} holds
 * @param otherSchedule id of a schedule, {@link #NEVER} = the standing mode always
 * @param unlockSchedule while it holds the point is held unlocked; with mode {@link PointMode#FIRST_CARD} only after the
 *     first authorised person of that window; {@link #NEVER} = not by the clock
 */
public record PointModes(PointMode standing, PointMode other, int otherSchedule, int unlockSchedule) {

    public static final int NEVER = 0;
    public static final PointModes NORMAL = of(PointMode.NORMAL);

    public PointModes {
        Bounds.u16(otherSchedule, "a schedule id");
        Bounds.u16(unlockSchedule, "a schedule id");
    }

    /** One mode, whatever the time. */
    public static PointModes of(PointMode standing) {
        return new PointModes(standing, standing, NEVER, NEVER);
    }
}
