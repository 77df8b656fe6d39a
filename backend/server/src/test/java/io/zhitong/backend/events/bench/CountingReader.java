package io.zhitong.backend.events.bench;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.StoredEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Reads along as a consumer does, 500 events at a time, and requires each position to follow the one before (跟读). */
final class CountingReader {
    private static final int BATCH = 500;
    private static final long PAUSE = 20_000_000;

    private final EventReader reader;
    private final AtomicLong seen = new AtomicLong();
    private final Thread thread = new Thread(this::run, "reader");
    private volatile boolean ended;

    CountingReader(EventReader reader) {
        this.reader = reader;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!ended) {
            List<StoredEvent> events = reader.after(new CommunityId(1), seen.get(), BATCH);
            for (StoredEvent event : events) {
                if (event.position() != seen.incrementAndGet()) {
                    throw new IllegalStateException("expected position " + seen + ", came " + event.position());
                }
            }
            if (events.isEmpty()) {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** Waits until it has seen as many. */
    void finish(long events) {
        while (seen.get() < events) {
            if (!thread.isAlive()) {
                throw new IllegalStateException("the reader ended at " + seen);
            }
            LockSupport.parkNanos(PAUSE);
        }
        ended = true;
    }
}
