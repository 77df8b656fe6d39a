package io.zhitong.link;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The backend's time as estimated in the present connection and carried on by the monotonic clock (后台时间估计). Without a
 * connection there is no estimate. Safe for use by several threads.
 */
final class BackendTime {

    /** A round trip longer than this says too little. */
    static final long MAX_ROUND_TRIP = 5_000;
    /** After this long a fresh answer replaces a better old one: crystals drift. */
    private static final long MAX_AGE = 60_000;

    /** offset: monotonic + offset = backend. */
    private record Estimate(long offset, long error, long madeAt) {}

    private final LongSupplier monotonicMillis;
    private Optional<Estimate> best = Optional.empty();
    private boolean renewed;

    BackendTime(LongSupplier monotonicMillis) {
        this.monotonicMillis = monotonicMillis;
    }

    long monotonic() {
        return monotonicMillis.getAsLong();
    }

    /**
     * Four timestamps: sent and now on our monotonic clock, received and answered on the backend's.
     *
     * @throws LinkException CLOCK_FAR_OFF if they cannot belong together
     */
    synchronized void answered(long sent, long received, long answered) {
        long now = monotonic();
        long roundTrip = now - sent - (answered - received);
        if (roundTrip < 0 || answered < received || roundTrip > MAX_ROUND_TRIP) {
            throw new LinkException(LinkFault.CLOCK_FAR_OFF, "expected an answer within " + MAX_ROUND_TRIP + " ms");
        }
        // Halves of each difference: their sum could not overflow, but reads worse.
        long offset = ((received - sent) + (answered - now)) / 2;
        Estimate fresh = new Estimate(offset, (roundTrip + 1) / 2, now);
        boolean better = renewed
                || best.filter(old -> old.error() < fresh.error() && now - old.madeAt() < MAX_AGE)
                        .isEmpty();
        if (better) {
            best = Optional.of(fresh);
            renewed = false;
        }
    }

    /** The next answer replaces the estimate, however good that is. */
    synchronized void renew() {
        renewed = true;
    }

    /** The backend's time now, ms since 1970. */
    synchronized OptionalLong now() {
        return best.map(estimate -> OptionalLong.of(monotonic() + estimate.offset()))
                .orElse(OptionalLong.empty());
    }

    /** In milliseconds; how far {@link #now} may be off. */
    synchronized long error() {
        return best.map(Estimate::error).orElse(Long.MAX_VALUE);
    }

    synchronized void forget() {
        best = Optional.empty();
    }
}
