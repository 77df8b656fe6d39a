package io.zhitong.backend.foundation;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A bell for one thread (唤醒): what rang since the last wait ends the next one at once. Thread-safe. */
public final class Wake {
    private final Semaphore rung = new Semaphore(0);

    /** Ends the present or the next wait. */
    public void now() {
        rung.release();
    }

    /** Waits for the bell, not longer than that. */
    public void await(Duration longest) {
        try {
            if (rung.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                rung.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
