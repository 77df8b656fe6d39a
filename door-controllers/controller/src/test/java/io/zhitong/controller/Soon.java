package io.zhitong.controller;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what has to become true within ten seconds. */
public final class Soon {

    private static final long LONGEST_NANOS = 10_000_000_000L;
    private static final long LOOK_NANOS = 5_000_000;

    private Soon() {}

    public static void holds(BooleanSupplier condition, Supplier<?> instead) {
        long end = System.nanoTime() + LONGEST_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 10 s; so far " + instead.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
