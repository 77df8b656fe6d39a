package io.zhitong.bench;

import io.zhitong.cardterminal.CardAcceptance;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cardterminal.Purchase;
import io.zhitong.cardterminal.PurchaseOutcome;
import io.zhitong.cos.Card;
import io.zhitong.personalisation.SamOrder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One purchase of a card at a terminal with its PSAM, all in this process; the journal forgets (钱包消费). */
@State(Scope.Benchmark)
public class PurchaseBench {
    /** Card: DPK, session, DTK; PSAM: master, DPK, session. */
    private static final int KEYS = 6;
    /** Card: session 1, MAC1 2, MAC2 1, TAC 2; PSAM: derivation 2, session 1, MAC1 2, MAC2 1. */
    private static final int BLOCKS = 12;

    private final MadeCards world = new MadeCards();
    private Purchase terminal = terminal();
    private final BareSm4 bare = new BareSm4();
    private Card card = world.loadedCard();

    /** A card's purse counts to 65 535, and the memory of the PSAM bears no more than some 80 000 debits. */
    @Setup(Level.Iteration)
    public void newCards() {
        card = world.loadedCard();
        terminal = terminal();
    }

    private Purchase terminal() {
        return new Purchase(
                Psam.open(world.module(SamOrder.Kind.PURCHASE)::process), new Forgetful(), CardAcceptance.EVERY);
    }

    @Benchmark
    public PurchaseOutcome figure() {
        PurchaseOutcome outcome = terminal.pay(card::process, 1, MadeCards.AT);
        if (!(outcome instanceof PurchaseOutcome.Paid)) {
            throw new IllegalStateException("expected a paid purchase, came " + outcome);
        }
        return outcome;
    }

    @Benchmark
    public byte[] limit() {
        return bare.run(KEYS, BLOCKS);
    }

    @TearDown
    public void close() {
        world.close();
    }
}
