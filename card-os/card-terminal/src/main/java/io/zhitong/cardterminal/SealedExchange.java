package io.zhitong.cardterminal;

import io.zhitong.cardspec.AccessTranscript;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What sealed and private access have in common: SELECT, the distance exchanges if the door wants them, AUTHENTICATE. Pair
 * and nonce are fresh for each command and dead after {@value #PATIENCE_MILLIS} ms; a slow card gets one more challenge.
 */
final class SealedExchange {
    private static final long PATIENCE_MILLIS = 500;
    private static final long PATIENCE = Duration.ofMillis(PATIENCE_MILLIS).toNanos();
    private static final int NONCE = 16;
    private static final int TRIES = 2;

    private final Door door;
    private final RandomSource random;
    private final LongSupplier nanoTime;
    private final Optional<ReaderIdentity> reader;
    private final Optional<DistanceExchange> distance;

    SealedExchange(
            Door door,
            RandomSource random,
            LongSupplier nanoTime,
            Optional<ReaderIdentity> reader,
            Optional<DistanceExchange> distance) {
        this.door = door;
        this.random = random;
        this.nanoTime = nanoTime;
        this.reader = reader;
        this.distance = distance;
    }

    SealedExchange measuring(DistanceExchange wanted) {
        return new SealedExchange(door, random, nanoTime, reader, Optional.of(wanted));
    }

    /** Never throws for anything the card or the reader does. */
    AccessOutcome identify(CardChannel card, TrustedIssuers issuers, Instant now) {
        try {
            AccessApplication application = AccessApplication.select(card, door.community());
            application.require(reader.isPresent() ? AccessApplication.PRIVATE : AccessApplication.SEALED);
            byte[] measured = distance.isPresent() ? distance.get().run(card, application) : new byte[0];
            AccessOutcome outcome = challenge(card, application.fci(), measured, issuers, now);
            for (int i = 1; i < TRIES && tooSlow(outcome); i++) {
                outcome = challenge(card, application.fci(), measured, issuers, now);
            }
            return outcome;
        } catch (AccessRefused e) {
            return e.outcome();
        } catch (CardException e) {
            return AccessApplication.refusal(e);
        }
    }

    private static boolean tooSlow(AccessOutcome outcome) {
        return outcome instanceof AccessOutcome.NotGenuine no && no.reason() == AccessFailure.TOO_SLOW;
    }

    private AccessOutcome challenge(
            CardChannel card, byte[] fci, byte[] measured, TrustedIssuers issuers, Instant now) {
        Sm2PrivateKey pair = Sm2PrivateKey.generate(random);
        try (var challenge = new SealedChallenge(door, now, pair, random.bytes(NONCE), reader)) {
            CommandApdu command = challenge.command();
            long sent = nanoTime.getAsLong();
            byte[] answer = card.send(command).expectOk("AUTHENTICATE sealed");
            if (nanoTime.getAsLong() - sent > PATIENCE) {
                return new AccessOutcome.NotGenuine(AccessFailure.TOO_SLOW, 0);
            }
            return challenge.judge(AccessTranscript.of(fci, measured, command), answer, issuers);
        }
    }
}
