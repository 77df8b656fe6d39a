package io.zhitong.virtualcard;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something with a deadline. */
public final class Await {
    private Await() {}

    /** Looks every 20 ms; fails when the time is over. */
    public static void until(String what, Duration most, BooleanSupplier done) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("expected within " + most + ": " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
