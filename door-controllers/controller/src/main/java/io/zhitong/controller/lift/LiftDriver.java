package io.zhitong.controller.lift;

import io.zhitong.decision.LiftFloors;
import io.zhitong.points.Landing;
import io.zhitong.points.LiftMode;
import java.util.Optional;

/**
 * What a lift's orders reach (电梯驱动): relays of its floor buttons, contacts of its call, a dispatcher. Each does what it can and
 * passes over the rest. Thread-safe.
 */
public interface LiftDriver {

    /** The mode it makes possible, or nothing where another driver has to say. */
    default Optional<LiftMode> mode() {
        return Optional.empty();
    }

    /** The buttons of these floors work for so long, timed at the other end. */
    default void enable(Landing landing, LiftFloors floors, int millis) {}

    /** Presses a floor's button; index, of the rear door 256 more. */
    default void press(int floor) {}

    default void call(Landing landing) {}

    /** No floor is let any longer. */
    default void withdraw() {}

    /** Every floor works, until told otherwise; off lets no floor. */
    default void free(boolean on) {}

    /** The lift is the fire brigade's, until told otherwise; off lets no floor. */
    default void recall(boolean on) {}
}
