package io.zhitong.points;

import io.zhitong.decision.LiftFloors;

/** What happens to a lift (电梯输入). */
public sealed interface LiftInput {

    /** Longest time for which floors are let, 1 h. */
    int LONGEST_MILLIS = 3_600_000;

    /**
     * Somebody at the reader was granted these floors.
     *
     * @param floors none = a right to the lift without floors: the car is called
     * @param millis how long, 1 ms to 1 h
     */
    record Ride(LiftFloors floors, int millis) implements LiftInput {
        public Ride {
            time(millis);
        }
    }

    /** A household lets a visitor in (对讲联动): car to the lobby, and the host's floor for so long, 1 ms to 1 h. */
    record Visit(LiftFloors floors, int millis) implements LiftInput {
        public Visit {
            time(millis);
        }
    }

    /** An operator lets somebody in, who may go to every floor; 1 ms to 1 h. */
    record Anywhere(int millis) implements LiftInput {
        public Anywhere {
            time(millis);
        }
    }

    /** Somebody pressed a call button that asks nobody. */
    record Button() implements LiftInput {}

    /** Every floor is free until {@link Normal} or {@link Secure}. */
    record Free() implements LiftInput {}

    /** Free floors end; what was let goes on. */
    record Normal() implements LiftInput {}

    /** Lock down: free floors and what was let end at once. */
    record Secure() implements LiftInput {}

    /** While it burns the lift is the fire brigade's: recalled, and nobody's right moves anything. */
    record Fire(boolean burning) implements LiftInput {}

    /** Nothing but time has passed. */
    record Time() implements LiftInput {}

    private static void time(int millis) {
        if (millis < 1 || millis > LONGEST_MILLIS) {
            throw new IllegalArgumentException("floors are let for 1 to " + LONGEST_MILLIS + " ms, not " + millis);
        }
    }
}
