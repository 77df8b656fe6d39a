package io.zhitong.keyvault.custodian;

import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * The vault's clock as approvals trust it (防回拨时钟): the wall clock, held against the machine's monotonic one while the
 * process runs and against the newest time on disk over a restart.
 */
final class CarefulClock {
    /** What a time server may correct. */
    private static final long SLACK = 2_000;

    private final Clock wall;
    private final LongSupplier monotonicMillis;
    private long wallThen;
    private long monotonicThen;

    CarefulClock(Clock wall, LongSupplier monotonicMillis) {
        this.wall = wall;
        this.monotonicMillis = monotonicMillis;
        this.wallThen = wall.millis();
        this.monotonicThen = monotonicMillis.getAsLong();
    }

    /**
     * Now, in Unix milliseconds.
     *
     * @param newest seen before, from disk
     * @throws KeyServiceException {@link KeyRefusal#CLOCK_BACK} when the wall clock stands more than two seconds behind
     *     either
     */
    long now(long newest) {
        long now = wall.millis();
        long monotonic = monotonicMillis.getAsLong();
        long expected = wallThen + (monotonic - monotonicThen);
        if (now < newest - SLACK || now < expected - SLACK) {
            throw new KeyServiceException(
                    KeyRefusal.CLOCK_BACK, "the vault's clock stands behind what it has shown: set it right");
        }
        if (now > expected) {
            wallThen = now;
            monotonicThen = monotonic;
        }
        return Math.max(now, newest);
    }
}
