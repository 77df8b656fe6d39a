package io.zhitong.keyvault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test turns, forth and back; {@link #monotonic} stands for the machine's uptime beside it. */
public final class TurnedClock extends Clock {
    private final AtomicLong millis =
            new AtomicLong(Instant.parse("2026-11-21T12:00:00Z").toEpochMilli());
    private final AtomicLong uptime = new AtomicLong(5_000);

    /** Time passes: both move. */
    public void pass(Duration time) {
        millis.addAndGet(time.toMillis());
        uptime.addAndGet(time.toMillis());
    }

    /** Somebody sets the wall clock. */
    public void set(Duration by) {
        millis.addAndGet(by.toMillis());
    }

    public long monotonic() {
        return uptime.get();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
