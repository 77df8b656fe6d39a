package io.zhitong.controller;

import io.zhitong.cardspec.CardException;
import java.util.Queue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread in which everything happens at the doors of a controller (主循环): what readers, commands and inputs bring takes
 * turns, so two doors of an interlock cannot decide at the same time. Inputs go before cards. Thread-safe.
 */
final class DoorLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DoorLoop.class);
    private static final int MOST_WAITING = 10_000;
    private static final long STOP_MILLIS = 5_000;

    private static final long LONGEST_ANSWER_SECONDS = 30;

    private final BlockingDeque<Runnable> waiting = new LinkedBlockingDeque<>(MOST_WAITING);
    private final Queue<Runnable> urgent = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Runnable due;
    private final long tickMillis;
    private final Thread thread = new Thread(this::run, "doors");
    private volatile boolean stopped;
    private volatile long beat = System.nanoTime();

    /** @param due what falls due by time alone, run every {@code tickMillis} at least */
    DoorLoop(Runnable due, long tickMillis) {
        this.due = due;
        this.tickMillis = tickMillis;
    }

    void start() {
        thread.start();
    }

    /** In its turn. */
    void post(Runnable task) {
        if (!waiting.offerLast(task)) {
            LOG.error("more than {} things wait at the doors, one is dropped", MOST_WAITING);
        }
    }

    /** Before all cards and commands that wait, in its turn among its like: a fire contact does not queue behind cards. */
    void postUrgent(Runnable task) {
        if (!urgent.offer(task)) {
            LOG.error("more than {} inputs wait at the doors, one is dropped", MOST_WAITING);
        }
        if (!waiting.offerFirst(() -> {})) {
            LOG.warn("the loop of the doors is behind");
        }
    }

    /** In its turn, and waits for the answer. */
    <T> T ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<T>().orTimeout(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS);
        post(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new CardException(CardException.Reason.READER_FAILED, "the loop of the doors does not answer");
        }
    }

    /** How long nothing has moved, in milliseconds. */
    long stalledMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beat);
    }

    private void run() {
        long nextDue = System.nanoTime();
        while (!stopped) {
            try {
                long left = Math.max(0, nextDue - System.nanoTime());
                Runnable task = waiting.pollFirst(left, TimeUnit.NANOSECONDS);
                for (Runnable first = urgent.poll(); first != null; first = urgent.poll()) {
                    safely(first);
                }
                if (task != null) {
                    safely(task);
                }
            } catch (InterruptedException e) {
                stopped = true;
            }
            if (System.nanoTime() - nextDue >= 0) {
                safely(due);
                nextDue = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(tickMillis);
            }
            beat = System.nanoTime();
        }
    }

    /** A fault at one door must not stop the others. */
    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("something at the doors was not done", e);
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
