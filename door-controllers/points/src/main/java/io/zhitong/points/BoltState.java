package io.zhitong.points;

/**
 * What a lock says of itself (锁舌状态).
 *
 * @param out whether the bolt is withdrawn
 * @param dueAt when a bolt that should be thrown and is not becomes an alarm, {@link DoorState#NEVER} when it should not be
 * @param alarming whether that alarm stands; it ends when the bolt is thrown
 */
public record BoltState(boolean out, long dueAt, boolean alarming) {

    /** How long a lock may take to throw its bolt after the leaf has closed. */
    public static final int SETTLE_MILLIS = 3_000;

    public static final BoltState THROWN = new BoltState(false, DoorState.NEVER, false);

    public BoltState {
        if (!out && (alarming || dueAt != DoorState.NEVER)) {
            throw new IllegalArgumentException("only a withdrawn bolt is missed");
        }
    }

    BoltState reported(boolean thrown) {
        return thrown ? THROWN : new BoltState(true, dueAt, alarming);
    }

    BoltState missed() {
        return new BoltState(out, DoorState.NEVER, true);
    }

    /** Starts or stops the wait for the bolt. */
    BoltState expected(boolean expected, long now) {
        if (!out || alarming || !expected) {
            return new BoltState(out, DoorState.NEVER, alarming);
        }
        return dueAt == DoorState.NEVER ? new BoltState(true, now + SETTLE_MILLIS, false) : this;
    }
}
