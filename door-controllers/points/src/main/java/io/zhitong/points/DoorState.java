package io.zhitong.points;

/**
 * Everything a door remembers between two steps (门的当前状态). Times are milliseconds of the caller's monotonic clock.
 *
 * @param free whether free passage is on
 * @param fire whether the fire contact frees the door
 * @param relayOffAt when the running release ends, {@link #NEVER} when none runs
 * @param openMillis how long the leaf may stand open for who was released last, 0 = as configured
 * @param heldAt when the open leaf becomes a held door, {@link #NEVER} when it cannot
 * @param bolt what the lock says of itself
 */
public record DoorState(
        DoorPhase phase, boolean free, boolean fire, long relayOffAt, int openMillis, long heldAt, BoltState bolt) {

    /** No such moment is set. */
    public static final long NEVER = Long.MAX_VALUE;

    public DoorState {
        if (heldAt != NEVER && phase != DoorPhase.OPEN) {
            throw new IllegalArgumentException("only an open door waits to be held open, this one is " + phase);
        }
    }

    /** A door as found at start: locked, leaf closed. */
    public static DoorState locked() {
        return new DoorState(DoorPhase.CLOSED, false, false, NEVER, 0, NEVER, BoltState.THROWN);
    }

    /** Whether the lock is released without end: free passage or fire. */
    public boolean held() {
        return free || fire;
    }

    /** Whether the lock is released. */
    public boolean relayOn() {
        return held() || relayOffAt != NEVER;
    }

    /** Whether somebody could walk through now: for the other doors of an interlock. */
    public boolean passable() {
        return relayOn() || phase.leafOpen();
    }

    /** Whether an alarm stands at this door: for its siren. */
    public boolean alarming() {
        return phase == DoorPhase.HELD || phase == DoorPhase.FORCED || bolt.alarming() || fire;
    }

    /** When the next step is due although nothing happens, or {@link #NEVER}. */
    public long nextDeadline() {
        return Math.min(bolt.dueAt(), Math.min(relayOffAt, heldAt));
    }

    DoorState phase(DoorPhase next) {
        return new DoorState(next, free, fire, relayOffAt, openMillis, next == DoorPhase.OPEN ? heldAt : NEVER, bolt);
    }

    DoorState free(boolean next) {
        return new DoorState(phase, next, fire, relayOffAt, openMillis, heldAt, bolt);
    }

    DoorState fire(boolean next) {
        return new DoorState(phase, free, next, relayOffAt, openMillis, heldAt, bolt);
    }

    DoorState relayOffAt(long next) {
        return new DoorState(phase, free, fire, next, openMillis, heldAt, bolt);
    }

    DoorState openMillis(int next) {
        return new DoorState(phase, free, fire, relayOffAt, next, heldAt, bolt);
    }

    DoorState heldAt(long next) {
        return new DoorState(phase, free, fire, relayOffAt, openMillis, next, bolt);
    }

    DoorState bolt(BoltState next) {
        return new DoorState(phase, free, fire, relayOffAt, openMillis, heldAt, next);
    }
}
