package io.zhitong.pos;

import java.time.Duration;

/** A point on the monotonic clock (截止时刻): not moved when somebody sets the wall clock. */
record Deadline(long nanos) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean over() {
        return nanos - System.nanoTime() <= 0;
    }

    /** What is left, but not more than the limit and not less than a millisecond. */
    Duration atMost(Duration limit) {
        Duration left = Duration.ofNanos(Math.max(1_000_000, nanos - System.nanoTime()));
        return left.compareTo(limit) < 0 ? left : limit;
    }
}
