package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireFunction;

/** The outputs of a point: its lock, and what shows how it stands (继电器). Thread-safe. */
interface Relay {

    /** Releases the lock for so long; the board times it. Asked again while it runs, it runs for the new time. */
    void pulse(PointId point, int millis);

    /** Releases the lock until {@link #drop}. */
    void hold(PointId point);

    void drop(PointId point);

    /** Siren, buzzer or light, where one is wired. */
    default void signal(PointId point, WireFunction what, boolean on) {}
}
