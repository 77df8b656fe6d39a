package io.zhitong.cardterminal;

import io.zhitong.cardspec.AccessTranscript;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The sealed access transaction, door side (封闭式门禁认证), docs/card.md: no secret at the door; two exchanges, SELECT and
 * AUTHENTICATE. Pair and nonce are fresh for each command and dead after {@value #PATIENCE_MILLIS} ms; a slow card gets one
 * more challenge. One thread per reader, so that one challenge is open at a time.
 */
public final class SealedAccess {
    private static final long PATIENCE_MILLIS = 500;
    private static final long PATIENCE = Duration.ofMillis(PATIENCE_MILLIS).toNanos();
    private static final int NONCE = 16;
    private static final int TRIES = 2;

    private final Door door;
    private final RandomSource random;
    private final LongSupplier nanoTime;

    /** @param nanoTime monotonic clock in nanoseconds, such as {@code System::nanoTime} */
    public SealedAccess(Door door, RandomSource random, LongSupplier nanoTime) {
        this.door = door;
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /** Asks the card who it is; never throws for anything the card or the reader does. */
    public AccessOutcome identify(CardChannel card, TrustedIssuers issuers, Instant now) {
        try {
            AccessApplication application = AccessApplication.select(card, door.community());
            application.require(AccessApplication.SEALED);
            AccessOutcome outcome = challenge(card, application, issuers, now);
            for (int i = 1; i < TRIES && tooSlow(outcome); i++) {
                outcome = challenge(card, application, issuers, now);
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
            CardChannel card, AccessApplication application, TrustedIssuers issuers, Instant now) {
        try (var challenge = new SealedChallenge(door, now, Sm2PrivateKey.generate(random), random.bytes(NONCE))) {
            CommandApdu command = challenge.command();
            long sent = nanoTime.getAsLong();
            byte[] answer = card.send(command).expectOk("AUTHENTICATE sealed");
            if (nanoTime.getAsLong() - sent > PATIENCE) {
                return new AccessOutcome.NotGenuine(AccessFailure.TOO_SLOW, 0);
            }
            var transcript = AccessTranscript.of(application.fci(), new byte[0], command);
            return challenge.judge(transcript, answer, issuers);
        }
    }
}
