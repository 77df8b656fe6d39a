package io.zhitong.points;

/**
 * Everything a door remembers between two steps (门的当前状态). Times are milliseconds of the caller's monotonic clock.
 *
 * @param free whether free passage is on
 * @param relayOffAt when the running release ends, {@link #NEVER} when none runs
 * @param heldAt when the open leaf becomes a held door, {@link #NEVER} when it cannot
 */
public record DoorState(DoorPhase phase, boolean free, long relayOffAt, long heldAt) {

    /** No such moment is set. */
    public static final long NEVER = Long.MAX_VALUE;

    public DoorState {
        if (heldAt != NEVER && phase != DoorPhase.OPEN) {
            throw new IllegalArgumentException("only an open door waits to be held open, this one is " + phase);
        }
    }

    /** A door as found at start: locked, leaf closed. */
    public static DoorState locked() {
        return new DoorState(DoorPhase.CLOSED, false, NEVER, NEVER);
    }

    /** Whether the relay is energised. */
    public boolean relayOn() {
        return free || relayOffAt != NEVER;
    }

    /** When the next step is due although nothing happens, or {@link #NEVER}. */
    public long nextDeadline() {
        return Math.min(relayOffAt, heldAt);
    }

    DoorState phase(DoorPhase next) {
        return new DoorState(next, free, relayOffAt, next == DoorPhase.OPEN ? heldAt : NEVER);
    }

    DoorState free(boolean next) {
        return new DoorState(phase, next, relayOffAt, heldAt);
    }

    DoorState relayOffAt(long next) {
        return new DoorState(phase, free, next, heldAt);
    }

    DoorState heldAt(long next) {
        return new DoorState(phase, free, relayOffAt, next);
    }
}
