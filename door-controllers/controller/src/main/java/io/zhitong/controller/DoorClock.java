package io.zhitong.controller;

import io.zhitong.accessmodel.ClockQuality;
import java.time.Instant;

/** What a door knows of the time (门的时间). Thread-safe. */
interface DoorClock {

    Instant now();

    ClockQuality quality();

    /** Milliseconds that never go back, for pulses and deadlines. */
    long monotonicMillis();
}
