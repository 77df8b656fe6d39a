package io.zhitong.accessmodel;

/**
 * How long a point stays open (开门时长), milliseconds u32: pulse 4 ‖ longer pulse 4 ‖ held open 4.
 *
 * @param pulse how long the lock stays released
 * @param longer the same for credentials with the trait {@link Trait#LONGER}, 0 = as for everybody
 * @param heldOpen after how long an open door is an alarm, 0 = never
 */
public record PointTimes(long pulse, long longer, long heldOpen) {

    public PointTimes {
        Bounds.u32(pulse, "a pulse in milliseconds");
        Bounds.u32(longer, "a longer pulse in milliseconds");
        Bounds.u32(heldOpen, "a time held open in milliseconds");
    }

    public static PointTimes of(long pulse, long heldOpen) {
        return new PointTimes(pulse, 0, heldOpen);
    }
}
