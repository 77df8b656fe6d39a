package io.zhitong.backend.events;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/**
 * Wakes readers after a commit (新事件信号). Only a hint: a reader also looks by itself every second, because another backend
 * process may have stored something. Thread-safe.
 */
@Component
public class EventSignal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private long count;
    private long stored;

    /** Number of signals so far; pass it to {@link #await}. */
    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Number of signals raised by this process itself. */
    long stored() {
        lock.lock();
        try {
            return stored;
        } finally {
            lock.unlock();
        }
    }

    void raise() {
        wake(1);
    }

    /** Another process has stored something. */
    void heard() {
        wake(0);
    }

    private void wake(int own) {
        lock.lock();
        try {
            count++;
            stored += own;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns at once when a signal came since {@code seen}, else with the next one or when the time is over. */
    public void await(long seen, Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lock();
        try {
            while (count == seen && left > 0) {
                left = raised.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** One second. */
    public static final Duration LOOK_AGAIN = Duration.ofNanos(TimeUnit.SECONDS.toNanos(1));
}
