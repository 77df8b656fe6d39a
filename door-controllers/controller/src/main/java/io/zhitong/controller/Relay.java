package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;

/** The output that releases a lock (继电器). Thread-safe. */
interface Relay {

    /** Energises for so long; the board times it. Asked again while it runs, it runs for the new time. */
    void pulse(PointId point, int millis);

    /** Energises until {@link #drop}. */
    void hold(PointId point);

    void drop(PointId point);
}
