package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a card takes for a short answer (距离交换), docs/card.md: {@code 80 8B} with four random bytes, at most three tries,
 * the last one enters what the card signs. A card that is relayed over a network answers late; under about a millisecond
 * nothing is proved. One thread per reader.
 */
public final class DistanceExchange {
    private static final int TRIES = 3;
    private static final int CHALLENGE = 4;
    private static final int ANSWER = 8;
    private static final long UNIT_NANOS = 100_000;

    private final long allowance;
    private final RandomSource random;
    private final LongSupplier nanoTime;

    /**
     * @param allowance what the air and the way to the reader take beside the card's own time
     * @param nanoTime monotonic clock in nanoseconds, such as {@code System::nanoTime}
     */
    public DistanceExchange(Duration allowance, RandomSource random, LongSupplier nanoTime) {
        this.allowance = allowance.toNanos();
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /**
     * Behind SELECT.
     *
     * @return rd4 ‖ rc4 ‖ min2 ‖ max2 of the last try
     * @throws AccessRefused METHOD_NOT_OFFERED, LENGTH, or TOO_FAR after three late answers
     */
    byte[] run(CardChannel card, AccessApplication application) {
        application.require(AccessApplication.DISTANCE);
        for (int i = 0; i < TRIES; i++) {
            byte[] challenge = random.bytes(CHALLENGE);
            var command = new CommandApdu(0x80, 0x8B, 0x00, 0x00, challenge, ANSWER);
            long sent = nanoTime.getAsLong();
            byte[] answer = card.send(command).expect("EXCHANGE DISTANCE", ANSWER);
            long took = nanoTime.getAsLong() - sent;
            if (took <= longest(answer) + allowance) {
                return new ByteWriter().bytes(challenge).bytes(answer).toByteArray();
            }
        }
        throw new AccessRefused(AccessFailure.TOO_FAR);
    }

    /** What the card says it takes at most, in nanoseconds; its word is bound by its signature. */
    private static long longest(byte[] answer) {
        var in = new ByteReader(answer);
        in.bytes(CHALLENGE);
        int least = in.u16();
        int most = in.u16();
        if (least > most) {
            throw new AccessRefused(AccessFailure.LENGTH);
        }
        return most * UNIT_NANOS;
    }
}
