package io.zhitong.edge;

import io.zhitong.accessmodel.ClockQuality;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time a device works with (设备时钟): its own clock, corrected by the last estimate of the backend's. Safe for use by
 * several threads.
 */
public final class EdgeClock {

    /**
     * What a journal record says of the time.
     *
     * @param deviceMillis the device's own clock, ms since 1970
     * @param offsetMillis to add to reach the backend's time, as last estimated
     */
    public record Reading(long deviceMillis, long offsetMillis, ClockQuality quality) {}

    private record Estimate(long offsetMillis, ClockQuality quality) {}

    private final Clock device;
    private final AtomicReference<Estimate> latest = new AtomicReference<>(new Estimate(0, ClockQuality.UNKNOWN));

    public EdgeClock(Clock device) {
        this.device = device;
    }

    /** The backend's time as far as we know it, else our own. */
    public Instant now() {
        return device.instant().plusMillis(estimate().offsetMillis());
    }

    public Reading read() {
        Estimate known = estimate();
        return new Reading(device.millis(), known.offsetMillis(), known.quality());
    }

    public ClockQuality quality() {
        return estimate().quality();
    }

    private Estimate estimate() {
        return Objects.requireNonNull(latest.get());
    }

    /**
     * The clock has gone on over the last restart: it may be believed until the backend is heard.
     *
     * @param offsetMillis the estimate before the restart
     */
    void held(long offsetMillis) {
        latest.set(new Estimate(offsetMillis, ClockQuality.HELD));
    }

    void synchronised(long backendMillis) {
        latest.set(new Estimate(backendMillis - device.millis(), ClockQuality.SYNCHRONISED));
    }

    void disconnected() {
        latest.updateAndGet(known -> known.quality() == ClockQuality.SYNCHRONISED
                ? new Estimate(known.offsetMillis(), ClockQuality.HELD)
                : known);
    }
}
