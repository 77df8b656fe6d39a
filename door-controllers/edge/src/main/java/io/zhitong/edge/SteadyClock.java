package io.zhitong.edge;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The machine's clock as it stood when the program started, going on evenly from there (平稳时钟): whoever sets it meanwhile, a year ahead
 * or back, opens nothing and loses nothing. Only the backend corrects it. Thread-safe.
 */
final class SteadyClock extends Clock {

    private final Clock machine;
    private final LongSupplier nanos;
    private final Instant started;
    private final long origin;

    SteadyClock(Clock machine, LongSupplier nanos) {
        this.machine = machine;
        this.nanos = nanos;
        this.started = machine.instant();
        this.origin = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return started.plusNanos(nanos.getAsLong() - origin);
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteadyClock(machine.withZone(zone), nanos);
    }
}
