package io.zhitong.points;

import java.util.Collection;

/**
 * Doors of which one at most may be open (互锁). A door counts as open from the moment its lock is released, so that two people
 * who present at the same moment do not both come through. Fire and operators stand above it; a decision and the exit button do
 * not.
 */
public final class Interlock {

    private Interlock() {}

    /**
     * Whether a release has to wait.
     *
     * @param others the other doors of the group as they stand
     */
    public static boolean refuses(DoorInput.Cause cause, Collection<DoorState> others) {
        return cause != DoorInput.Cause.COMMAND && blocked(others);
    }

    /** Whether one of the other doors is open, or not known to be closed. */
    public static boolean blocked(Collection<DoorState> others) {
        return others.stream().anyMatch(other -> other.passable() && !other.fire());
    }
}
