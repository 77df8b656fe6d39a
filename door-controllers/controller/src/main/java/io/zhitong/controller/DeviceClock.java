package io.zhitong.controller;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.edge.EdgeClock;
import java.time.Instant;

/** A door's time out of the device's clock (设备时间). */
record DeviceClock(EdgeClock clock) implements DoorClock {

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public ClockQuality quality() {
        return clock.quality();
    }

    @Override
    public long monotonicMillis() {
        return System.nanoTime() / 1_000_000;
    }
}
