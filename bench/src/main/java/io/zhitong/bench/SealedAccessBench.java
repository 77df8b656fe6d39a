package io.zhitong.bench;

import io.zhitong.cardterminal.AccessOutcome;
import io.zhitong.cardterminal.SealedAccess;
import io.zhitong.cardterminal.TrustedIssuers;
import io.zhitong.cos.Card;
import io.zhitong.smcrypto.RandomSource;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Power-up of a card and its sealed access transaction with a door, both sides in this process (密封认证). */
@State(Scope.Benchmark)
public class SealedAccessBench {
    /** Door: its pair; card: its ephemeral pair, the one-time number of its signature. */
    private static final int FIXED = 3;
    /** The agreed secret, at the card and at the door. */
    private static final int FREE = 2;
    /** Certificate and card signature, checked at the door. */
    private static final int SUMS = 2;

    private final MadeCards world = new MadeCards();
    private final Card card = world.card();
    private final TrustedIssuers issuers = new TrustedIssuers(List.of(world.issuer()));
    private final SealedAccess door = new SealedAccess(MadeCards.DOOR, RandomSource.secure(), System::nanoTime);
    private final BareSm2 bare = new BareSm2();

    /** The reset belongs to it: a card gives eight sealed answers a power-up. */
    @Benchmark
    public AccessOutcome figure() {
        card.reset();
        AccessOutcome outcome = door.identify(card::process, issuers, MadeCards.NOW);
        if (!(outcome instanceof AccessOutcome.Genuine)) {
            throw new IllegalStateException("expected a genuine card, came " + outcome);
        }
        return outcome;
    }

    @Benchmark
    public Object limit() {
        return bare.multiply(FIXED, FREE, SUMS);
    }

    @TearDown
    public void close() {
        world.close();
    }
}
