package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardterminal.air.AirLink;
import io.zhitong.cardterminal.air.AirRate;
import io.zhitong.cardterminal.air.CardClock;
import io.zhitong.cardterminal.air.ChipModel;
import io.zhitong.cardterminal.air.Tally;
import io.zhitong.cos.Card;
import io.zhitong.smcrypto.RandomSource;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real transactions take on the air: the table of docs/performance.md and its budgets. */
class AirFiguresTest {
    private static final LocalDateTime AT = LocalDateTime.of(2026, 11, 21, 12, 0, 0);

    private static CardClock clock(Card card) {
        return new CardClock(RealCards.lying(card), () -> card.nvm().operations());
    }

    private static double slowest(Tally tally) {
        return AirLink.USUAL.millis(tally, AirRate.KBIT_106);
    }

    private static Tally sealed(boolean measured) {
        CardClock card = clock(RealAccess.card("0F"));
        var door = new SealedAccess(RealAccess.DOOR, RandomSource.secure(), () -> 0L);
        var distance = new DistanceExchange(Duration.ZERO, RandomSource.secure(), () -> 0L);
        var outcome = (measured ? door.measuring(distance) : door).identify(card, RealAccess.ISSUERS, RealAccess.NOW);
        assertInstanceOf(AccessOutcome.Genuine.class, outcome);
        return card.take();
    }

    @Test
    void purchase_takes_three_exchanges_and_at_most_eighteen_milliseconds() {
        Card purse = RealCards.purse("12345678", 1);
        RealCards.give(purse, 1000);
        CardClock card = clock(purse);
        Psam psam = Psam.open(RealCards.lying(RealCards.psam(2)));
        var silent = new PurchaseJournal() {
            @Override
            public void intent(PurchaseIntent intent) {}

            @Override
            public void settled(PurchaseRecord record) {}
        };
        assertInstanceOf(
                PurchaseOutcome.Paid.class, new Purchase(psam, silent, CardAcceptance.EVERY).pay(card, 250, AT));
        Tally tally = card.take();
        assertEquals(3, tally.exchanges());
        assertEquals(130, tally.bytes());
        assertEquals(17.8, slowest(tally), 0.1);
        assertTrue(slowest(tally) <= 18, "purchase " + slowest(tally));
        assertTrue(tally.work().writes() > 0, "a debit writes");
    }

    @Test
    void fast_access_takes_two_exchanges_and_at_most_sixteen_milliseconds() {
        CardClock card = clock(RealAccess.card("0F"));
        AccessSam sam = AccessSam.open(RealCards.lying(RealAccess.sam("30".repeat(16))));
        assertInstanceOf(
                AccessOutcome.Genuine.class,
                new FastAccess(RealAccess.DOOR, sam, RandomSource.secure()).identify(card, RealAccess.NOW));
        Tally tally = card.take();
        assertEquals(2, tally.exchanges());
        assertEquals(15.6, slowest(tally), 0.1);
        assertEquals(0, tally.work().writes());
    }

    @ParameterizedTest
    @CsvSource({"KBIT_106, 38.8", "KBIT_212, 22.8", "KBIT_424, 14.3", "KBIT_848, 10.1"})
    void sealed_access_takes_at_most_thirty_nine_milliseconds_and_less_at_higher_rates(AirRate rate, double millis) {
        Tally tally = sealed(false);
        assertEquals(2, tally.exchanges());
        assertEquals(millis, AirLink.USUAL.millis(tally, rate), 0.1);
        assertEquals(0, tally.work().writes());
    }

    @Test
    void sealed_access_with_the_stated_chip_takes_at_most_three_hundred_milliseconds() {
        Tally tally = sealed(true);
        double all = slowest(tally) + ChipModel.STATED.millis(tally);
        assertEquals(3, tally.work().multiplications());
        assertTrue(all > 100 && all <= 300, "sealed " + all);
    }

    @Test
    void distance_costs_two_point_four_and_a_longer_uid_two_milliseconds() {
        assertEquals(2.4, slowest(sealed(true)) - slowest(sealed(false)), 0.1);
        Tally tally = sealed(false);
        assertEquals(2.0, new AirLink(2, 16).millis(tally, AirRate.KBIT_106) - slowest(tally), 0.1);
    }

    @Test
    void private_access_takes_at_most_fifty_milliseconds_and_six_multiplications() {
        Card resident = RealAccess.card("0F");
        var door = new PrivateAccess(RealAccess.DOOR, RealAccess.reader(), RandomSource.secure(), () -> 0L);
        door.identify(RealCards.lying(resident), RealAccess.ISSUERS, RealAccess.NOW);
        CardClock card = clock(resident);
        assertInstanceOf(AccessOutcome.Genuine.class, door.identify(card, RealAccess.ISSUERS, RealAccess.NOW));
        Tally tally = card.take();
        assertEquals(2, tally.exchanges());
        assertEquals(49.1, slowest(tally), 0.1);
        assertEquals(6, tally.work().multiplications());
        assertEquals(0, tally.work().writes(), "the newest reader certificate was seen before");
    }
}
