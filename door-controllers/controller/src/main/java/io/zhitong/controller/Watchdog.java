package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.edge.Health;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds what would let the outputs fall, as long as the loop of the doors goes on (看门狗). A loop that stands still for two seconds is
 * not covered up: nothing is fed any more, the board lets its outputs fall, the machine's own watchdog may restart it.
 */
final class Watchdog implements AutoCloseable {

    static final long STALLED_MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final String PART = "doors";
    private static final long LOOK_MILLIS = 250;

    private final LongSupplier stalledMillis;
    private final Runnable food;
    private final DoorRecords records;
    private final Health health;
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "watchdog"));
    private boolean stalled;

    /** @param food what is done while all is well */
    Watchdog(LongSupplier stalledMillis, Runnable food, DoorRecords records, Health health) {
        this.stalledMillis = stalledMillis;
        this.food = food;
        this.records = records;
        this.health = health;
    }

    void start() {
        looks.scheduleWithFixedDelay(this::safely, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What cannot be fed today may be fed next time. */
    private void safely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("the watchdog was not fed", e);
        }
    }

    /** One look; also what the tests call. */
    void look() {
        boolean now = stalledMillis.getAsLong() > STALLED_MILLIS;
        if (!now) {
            food.run();
        }
        if (now != stalled) {
            stalled = now;
            said(now);
        }
    }

    private void said(boolean now) {
        if (now) {
            LOG.error("the loop of the doors stands still; nothing is fed");
            health.broken(PART, "the loop of the doors stands still");
        } else {
            LOG.warn("the loop of the doors goes on");
            health.working(PART);
        }
        records.write(now ? EventKind.STALLED : EventKind.STALL_ENDED, PointId.DEVICE, Octets.EMPTY);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
