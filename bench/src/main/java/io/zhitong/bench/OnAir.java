package io.zhitong.bench;

import io.zhitong.cardterminal.AccessOutcome;
import io.zhitong.cardterminal.AccessSam;
import io.zhitong.cardterminal.CardAcceptance;
import io.zhitong.cardterminal.DistanceExchange;
import io.zhitong.cardterminal.FastAccess;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cardterminal.Purchase;
import io.zhitong.cardterminal.PurchaseOutcome;
import io.zhitong.cardterminal.SealedAccess;
import io.zhitong.cardterminal.TrustedIssuers;
import io.zhitong.cardterminal.air.CardClock;
import io.zhitong.cardterminal.air.Tally;
import io.zhitong.cos.Card;
import io.zhitong.personalisation.SamOrder;
import io.zhitong.smcrypto.RandomSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Each transaction once with made cards, counted on the air and on the contacts of the SAM (空口计量). */
final class OnAir implements AutoCloseable {
    private static final RandomSource RANDOM = RandomSource.secure();

    private final MadeCards world = new MadeCards();
    private final List<Crossing> rows = new ArrayList<>();

    List<Crossing> rows() {
        purchase();
        capp();
        fast();
        sealed("sealed", "密封认证", false);
        sealed("sealed with distance", "密封认证+距离", true);
        hidden();
        return List.copyOf(rows);
    }

    private static CardClock clock(Card card) {
        return new CardClock(card::process, () -> card.nvm().operations());
    }

    private void purchase() {
        CardClock card = clock(world.loadedCard());
        CardClock slot = clock(world.module(SamOrder.Kind.PURCHASE));
        var terminal = new Purchase(Psam.open(slot), new Forgetful(), CardAcceptance.EVERY);
        slot.take();
        require(terminal.pay(card, 1, MadeCards.AT) instanceof PurchaseOutcome.Paid);
        rows.add(new Crossing("purchase", "钱包消费", card.take(), slot.take()));
    }

    /** The way out, behind a way in that is not counted. */
    private void capp() {
        CardClock card = clock(ParkingCards.card());
        CardClock slot = clock(ParkingCards.module());
        var terminal = ParkingCards.terminal(Psam.open(slot));
        var lane = ParkingCards.lane();
        for (boolean in : new boolean[] {true, false}) {
            card.take();
            slot.take();
            require(terminal.pay(card, ParkingCards.way(lane, in), MadeCards.AT) instanceof PurchaseOutcome.Paid);
        }
        rows.add(new Crossing("CAPP", "复合消费", card.take(), slot.take()));
    }

    private void fast() {
        CardClock card = clock(world.card());
        CardClock slot = clock(world.module(SamOrder.Kind.ACCESS));
        var door = new FastAccess(MadeCards.DOOR, AccessSam.open(slot), RANDOM);
        slot.take();
        require(door.identify(card, MadeCards.NOW) instanceof AccessOutcome.Genuine);
        rows.add(new Crossing("fast", "快速认证", card.take(), slot.take()));
    }

    private void sealed(String name, String zh, boolean measured) {
        CardClock card = clock(world.card());
        var issuers = new TrustedIssuers(List.of(world.issuer()));
        var plain = new SealedAccess(MadeCards.DOOR, RANDOM, System::nanoTime);
        var distance = new DistanceExchange(Duration.ofSeconds(1), RANDOM, System::nanoTime);
        var door = measured ? plain.measuring(distance) : plain;
        require(door.identify(card, issuers, MadeCards.NOW) instanceof AccessOutcome.Genuine);
        rows.add(new Crossing(name, zh, card.take(), Tally.NONE));
    }

    /** The second time: the first writes down how new the reader's certificate is. */
    private void hidden() {
        var privateDoor = new PrivateDoor();
        CardClock card = clock(privateDoor.card());
        var door = privateDoor.door();
        for (int i = 0; i < 2; i++) {
            card.take();
            require(door.identify(card, privateDoor.issuers(), MadeCards.NOW) instanceof AccessOutcome.Genuine);
        }
        rows.add(new Crossing("private", "私密认证", card.take(), Tally.NONE));
    }

    private static void require(boolean good) {
        if (!good) {
            throw new IllegalStateException("expected a transaction that succeeds");
        }
    }

    @Override
    public void close() {
        world.close();
    }
}
