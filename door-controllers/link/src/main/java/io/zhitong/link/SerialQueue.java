package io.zhitong.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the work of one connection in order on threads shared by all (串行队列). After each piece it goes to the back of the
 * shared queue, so that one busy device does not hold up the others. Safe for use by several threads.
 */
final class SerialQueue {

    private final Executor pool;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    SerialQueue(Executor pool) {
        this.pool = pool;
    }

    /** @return how many pieces wait, this one included */
    int add(Runnable work) {
        synchronized (waiting) {
            waiting.add(work);
            if (!running) {
                running = true;
                start();
            }
            return waiting.size();
        }
    }

    int size() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private void start() {
        try {
            pool.execute(this::runOne);
        } catch (RejectedExecutionException stopping) {
            waiting.clear();
            running = false;
        }
    }

    private void runOne() {
        Runnable work;
        synchronized (waiting) {
            work = waiting.remove();
        }
        try {
            work.run();
        } finally {
            synchronized (waiting) {
                running = !waiting.isEmpty();
                if (running) {
                    start();
                }
            }
        }
    }
}
