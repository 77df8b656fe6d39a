package io.zhitong.points;

/**
 * What the installer states about a door (门参数).
 *
 * @param contactWired whether a door contact (门磁) reports the leaf; without one nothing is said about opened, held or forced
 * @param boltWired whether the lock reports its bolt (锁舌); without one nothing is said about a door that does not lock
 * @param heldAfterMillis how long the leaf may stand open before it counts as held, 1 s to 1 h; 0 = for ever
 * @param warnMillis how long before that the buzzer warns (预警), 0 = not at all
 */
public record DoorConfig(boolean contactWired, boolean boltWired, int heldAfterMillis, int warnMillis, Relock relock) {

    private static final int SHORTEST_MILLIS = 1_000;
    private static final int LONGEST_MILLIS = 3_600_000;

    public DoorConfig {
        boolean never = heldAfterMillis == 0;
        if (!never && (heldAfterMillis < SHORTEST_MILLIS || heldAfterMillis > LONGEST_MILLIS)) {
            throw new IllegalArgumentException("a door is held open after " + SHORTEST_MILLIS + " to " + LONGEST_MILLIS
                    + " ms or 0 for never, not " + heldAfterMillis);
        }
        if (warnMillis < 0 || warnMillis > heldAfterMillis) {
            throw new IllegalArgumentException(
                    "a warning comes 0 to " + heldAfterMillis + " ms before the alarm, not " + warnMillis);
        }
    }

    /** A door whose opening nobody observes: it is released and locks again, no more. */
    public static DoorConfig withoutContact() {
        return new DoorConfig(false, false, 0, 0, Relock.ON_CLOSE);
    }

    /** A door with a contact and nothing else, without warning, that locks when it has closed. */
    public static DoorConfig withContact(int heldAfterMillis) {
        return new DoorConfig(true, false, heldAfterMillis, 0, Relock.ON_CLOSE);
    }
}
