package io.zhitong.backend.foundation;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The thread of a part that works from its start to its stop (后台线程). The work asks {@link #running} and waits by
 * {@link #pause}; it is woken, never interrupted, because an interrupt in the middle of a write closes H2's file. Can be started
 * again after a stop. Safe for use by several threads.
 */
public final class BackgroundThread {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Runnable work;
    private volatile CountDownLatch stop = new CountDownLatch(0);
    private volatile Thread thread;

    /** @param work returns soon after {@link #running} has become false */
    public BackgroundThread(String name, Runnable work) {
        this.name = name;
        this.work = work;
        this.thread = new Thread(work, name);
    }

    public void start() {
        stop = new CountDownLatch(1);
        Thread next = new Thread(work, name);
        next.setDaemon(true);
        thread = next;
        next.start();
    }

    /** False before the start and once a stop is asked for. */
    public boolean running() {
        return stop.getCount() > 0;
    }

    /** Waits, but not beyond a stop; answers {@link #running}. */
    public boolean pause(Duration time) {
        try {
            return !stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asks the work to end; does not wait. */
    public void stop() {
        stop.countDown();
    }

    /** Asks the work to end and waits until it has, at most 10 s. */
    public void stopAndWait() {
        stop();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
