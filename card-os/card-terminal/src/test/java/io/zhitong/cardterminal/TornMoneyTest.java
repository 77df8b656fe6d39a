package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.TornContent;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Purchases and loads between real cards and a real PSAM, torn everywhere. What the journal says is compared with the
 * balance on the chip: PAID only if it fell, NOT_DEBITED only if it did not, credited only if it rose.
 */
class TornMoneyTest {
    private static final LocalDateTime AT = LocalDateTime.of(2026, 11, 21, 12, 0, 0);
    private static final int ENOUGH = 8;
    private final Card card = RealCards.purse("12345678", 1);
    private final Card module = RealCards.psam(2);
    private final Book book = new Book();

    /** Both journals in memory. */
    private static final class Book implements PurchaseJournal, LoadJournal {
        private final List<PurchaseIntent> open = new ArrayList<>();
        private final List<PurchaseRecord> records = new ArrayList<>();
        private final Set<Long> numbers = new HashSet<>();
        private final List<Boolean> credits = new ArrayList<>();

        @Override
        public void intent(PurchaseIntent intent) {
            open.add(intent);
        }

        @Override
        public void settled(PurchaseRecord record) {
            long number = record.terminalSeq();
            assertTrue(open.removeIf(i -> i.grey().terminalSeq() == number), "settled once, after its intent");
            records.add(record);
            if (record.state() == PurchaseRecord.State.PAID) {
                assertTrue(numbers.add(number), "a number is paid once");
            }
        }

        @Override
        public void intent(LoadRecord load) {}

        @Override
        public void settled(LoadRecord load, boolean credited) {
            credits.add(credited);
        }

        PurchaseRecord last() {
            return records.get(records.size() - 1);
        }
    }

    private Load loading() {
        return new Load(TestHost.INSTANCE, book, RealCards.TERMINAL);
    }

    private void load(Card which, long amount) {
        assertInstanceOf(LoadOutcome.Loaded.class, loading().load(RealCards.lying(which), amount, AT));
    }

    private Psam sam() {
        return Psam.open(RealCards.lying(module));
    }

    private PurchaseOutcome pay(Psam psam, CardChannel channel, long amount) {
        return new Purchase(psam, book, CardAcceptance.EVERY).pay(channel, amount, AT);
    }

    private PurchaseOutcome resolve(Psam psam, CardChannel channel, PurchaseIntent intent) {
        return new PurchaseRecovery(psam, book).resolve(channel, intent);
    }

    /** The one rule: what the journal says agrees with the chip. */
    private void agrees(long before, long amount, PurchaseOutcome outcome, String where) {
        boolean debited = RealCards.balance(card) == before - amount;
        assertTrue(debited || RealCards.balance(card) == before, where);
        if (outcome instanceof PurchaseOutcome.Paid paid) {
            assertTrue(debited && book.last().equals(paid.record()), where);
        } else if (outcome instanceof PurchaseOutcome.Refused) {
            assertFalse(debited, where);
        } else if (outcome instanceof PurchaseOutcome.Unconfirmed grey) {
            assertEquals(PurchaseRecord.State.GREY, grey.record().state(), where);
        } else if (outcome instanceof PurchaseOutcome.InDoubt doubt) {
            assertTrue(book.open.contains(doubt.intent()), where);
        }
    }

    @Test
    void whole_purchase_is_paid_and_the_books_agree() {
        load(card, 1000);
        Psam psam = sam();
        PurchaseOutcome outcome = pay(psam, RealCards.lying(card), 250);
        assertInstanceOf(PurchaseOutcome.Paid.class, outcome);
        agrees(1000, 250, outcome, "whole");
        assertEquals(List.of(), book.open);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void card_that_leaves_at_any_exchange_is_settled_when_it_comes_back(int exchange) {
        for (boolean done : new boolean[] {false, true}) {
            long before = RealCards.balance(card) + 1000;
            load(card, 1000);
            Psam psam = sam();
            PurchaseOutcome outcome = pay(psam, RealCards.leavingAt(card, exchange, done), 250);
            agrees(before, 250, outcome, "left at " + exchange + " " + done);
            assertEquals(exchange == 3, outcome instanceof PurchaseOutcome.InDoubt);
            if (outcome instanceof PurchaseOutcome.InDoubt doubt) {
                PurchaseOutcome end = resolve(psam, RealCards.lying(card), doubt.intent());
                assertEquals(done, end instanceof PurchaseOutcome.Paid, end.toString());
                agrees(before, 250, end, "resolved");
            }
            assertEquals(List.of(), book.open);
        }
    }

    @ParameterizedTest
    @EnumSource(TornContent.class)
    void power_that_fails_at_any_operation_of_the_debit_is_settled(TornContent torn) {
        load(card, 60_000);
        int paid = 0;
        int not = 0;
        // how many operations there are differs from one to the next by what the memory has to tidy up
        for (int n = 1, whole = 0; whole < ENOUGH; n++) {
            long before = RealCards.balance(card);
            Psam psam = sam();
            PurchaseOutcome outcome = pay(psam, RealCards.losingPower(card, n, torn), 7);
            if (outcome instanceof PurchaseOutcome.Paid) {
                whole++;
                continue;
            }
            PurchaseIntent intent =
                    assertInstanceOf(PurchaseOutcome.InDoubt.class, outcome).intent();
            PurchaseOutcome end = resolve(psam, RealCards.lying(card), intent);
            agrees(before, 7, end, "operation " + n);
            boolean debited = end instanceof PurchaseOutcome.Paid;
            assertTrue(debited || end instanceof PurchaseOutcome.Refused, end.toString());
            paid += debited ? 1 : 0;
            not += debited ? 0 : 1;
            assertEquals(List.of(), book.open);
        }
        assertTrue(not > 0 && (paid > 0 || torn != TornContent.NEW), paid + " paid, " + not + " not");
    }

    @Test
    void recovery_that_is_torn_too_stays_open_and_is_finished_later() {
        load(card, 1000);
        for (boolean done : new boolean[] {false, true}) {
            long before = RealCards.balance(card);
            Psam psam = sam();
            PurchaseIntent intent = assertInstanceOf(
                            PurchaseOutcome.InDoubt.class, pay(psam, RealCards.leavingAt(card, 3, done), 10))
                    .intent();
            for (int exchange = 1; exchange <= (done ? 2 : 3); exchange++) {
                PurchaseOutcome torn = resolve(psam, RealCards.leavingAt(card, exchange, true), intent);
                assertEquals(new PurchaseOutcome.Refused(PurchaseRefusal.CARD_LEFT, 0), torn, "exchange " + exchange);
                assertEquals(List.of(intent), book.open);
            }
            agrees(before, 10, resolve(psam, RealCards.lying(card), intent), "finished");
            assertEquals(List.of(), book.open);
        }
    }

    @Test
    void terminal_started_anew_between_tear_and_recovery_calls_nothing_paid_that_the_psam_cannot_check() {
        load(card, 1000);
        PurchaseIntent intent = assertInstanceOf(
                        PurchaseOutcome.InDoubt.class, pay(sam(), RealCards.leavingAt(card, 3, true), 10))
                .intent();
        PurchaseIntent fromDisk = PurchaseIntent.parse(intent.encode());
        PurchaseOutcome end = resolve(sam(), RealCards.lying(card), fromDisk);
        assertEquals(
                PurchaseRefusal.CHECK_NOT_POSSIBLE,
                assertInstanceOf(PurchaseOutcome.Unconfirmed.class, end).reason());
        assertEquals(PurchaseRecord.State.GREY, book.last().state());
        byte[] tac = CardAlgorithm.SM4.tac4(RealCards.DTK, book.last().tacData());
        assertTrue(Arrays.equals(tac, book.last().tac()), "the grey record carries the card's proof");
    }

    @Test
    void torn_purchase_is_not_settled_by_another_terminals_purchase_of_the_same_card_number() {
        load(card, 1000);
        Psam psam = sam();
        PurchaseIntent torn = assertInstanceOf(
                        PurchaseOutcome.InDoubt.class, pay(psam, RealCards.leavingAt(card, 3, false), 10))
                .intent();
        Card otherModule = RealCards.psam(9);
        Psam other = Psam.open(RealCards.lying(otherModule));
        var elsewhere = new Purchase(other, new Book(), CardAcceptance.EVERY);
        assertInstanceOf(PurchaseOutcome.Paid.class, elsewhere.pay(RealCards.lying(card), 99, AT));
        PurchaseOutcome end = resolve(psam, RealCards.lying(card), torn);
        // nobody paid 10 here, and nobody forged anything either: grey, without the proof of the other purchase
        assertEquals(new PurchaseOutcome.Unconfirmed(torn.grey(), PurchaseRefusal.GIVEN_UP), end);
        assertEquals(torn.grey(), book.last());
        assertEquals(901, RealCards.balance(card));
    }

    @Test
    void psam_that_is_pulled_out_at_any_exchange_never_leads_to_paid_without_its_word() {
        load(card, 1000);
        for (int exchange = 1; exchange <= 2; exchange++) {
            for (boolean done : new boolean[] {false, true}) {
                long before = RealCards.balance(card);
                // opening takes five exchanges, INIT SAM and CREDIT SAM follow
                Psam psam = Psam.open(RealCards.leavingAt(module, 5 + exchange, done));
                PurchaseOutcome outcome = pay(psam, RealCards.lying(card), 10);
                agrees(before, 10, outcome, "PSAM gone at " + exchange + " " + done);
                if (exchange == 1) {
                    assertEquals(new PurchaseOutcome.Refused(PurchaseRefusal.SAM_FAILED, 0), outcome);
                } else {
                    assertInstanceOf(PurchaseOutcome.Unconfirmed.class, outcome);
                }
            }
        }
        assertInstanceOf(PurchaseOutcome.Paid.class, pay(sam(), RealCards.lying(card), 10));
    }

    @Test
    void power_of_the_psam_that_fails_never_gives_a_number_twice() {
        load(card, 10_000);
        Set<Long> issued = new HashSet<>();
        for (int n = 1; n < 60; n += 3) {
            Psam psam = Psam.open(RealCards.losingPower(module, n, TornContent.values()[n % 4]));
            PurchaseOutcome outcome = pay(psam, RealCards.lying(card), 1);
            if (outcome instanceof PurchaseOutcome.Paid paid) {
                assertTrue(issued.add(paid.record().terminalSeq()), "number issued twice");
            }
            module.nvm().keepPower();
            assertInstanceOf(PurchaseOutcome.Paid.class, pay(sam(), RealCards.lying(card), 1));
            assertTrue(issued.add(book.last().terminalSeq()), "number issued twice");
        }
        assertTrue(issued.size() >= 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void load_that_is_torn_at_any_exchange_is_settled_as_the_chip_says(int exchange) {
        for (boolean done : new boolean[] {false, true}) {
            long before = RealCards.balance(card);
            LoadOutcome outcome = loading().load(RealCards.leavingAt(card, exchange, done), 500, AT);
            boolean credited = RealCards.balance(card) == before + 500;
            assertEquals(exchange == 3 && done, credited);
            if (exchange < 3) {
                assertEquals(new LoadOutcome.Refused(LoadRefusal.CARD_LEFT, 0), outcome);
                continue;
            }
            LoadRecord open =
                    assertInstanceOf(LoadOutcome.InDoubt.class, outcome).load();
            LoadOutcome end = loading().resolve(RealCards.lying(card), LoadRecord.parse(open.encode()));
            assertEquals(credited, end instanceof LoadOutcome.Loaded, end.toString());
            assertEquals(credited, book.credits.get(book.credits.size() - 1));
            assertEquals(before + (credited ? 500 : 0), RealCards.balance(card));
        }
    }

    @ParameterizedTest
    @EnumSource(TornContent.class)
    void load_whose_power_fails_at_any_operation_is_settled_as_the_chip_says(TornContent torn) {
        int credited = 0;
        int not = 0;
        // how many operations there are differs from one to the next by what the memory has to tidy up
        for (int n = 1, whole = 0; whole < ENOUGH; n++) {
            load(card, 1); // gives the load key its tries back
            long before = RealCards.balance(card);
            LoadOutcome outcome = loading().load(RealCards.losingPower(card, n, torn), 3, AT);
            if (outcome instanceof LoadOutcome.Loaded) {
                whole++;
                continue;
            }
            LoadRecord open =
                    assertInstanceOf(LoadOutcome.InDoubt.class, outcome).load();
            LoadOutcome end = loading().resolve(RealCards.lying(card), open);
            boolean rose = RealCards.balance(card) == before + 3;
            assertTrue(rose || RealCards.balance(card) == before);
            assertEquals(rose, end instanceof LoadOutcome.Loaded, "operation " + n + " " + end);
            credited += rose ? 1 : 0;
            not += rose ? 0 : 1;
        }
        assertTrue(not > 0 && (credited > 0 || torn != TornContent.NEW), credited + " credited, " + not + " not");
    }

    @Test
    void random_day_of_torn_taps_ends_with_books_that_explain_the_balance() {
        Random random = new Random(5);
        Card[] cards = {card, RealCards.purse("00000002", 7)};
        long[] expected = new long[2];
        Psam psam = sam();
        int rounds = 60 + Integer.getInteger("zhitong.rounds", 0);
        int torn = 0;
        for (int i = 0; i < rounds; i++) {
            int who = random.nextInt(2);
            if (expected[who] < 100) {
                load(cards[who], 1000);
                expected[who] += 1000;
            }
            long amount = 1 + random.nextInt(90);
            PurchaseOutcome outcome = pay(psam, anyHand(cards[who], random), amount);
            if (outcome instanceof PurchaseOutcome.InDoubt doubt) {
                torn++;
                assertEquals(
                        new PurchaseOutcome.Refused(PurchaseRefusal.OTHER_CARD, 0),
                        resolve(psam, RealCards.lying(cards[1 - who]), doubt.intent()));
                outcome = resolve(psam, RealCards.lying(cards[who]), doubt.intent());
            }
            assertNotEquals(PurchaseOutcome.InDoubt.class, outcome.getClass());
            expected[who] -= outcome instanceof PurchaseOutcome.Paid ? amount : 0;
            assertEquals(expected[who], RealCards.balance(cards[who]), "round " + i + " " + outcome);
        }
        assertTrue(torn > rounds / 6, "torn " + torn);
        assertEquals(List.of(), book.open);
        long paid = book.records.stream()
                .filter(r -> r.state() == PurchaseRecord.State.PAID)
                .mapToLong(PurchaseRecord::amount)
                .sum();
        long loaded = 1000L * book.credits.size();
        assertEquals(loaded - paid, RealCards.balance(cards[0]) + RealCards.balance(cards[1]));
    }

    private static CardChannel anyHand(Card which, Random random) {
        which.nvm().keepPower();
        return switch (random.nextInt(3)) {
            case 0 -> RealCards.lying(which);
            case 1 -> RealCards.leavingAt(which, 1 + random.nextInt(3), random.nextBoolean());
            default -> RealCards.losingPower(which, 1 + random.nextInt(8), TornContent.values()[random.nextInt(4)]);
        };
    }
}
