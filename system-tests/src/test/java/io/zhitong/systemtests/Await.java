package io.zhitong.systemtests;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something another process does, with a deadline (限时等待). */
final class Await {
    /** A question may be a page of the backend: who has waited long asks less often, and comes an eighth late at most. */
    private static final long LEAST_PAUSE_NANOS = 30_000_000;

    private static final long LONGEST_PAUSE_NANOS = 250_000_000;

    private Await() {}

    /** Returns as soon as it is so; fails with {@code what} after {@code limit}. */
    static void until(String what, Duration limit, BooleanSupplier so) {
        until(() -> what, limit, so);
    }

    /** The words are made when it failed. */
    static void until(Supplier<String> what, Duration limit, BooleanSupplier so) {
        value(what, limit, () -> so.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** The first value there is. */
    static <T> T value(Supplier<String> what, Duration limit, Supplier<Optional<T>> source) {
        long began = System.nanoTime();
        while (true) {
            Optional<T> found = source.get();
            if (found.isPresent()) {
                return found.get();
            }
            long waited = System.nanoTime() - began;
            if (waited > limit.toNanos()) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what.get());
            }
            LockSupport.parkNanos(Math.min(LONGEST_PAUSE_NANOS, Math.max(LEAST_PAUSE_NANOS, waited / 8)));
        }
    }
}
