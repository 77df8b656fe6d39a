package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.smcrypto.RandomSource;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The private access transaction, door side (私密认证), docs/card.md: as {@link SealedAccess}, but the card first checks the
 * reader's certificate and answers nobody else, so that a stranger's reader learns no identity. The door holds the reader's
 * key. One thread per reader.
 */
public final class PrivateAccess {
    private final SealedExchange exchange;

    /** @param nanoTime monotonic clock in nanoseconds, such as {@code System::nanoTime} */
    public PrivateAccess(Door door, ReaderIdentity reader, RandomSource random, LongSupplier nanoTime) {
        this(new SealedExchange(door, random, nanoTime, Optional.of(reader), Optional.empty()));
        reader.requirePoint(door.point());
    }

    private PrivateAccess(SealedExchange exchange) {
        this.exchange = exchange;
    }

    /** The same for doors that also measure how far the card is. */
    public PrivateAccess measuring(DistanceExchange distance) {
        return new PrivateAccess(exchange.measuring(distance));
    }

    /** Asks the card who it is; never throws for anything the card or the reader does. */
    public AccessOutcome identify(CardChannel card, TrustedIssuers issuers, Instant now) {
        return exchange.identify(card, issuers, now);
    }
}
