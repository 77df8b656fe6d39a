package io.zhitong.points;

/**
 * What the installer states about a door (门参数).
 *
 * @param contactWired whether a door contact (门磁) reports the leaf; without one nothing is said about opened, held or forced
 * @param heldAfterMillis how long the leaf may stand open before it counts as held, 1 s to 1 h
 */
public record DoorConfig(boolean contactWired, int heldAfterMillis) {

    private static final int SHORTEST_MILLIS = 1_000;
    private static final int LONGEST_MILLIS = 3_600_000;

    public DoorConfig {
        if (heldAfterMillis < SHORTEST_MILLIS || heldAfterMillis > LONGEST_MILLIS) {
            throw new IllegalArgumentException("a door is held open after " + SHORTEST_MILLIS + " to " + LONGEST_MILLIS
                    + " ms, not " + heldAfterMillis);
        }
    }

    /** A door whose opening nobody observes: it is released and locks again, no more. */
    public static DoorConfig withoutContact() {
        return new DoorConfig(false, LONGEST_MILLIS);
    }
}
