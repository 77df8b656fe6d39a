package io.zhitong.bench;

import io.zhitong.cardterminal.AccessOutcome;
import io.zhitong.cardterminal.PrivateAccess;
import io.zhitong.cardterminal.TrustedIssuers;
import io.zhitong.cos.Card;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Power-up of a card and its private access transaction with a certified reader, both sides in this process (私密认证). */
@State(Scope.Benchmark)
public class PrivateAccessBench {
    /** Door: its pair; card: its ephemeral pair, the one-time number of its signature. */
    private static final int FIXED = 3;
    /** Two agreed secrets, at the card and at the door. */
    private static final int FREE = 4;
    /** Reader's certificate, checked by the card; card's certificate and signature, checked at the door. */
    private static final int SUMS = 3;

    private final PrivateDoor world = new PrivateDoor();
    private final Card card = world.card();
    private final PrivateAccess door = world.door();
    private final TrustedIssuers issuers = world.issuers();
    private final BareSm2 bare = new BareSm2();

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
}
