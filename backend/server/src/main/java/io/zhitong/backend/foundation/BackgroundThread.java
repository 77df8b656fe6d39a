package io.zhitong.backend.foundation;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a part that works from its start to its stop (后台线程). The work asks {@link #running} and waits by
 * {@link #pause}; it is woken, never interrupted, because an interrupt in the middle of a write closes H2's file. Can be started
 * again after a stop. Safe for use by several threads.
 */
public final class BackgroundThread {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundThread.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Runnable work;
    private final Runnable atStop;
    private volatile CountDownLatch stop = new CountDownLatch(0);
    private volatile Thread thread;

    /**
     * Work in rounds. A round that throws is logged, and the next one comes after a pause: nothing that one round meets may end
     * them all.
     *
     * @param round does what is due and answers how long to wait for the next one
     */
    public static BackgroundThread repeating(String name, Supplier<Duration> round) {
        return new BackgroundThread(name, round, () -> {});
    }

    /** Rounds that wait for this bell, which is rung at a stop. */
    public static BackgroundThread repeating(String name, Supplier<Duration> round, Wake wake) {
        return new BackgroundThread(name, round, wake::now);
    }

    private BackgroundThread(String name, Supplier<Duration> round, Runnable atStop) {
        this.name = name;
        this.work = () -> goRound(round);
        this.atStop = atStop;
        this.thread = new Thread(work, name);
    }

    private void goRound(Supplier<Duration> round) {
        Duration pause;
        do {
            pause = guarded(round);
        } while (pause(pause));
    }

    // The edge of this thread.
    private Duration guarded(Supplier<Duration> round) {
        try {
            return round.get();
        } catch (RuntimeException e) {
            LOG.warn("{}: a round failed, it is tried again", name, e);
            return AFTER_FAILURE;
        }
    }

    /** @param work returns soon after {@link #running} has become false */
    public BackgroundThread(String name, Runnable work) {
        this.name = name;
        this.work = work;
        this.atStop = () -> {};
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
        atStop.run();
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
