package io.zhitong.uhppote;

import io.zhitong.uhppote.message.DoorControl;

/**
 * How a door of a board shall be (门计划).
 *
 * @param delay seconds a release lasts
 * @param keypad whether a PIN is asked for
 * @param cards whether cards may have rights here
 * @param guardsOnly whether only guards may
 */
record DoorPlan(DoorControl control, int delay, boolean keypad, boolean cards, boolean guardsOnly) {

    /** A door nobody configured: nobody's card opens it, its exit button does. */
    static final DoorPlan UNCONFIGURED = new DoorPlan(DoorControl.CONTROLLED, 3, false, false, false);

    DoorPlan withoutCards() {
        return new DoorPlan(control, delay, keypad, false, guardsOnly);
    }
}
