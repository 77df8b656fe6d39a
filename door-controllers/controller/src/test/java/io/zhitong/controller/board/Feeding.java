package io.zhitong.controller.board;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Somebody who feeds a board four times a second. */
final class Feeding implements AutoCloseable {

    private final Board board;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    Feeding(Board board) {
        this.board = board;
    }

    void start() {
        timer.scheduleWithFixedDelay(board::feed, 0, 250, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
