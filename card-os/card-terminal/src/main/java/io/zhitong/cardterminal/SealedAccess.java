package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.smcrypto.RandomSource;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The sealed access transaction, door side (密封认证), docs/card.md: no secret at the door; two exchanges, SELECT and
 * AUTHENTICATE. Pair and nonce are fresh for each command and dead after 500 ms; a slow card gets one more challenge. One
 * thread per reader, so that one challenge is open at a time.
 */
public final class SealedAccess {
    private final SealedExchange exchange;

    /** @param nanoTime monotonic clock in nanoseconds, such as {@code System::nanoTime} */
    public SealedAccess(Door door, RandomSource random, LongSupplier nanoTime) {
        this(new SealedExchange(door, random, nanoTime, Optional.empty(), Optional.empty()));
    }

    private SealedAccess(SealedExchange exchange) {
        this.exchange = exchange;
    }

    /** The same for doors that also measure how far the card is. */
    public SealedAccess measuring(DistanceExchange distance) {
        return new SealedAccess(exchange.measuring(distance));
    }

    /** Asks the card who it is; never throws for anything the card or the reader does. */
    public AccessOutcome identify(CardChannel card, TrustedIssuers issuers, Instant now) {
        return exchange.identify(card, issuers, now);
    }
}
