package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.controller.lift.LiftDriver;
import io.zhitong.points.Way;
import java.util.List;

/** The outputs of a point: its lock, and what shows how it stands (继电器). Thread-safe. */
interface Relay {

    /** Releases the lock for so long; the board times it. Asked again while it runs, it runs for the new time. */
    void pulse(PointId point, int millis);

    /** Releases the lock until {@link #drop}. */
    void hold(PointId point);

    void drop(PointId point);

    /** The same for one way of a turnstile; what has one way only has the way in. */
    default void pulse(PointId point, Way way, int millis) {
        if (way == Way.IN) {
            pulse(point, millis);
        }
    }

    /** Releases one way until {@link #drop(PointId, Way)}. */
    default void hold(PointId point, Way way) {
        if (way == Way.IN) {
            hold(point);
        }
    }

    default void drop(PointId point, Way way) {
        if (way == Way.IN) {
            drop(point);
        }
    }

    /** What drives a lift. */
    default List<LiftDriver> lift(PointId point) {
        return List.of(new RelayCall(this, point));
    }

    /** Siren, buzzer or light, where one is wired. */
    default void signal(PointId point, WireFunction what, boolean on) {}
}
