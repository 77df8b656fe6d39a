package io.zhitong.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts (退避): doubling, each drawn between half and the whole, so that devices do not come back together. */
final class BackOff {

    private final long firstMillis;
    private final long lastMillis;
    private final RandomGenerator random;
    private long nextMillis;

    BackOff(Duration first, Duration last, RandomGenerator random) {
        this.firstMillis = first.toMillis();
        this.lastMillis = last.toMillis();
        this.random = random;
        this.nextMillis = firstMillis;
    }

    /** In milliseconds. */
    long pause() {
        long whole = nextMillis;
        nextMillis = Math.min(lastMillis, whole * 2);
        return whole / 2 + random.nextLong(whole / 2 + 1);
    }

    void reset() {
        nextMillis = firstMillis;
    }
}
