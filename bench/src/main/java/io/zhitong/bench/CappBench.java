package io.zhitong.bench;

import io.zhitong.cardterminal.CappPurchase;
import io.zhitong.cardterminal.Lane;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cardterminal.PurchaseOutcome;
import io.zhitong.cos.Card;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One compound purchase of a card at a lane with its PSAM, all in this process; in and out by turns (复合消费). */
@State(Scope.Benchmark)
public class CappBench {
    /** As a purchase, and twice the lane master with the key derived from it. */
    private static final int KEYS = 6 + 4;
    /** As a purchase, and two MACs over 52 bytes with their derivations. */
    private static final int BLOCKS = 12 + 10;

    private final Lane lane = ParkingCards.lane();
    private final BareSm4 bare = new BareSm4();
    private Card card = ParkingCards.card();
    private CappPurchase terminal = terminal();
    private boolean in;

    private static CappPurchase terminal() {
        return ParkingCards.terminal(Psam.open(ParkingCards.module()::process));
    }

    /** A card's purse counts to 65 535. */
    @Setup(Level.Iteration)
    public void newCards() {
        card = ParkingCards.card();
        terminal = terminal();
        in = false;
    }

    @Benchmark
    public PurchaseOutcome figure() {
        in = !in;
        PurchaseOutcome outcome = terminal.pay(card::process, ParkingCards.way(lane, in), MadeCards.AT);
        if (!(outcome instanceof PurchaseOutcome.Paid)) {
            throw new IllegalStateException("expected a paid purchase, came " + outcome);
        }
        return outcome;
    }

    @Benchmark
    public byte[] limit() {
        return bare.run(KEYS, BLOCKS);
    }
}
