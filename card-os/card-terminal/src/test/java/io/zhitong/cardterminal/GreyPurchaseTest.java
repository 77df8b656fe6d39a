package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.smcrypto.Hex;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Charging a car: the purse is locked, then debited; real card and PSAM, torn everywhere. */
class GreyPurchaseTest {
    private static final LocalDateTime BEGIN = LocalDateTime.of(2026, 11, 21, 12, 0, 0);
    private static final LocalDateTime END = LocalDateTime.of(2026, 11, 21, 13, 30, 0);
    private final Card card = RealCards.purse("12345678", 1);
    private final Psam psam = Psam.open(RealCards.lying(RealCards.psam(2)));
    private final Book book = new Book();
    private final GreyPurchase charger = new GreyPurchase(psam, book, CardAcceptance.EVERY);

    private static final class Book implements PurchaseJournal {
        private final List<Long> open = new ArrayList<>();
        private final List<PurchaseRecord> records = new ArrayList<>();

        @Override
        public void intent(PurchaseIntent intent) {
            open.add(intent.grey().terminalSeq());
        }

        @Override
        public void settled(PurchaseRecord record) {
            assertTrue(open.remove(record.terminalSeq()), "settled once, after its intent");
            records.add(record);
        }
    }

    @BeforeEach
    void money() {
        RealCards.give(card, 10_000);
    }

    private GreyLock locked() {
        return assertInstanceOf(GreyOutcome.Locked.class, charger.lock(RealCards.lying(card), BEGIN))
                .lock();
    }

    private PurchaseOutcome debit(CardChannel channel, GreyLock lock, long amount) {
        return charger.debit(channel, lock, amount, END);
    }

    private static PurchaseRecord paid(PurchaseOutcome outcome) {
        return assertInstanceOf(PurchaseOutcome.Paid.class, outcome).record();
    }

    @Test
    void locked_purse_pays_nobody_else_until_the_service_is_debited() {
        GreyLock lock = GreyLock.parse(locked().encode());
        var shop = new Purchase(psam, book, CardAcceptance.EVERY);
        assertEquals(
                new PurchaseOutcome.Refused(PurchaseRefusal.GREY_LOCKED, 0x9408),
                shop.pay(RealCards.lying(card), 1, BEGIN));
        assertEquals(
                new GreyOutcome.Refused(PurchaseRefusal.GREY_LOCKED, 0x9408),
                charger.lock(RealCards.lying(card), BEGIN));
        PurchaseRecord record = paid(debit(RealCards.lying(card), lock, 1_250));
        assertEquals(TransactionType.EP_GREY_DEBIT, record.type());
        assertEquals(lock.record().terminalSeq(), record.terminalSeq());
        assertEquals(lock.record().offlineSeq() + 1, record.offlineSeq());
        assertEquals(8_750, record.balance());
        assertEquals(8_750, RealCards.balance(card));
        byte[] tac = CardAlgorithm.SM4.tac4(RealCards.DTK, record.tacData());
        assertEquals(Hex.of(tac), Hex.of(record.tac()));
        assertEquals(record, PurchaseRecord.parse(record.encode()));
        assertEquals(List.of(), book.open);
        assertInstanceOf(PurchaseOutcome.Paid.class, shop.pay(RealCards.lying(card), 1, END));
    }

    @Test
    void service_that_was_not_used_debits_nothing_and_frees_the_purse() {
        assertEquals(0, paid(debit(RealCards.lying(card), locked(), 0)).amount());
        assertEquals(10_000, RealCards.balance(card));
        locked();
    }

    @Test
    void more_than_the_balance_or_another_card_is_refused_and_the_lock_stays() {
        GreyLock lock = locked();
        assertEquals(
                PurchaseRefusal.FUNDS_TOO_LOW,
                assertInstanceOf(PurchaseOutcome.Refused.class, debit(RealCards.lying(card), lock, 10_001))
                        .reason());
        Card other = RealCards.purse("12345679", 9);
        assertEquals(
                new PurchaseOutcome.Refused(PurchaseRefusal.OTHER_CARD, 0), debit(RealCards.lying(other), lock, 1));
        assertEquals(
                new PurchaseOutcome.Refused(PurchaseRefusal.OTHER_CARD, 0),
                charger.resolve(RealCards.lying(other), lock));
        assertEquals(1, book.open.size());
        paid(debit(RealCards.lying(card), lock, 10_000));
        assertEquals(0, RealCards.balance(card));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void card_that_leaves_at_the_lock_gets_no_service_and_is_freed_when_it_comes_back(boolean done) {
        var outcome = charger.lock(RealCards.leavingAt(card, 3, done), BEGIN);
        GreyLock lock = assertInstanceOf(GreyOutcome.InDoubt.class, outcome).lock();
        PurchaseOutcome asked = charger.resolve(RealCards.lying(card), lock);
        if (done) {
            assertInstanceOf(PurchaseOutcome.InDoubt.class, asked);
            paid(debit(RealCards.lying(card), lock, 0));
        } else {
            assertEquals(new PurchaseOutcome.Refused(PurchaseRefusal.NOT_DEBITED, 0), asked);
        }
        assertEquals(List.of(), book.open);
        assertEquals(10_000, RealCards.balance(card));
        locked();
    }

    @ParameterizedTest
    @EnumSource(TornContent.class)
    void debit_torn_at_any_operation_is_paid_once(TornContent torn) {
        int done = 0;
        int not = 0;
        for (int n = 1, whole = 0; whole < 8; n++) {
            GreyLock lock = locked();
            long before = RealCards.balance(card);
            PurchaseOutcome outcome = debit(RealCards.losingPower(card, n, torn), lock, 7);
            if (outcome instanceof PurchaseOutcome.Paid) {
                whole++;
                continue;
            }
            assertInstanceOf(PurchaseOutcome.InDoubt.class, outcome);
            outcome = charger.resolve(RealCards.lying(card), lock);
            if (outcome instanceof PurchaseOutcome.InDoubt) {
                not++;
                assertEquals(before, RealCards.balance(card), "still locked at " + n);
                outcome = debit(RealCards.lying(card), lock, 7);
            } else {
                done++;
            }
            assertEquals(7, paid(outcome).amount(), "operation " + n);
            assertEquals(before - 7, RealCards.balance(card), "operation " + n);
            assertEquals(List.of(), book.open);
        }
        assertTrue(not > 0 && (done > 0 || torn != TornContent.NEW), done + " done, " + not + " not");
    }

    @Test
    void card_that_another_terminal_locked_since_settles_nothing_of_ours_as_paid() {
        GreyLock lock = locked();
        paid(debit(RealCards.lying(card), lock, 5));
        Psam elsewhere = Psam.open(RealCards.lying(RealCards.psam(9)));
        book.open.add(lock.record().terminalSeq());
        for (int i = 0; i < 3; i++) {
            var foreign = new GreyPurchase(elsewhere, new Book(), CardAcceptance.EVERY);
            GreyLock theirs = assertInstanceOf(GreyOutcome.Locked.class, foreign.lock(RealCards.lying(card), END))
                    .lock();
            paid(foreign.debit(RealCards.lying(card), theirs, 1, END));
        }
        assertEquals(
                PurchaseRefusal.GIVEN_UP,
                assertInstanceOf(PurchaseOutcome.Unconfirmed.class, charger.resolve(RealCards.lying(card), lock))
                        .reason());
    }

    @Test
    void lock_that_the_host_released_is_not_called_paid() {
        GreyLock lock = locked();
        CardChannel released = command -> command[1] == (byte) 0xCA
                ? Hex.parse("1096020000000a0001" + Hex.of(RealCards.TERMINAL)
                        + String.format("%08x", lock.record().terminalSeq()) + "20261121120000" + "01020304" + "9000")
                : card.process(command);
        card.reset();
        assertInstanceOf(PurchaseOutcome.Unconfirmed.class, charger.resolve(released, lock));
        assertEquals(PurchaseRecord.State.GREY, book.records.get(0).state());
    }

    @Test
    void card_with_another_key_is_not_served_and_its_number_explained() {
        Card forged = RealCards.purse("12345678", 4);
        CardChannel lying = command -> {
            byte[] answer = forged.process(command);
            if (command[1] == 0x7C) {
                answer[4] ^= 1;
            }
            return answer;
        };
        forged.reset();
        assertEquals(new GreyOutcome.Refused(PurchaseRefusal.CARD_MAC_WRONG, 0), charger.lock(lying, BEGIN));
        assertEquals(PurchaseRecord.State.NOT_DEBITED, book.records.get(0).state());
        assertEquals(List.of(), book.open);
    }

    private final TestMoney host = new TestMoney();
    private final GreyRelease desk = new GreyRelease(host, host, Hex.parse("440300000099"));

    @Test
    void purse_whose_terminal_never_came_back_is_released_by_the_host_which_takes_what_is_due() {
        locked();
        var done = assertInstanceOf(MoneyOutcome.Done.class, desk.release(RealCards.lying(card), 300, END));
        assertEquals(9_700, done.record().newBalance());
        assertEquals(9_700, RealCards.balance(card));
        assertEquals(done.record(), HostRecord.parse(done.record().encode()));
        assertEquals(List.of(true), host.ends);
        var free = assertInstanceOf(MoneyOutcome.Refused.class, desk.release(RealCards.lying(card), 0, END));
        assertEquals(0x9408, free.sw(), "there is nothing to release");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void release_whose_card_left_is_settled_when_it_comes_back(boolean really) {
        locked();
        var doubt = assertInstanceOf(
                MoneyOutcome.InDoubt.class, desk.release(RealCards.leavingAt(card, 3, really), 300, END));
        MoneyOutcome end = desk.resolve(RealCards.lying(card), doubt.record());
        assertEquals(really, end instanceof MoneyOutcome.Done, end.toString());
        assertEquals(really ? 9_700 : 10_000, RealCards.balance(card));
        assertEquals(List.of(really), host.ends);
        assertEquals(List.of(), host.open);
    }

    @Test
    void release_that_another_lock_followed_proves_nothing() {
        locked();
        var doubt = assertInstanceOf(
                MoneyOutcome.InDoubt.class, desk.release(RealCards.leavingAt(card, 3, true), 300, END));
        GreyLock next = locked();
        assertInstanceOf(MoneyOutcome.InDoubt.class, desk.resolve(RealCards.lying(card), doubt.record()));
        paid(debit(RealCards.lying(card), next, 0));
        assertInstanceOf(MoneyOutcome.InDoubt.class, desk.resolve(RealCards.lying(card), doubt.record()));
        assertEquals(1, host.open.size());
    }

    @Test
    void lock_that_a_failing_sam_cannot_confirm_is_not_forgotten() {
        Card module = RealCards.psam(6);
        CardChannel slot = RealCards.lying(module);
        Psam failing = Psam.open(command -> {
            if (command[1] == 0x42) {
                throw new CardException(CardException.Reason.READER_FAILED, "planted");
            }
            return slot.transceive(command);
        });
        var outcome = new GreyPurchase(failing, book, CardAcceptance.EVERY).lock(RealCards.lying(card), BEGIN);
        GreyLock lock = assertInstanceOf(GreyOutcome.InDoubt.class, outcome).lock();
        assertEquals(1, book.open.size());
        GreyPurchase repaired = new GreyPurchase(Psam.open(RealCards.lying(module)), book, CardAcceptance.EVERY);
        assertInstanceOf(PurchaseOutcome.InDoubt.class, repaired.resolve(RealCards.lying(card), lock));
        assertEquals(
                0, paid(repaired.debit(RealCards.lying(card), lock, 0, END)).amount());
        assertEquals(List.of(), book.open);
        locked();
    }

    @Test
    void purchase_is_no_lock() {
        PurchaseRecord purchase =
                paid(new Purchase(psam, book, CardAcceptance.EVERY).pay(RealCards.lying(card), 1, BEGIN));
        assertThrows(IllegalArgumentException.class, () -> new GreyLock(purchase));
    }
}
