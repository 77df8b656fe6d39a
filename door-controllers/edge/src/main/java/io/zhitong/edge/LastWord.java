package io.zhitong.edge;

import io.zhitong.accessmodel.ClockQuality;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the backend has been silent (后台静默时长). Counts on over a restart, so that a lease is not renewed by pulling the plug; a
 * device that cannot tell how long it was off counts it as very long. Safe for use by several threads.
 */
public final class LastWord {

    /** Seconds: nobody knows, or never heard. */
    public static final long UNKNOWN = Integer.MAX_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(LastWord.class);
    private static final String NAME = "word";
    private static final long NOTE_SECONDS = 60;

    private final DeviceState state;
    private final EdgeClock clock;
    private final LongSupplier nanos;
    private final long before;
    private long heardAt;
    private long notedAt;
    private boolean heard;
    private boolean connected;

    LastWord(DeviceState state, EdgeClock clock, LongSupplier nanos) {
        this.state = state;
        this.clock = clock;
        this.nanos = nanos;
        this.heardAt = nanos.getAsLong();
        this.before = silentBefore();
    }

    /** Over the restart. */
    private long silentBefore() {
        Optional<Long> noted = state.get(NAME).map(Long::parseLong);
        if (noted.isEmpty() || clock.quality() == ClockQuality.UNKNOWN) {
            return UNKNOWN;
        }
        return Math.max(0, clock.now().getEpochSecond() - noted.get());
    }

    /** Seconds since the last word of the backend, 0 while connected. */
    public synchronized long silenceSeconds() {
        if (connected) {
            return 0;
        }
        long since = TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - heardAt);
        return Math.max(1, heard ? since : Math.min(UNKNOWN, before + since));
    }

    /** The backend told the time. */
    synchronized void heard() {
        connected = true;
        heardAt = nanos.getAsLong();
        boolean due = !heard || TimeUnit.NANOSECONDS.toSeconds(heardAt - notedAt) >= NOTE_SECONDS;
        heard = true;
        if (due) {
            note();
        }
    }

    synchronized void gone() {
        if (connected) {
            connected = false;
            heardAt = nanos.getAsLong();
            note();
        }
    }

    private void note() {
        notedAt = heardAt;
        try {
            state.put(NAME, Optional.of(Long.toString(clock.now().getEpochSecond())));
        } catch (EdgeException e) {
            LOG.error("when the backend was last heard will not survive a restart: {}", e.getMessage());
        }
    }
}
