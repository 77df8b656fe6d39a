package io.zhitong.controller;

import io.zhitong.accessmodel.ClockQuality;
import java.time.Instant;

/** Time that stands until the test moves it. */
final class TestClock implements DoorClock {

    static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private volatile long millis;
    private volatile ClockQuality quality = ClockQuality.SYNCHRONISED;

    void advance(long by) {
        millis += by;
    }

    /** Nobody knows the time any more. */
    void lost() {
        quality = ClockQuality.UNKNOWN;
    }

    @Override
    public Instant now() {
        return START.plusMillis(millis);
    }

    @Override
    public ClockQuality quality() {
        return quality;
    }

    @Override
    public long monotonicMillis() {
        return millis;
    }
}
