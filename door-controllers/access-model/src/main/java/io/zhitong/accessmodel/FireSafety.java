package io.zhitong.accessmodel;

/**
 * What a point does in a fire (消防联动): fire zone 2 ‖ fire contact 1 ‖ escape side 1 ‖ lock 1. A point in a fire zone needs a
 * wired contact of its own; one without is refused at commissioning.
 *
 * @param zone 0 = none
 * @param contactInput the input its fire contact is wired to, 0 = none
 * @param escapeSide whether people escape through it: then it is free while its zone burns
 */
public record FireSafety(int zone, int contactInput, boolean escapeSide, LockKind lock) {

    public static final FireSafety NONE = new FireSafety(0, 0, false, LockKind.FAIL_SECURE);

    public FireSafety {
        Bounds.u16(zone, "a fire zone");
        Bounds.u8(contactInput, "an input");
    }
}
