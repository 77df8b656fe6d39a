package io.zhitong.cardterminal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.smcrypto.Hex;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways in and out of a car park by CAPP, with a real card, a PSAM and a SAM with the lane master. */
class LaneTest {
    private static final LocalDateTime IN = LocalDateTime.of(2026, 11, 21, 8, 0, 0);
    private static final LocalDateTime OUT = LocalDateTime.of(2026, 11, 21, 10, 30, 0);
    private static final byte[] PLATE =
            Arrays.copyOf("YUE-B 12345".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 22);
    private final Card card = RealCards.deposit(5);
    private final Psam psam = Psam.open(RealCards.lying(RealCards.psam(2)));
    private final AccessSam keys = AccessSam.open(RealCards.lying(RealAccess.sam("30".repeat(16))));
    private final Lane gate = lane("0000002a00000001");
    private final Lane barrier = lane("0000002a00000002");
    private final Book book = new Book();
    private final CappPurchase capp = new CappPurchase(psam, book, CardAcceptance.EVERY);

    private static final class Book implements PurchaseJournal {
        private final List<PurchaseIntent> open = new ArrayList<>();
        private final List<PurchaseRecord> records = new ArrayList<>();

        @Override
        public void intent(PurchaseIntent intent) {
            open.add(intent);
        }

        @Override
        public void settled(PurchaseRecord record) {
            open.removeIf(i -> i.grey().terminalSeq() == record.terminalSeq());
            records.add(record);
        }
    }

    private Lane lane(String point) {
        return new Lane(Hex.parse(point), 0xAA, 0x17, 1, 1, keys);
    }

    /** Four yuan for each hour begun. */
    private static long fare(LaneRecord entry, io.zhitong.cardspec.CardTime now) {
        long minutes = java.time.Duration.between(entry.time().toLocal(), now.toLocal())
                .toMinutes();
        return 400 * ((minutes + 59) / 60);
    }

    private PurchaseOutcome enter(CardChannel channel) {
        return capp.pay(channel, gate.entry(PLATE), IN);
    }

    private PurchaseOutcome leave(CardChannel channel) {
        return capp.pay(channel, barrier.exit(LaneTest::fare), OUT);
    }

    private static PurchaseRecord paid(PurchaseOutcome outcome) {
        return assertInstanceOf(PurchaseOutcome.Paid.class, outcome).record();
    }

    private static PurchaseRefusal refused(PurchaseOutcome outcome) {
        return assertInstanceOf(PurchaseOutcome.Refused.class, outcome).reason();
    }

    @Test
    void way_in_writes_where_and_when_and_way_out_charges_for_it() {
        RealCards.give(card, 10_000, RealCards.PIN);
        PurchaseRecord in = paid(enter(RealCards.lying(card)));
        assertEquals(0, in.amount());
        assertEquals(in, PurchaseRecord.parse(in.encode()));
        LaneRecord written = LaneRecord.parse(RealCards.laneRecord(card));
        assertEquals("0000002a00000001", Hex.of(written.lane()));
        assertTrue(written.inside());
        assertEquals(IN, written.time().toLocal());
        assertArrayEquals(PLATE, written.content());
        PurchaseRecord out = paid(leave(RealCards.lying(card)));
        assertEquals(1_200, out.amount());
        assertEquals(TransactionType.CAPP_PURCHASE, out.type());
        assertEquals(8_800, RealCards.balance(card));
        assertEquals(false, LaneRecord.parse(RealCards.laneRecord(card)).inside());
        paid(enter(RealCards.lying(card)));
    }

    @Test
    void card_that_is_in_does_not_enter_and_one_that_is_out_does_not_leave() {
        RealCards.give(card, 10_000, RealCards.PIN);
        assertEquals(PurchaseRefusal.LANE_STATE, refused(leave(RealCards.lying(card))));
        paid(enter(RealCards.lying(card)));
        assertEquals(PurchaseRefusal.LANE_STATE, refused(enter(RealCards.lying(card))));
        assertEquals(1, book.records.size());
    }

    @Test
    void purchase_in_between_does_not_keep_the_car_in() {
        RealCards.give(card, 10_000, RealCards.PIN);
        paid(enter(RealCards.lying(card)));
        paid(new Purchase(psam, book, CardAcceptance.EVERY).pay(RealCards.lying(card), 5, IN));
        assertEquals(1_200, paid(leave(RealCards.lying(card))).amount());
    }

    @Test
    void old_record_copied_back_is_refused_though_its_mac_is_right() {
        RealCards.give(card, 10_000, RealCards.PIN);
        paid(enter(RealCards.lying(card)));
        byte[] old = RealCards.laneRecord(card);
        paid(leave(RealCards.lying(card)));
        paid(enter(RealCards.lying(card)));
        write(old);
        assertEquals(PurchaseRefusal.RECORD_OLD, refused(leave(RealCards.lying(card))));
        assertEquals(8_800, RealCards.balance(card));
    }

    /** Somebody who can write the file. */
    private void write(byte[] record) {
        card.reset();
        RealCards.ok(card, "00A4040009A00000000386980701");
        RealCards.ok(card, "00DC 01BC 30" + Hex.of(record));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 14, 15, 21, 22, 43, 44, 47})
    void record_with_any_byte_changed_is_forged(int at) {
        RealCards.give(card, 10_000, RealCards.PIN);
        paid(enter(RealCards.lying(card)));
        byte[] record = RealCards.laneRecord(card);
        record[at] ^= 1;
        write(record);
        PurchaseRefusal reason = refused(leave(RealCards.lying(card)));
        // an unknown key version is an error of the SAM
        assertEquals(at == 4 ? PurchaseRefusal.SAM_FAILED : PurchaseRefusal.RECORD_FORGED, reason);
        assertEquals(10_000, RealCards.balance(card));
    }

    @Test
    void record_of_another_card_is_forged_here() {
        RealCards.give(card, 10_000, RealCards.PIN);
        Card other = RealCards.legacy("30".repeat(16));
        paid(enter(RealCards.lying(card)));
        byte[] record = RealCards.laneRecord(card);
        LaneRecord read = LaneRecord.parse(record);
        var own = io.zhitong.cardspec.CredentialNumber.parse(RealCards.SERIAL);
        var stranger = io.zhitong.cardspec.CredentialNumber.parse("4403000112345679");
        assertTrue(read.genuine(record, own, keys));
        assertEquals(false, read.genuine(record, stranger, keys));
        // nor is a card without the file one for this lane
        assertEquals(PurchaseRefusal.NO_PURSE, refused(enter(RealCards.lying(other))));
    }

    @Test
    void compound_purchase_takes_five_exchanges_and_at_most_twenty_nine_milliseconds() {
        RealCards.give(card, 10_000, RealCards.PIN);
        paid(enter(RealCards.lying(card)));
        var clock = io.zhitong.cardterminal.air.CardClock.around(RealCards.lying(card));
        paid(leave(clock));
        var tally = clock.take();
        assertEquals(5, tally.exchanges());
        double millis =
                io.zhitong.cardterminal.air.AirLink.USUAL.millis(tally, io.zhitong.cardterminal.air.AirRate.KBIT_106);
        assertEquals(28.6, millis, 0.15);
        assertTrue(millis <= 29, "CAPP " + millis);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void card_that_leaves_at_any_exchange_has_paid_and_left_or_neither(int exchange) {
        RealCards.give(card, 10_000, RealCards.PIN);
        for (boolean done : new boolean[] {false, true}) {
            paid(enter(RealCards.lying(card)));
            long before = RealCards.balance(card);
            PurchaseOutcome outcome = leave(RealCards.leavingAt(card, exchange, done));
            if (outcome instanceof PurchaseOutcome.InDoubt doubt) {
                outcome = new PurchaseRecovery(psam, book).resolve(RealCards.lying(card), doubt.intent());
            }
            agrees(before, outcome, exchange + " " + done);
            if (!(outcome instanceof PurchaseOutcome.Paid)) {
                paid(leave(RealCards.lying(card)));
            }
        }
    }

    private void agrees(long before, PurchaseOutcome outcome, String where) {
        boolean paid = outcome instanceof PurchaseOutcome.Paid;
        assertTrue(paid || outcome instanceof PurchaseOutcome.Refused, where + outcome);
        assertEquals(before - (paid ? 1_200 : 0), RealCards.balance(card), where);
        assertEquals(!paid, LaneRecord.parse(RealCards.laneRecord(card)).inside(), where);
        assertEquals(List.of(), book.open, where);
    }

    @ParameterizedTest
    @EnumSource(TornContent.class)
    void power_that_fails_at_any_operation_leaves_money_and_record_together(TornContent torn) {
        RealCards.give(card, 1_000_000, RealCards.PIN);
        int paid = 0;
        for (int n = 1, whole = 0; whole < 8; n++) {
            paid(enter(RealCards.lying(card)));
            long before = RealCards.balance(card);
            PurchaseOutcome outcome = leave(RealCards.losingPower(card, n, torn));
            if (outcome instanceof PurchaseOutcome.Paid) {
                whole++;
                continue;
            }
            PurchaseIntent open =
                    assertInstanceOf(PurchaseOutcome.InDoubt.class, outcome).intent();
            outcome = new PurchaseRecovery(psam, book).resolve(RealCards.lying(card), open);
            agrees(before, outcome, torn + " at " + n);
            if (outcome instanceof PurchaseOutcome.Paid) {
                paid++;
            } else {
                paid(leave(RealCards.lying(card)));
            }
        }
        assertTrue(paid > 0 || torn != TornContent.NEW, "the last operation is the commit");
    }

    @Test
    void cash_leaves_the_deposit_after_the_pin_and_a_torn_one_is_settled_with_it() {
        var host = new TestMoney();
        new DepositLoad(host, host, RealCards.TERMINAL).load(RealCards.lying(card), 500, IN, RealCards.PIN);
        var cash = new CashWithdrawal(psam, book, CardAcceptance.EVERY);
        assertEquals(PurchaseRefusal.PIN_NEEDED, refused(cash.withdraw(RealCards.lying(card), 100, IN, Pin.NONE)));
        assertEquals(
                100,
                paid(cash.withdraw(RealCards.lying(card), 100, IN, RealCards.PIN))
                        .amount());
        for (boolean done : new boolean[] {false, true}) {
            long before = RealCards.depositBalance(card);
            PurchaseIntent open = assertInstanceOf(
                            PurchaseOutcome.InDoubt.class,
                            cash.withdraw(RealCards.leavingAt(card, 4, done), 100, IN, RealCards.PIN))
                    .intent();
            var recovery = new PurchaseRecovery(psam, book);
            if (!done) {
                assertEquals(PurchaseRefusal.PIN_NEEDED, refused(recovery.resolve(RealCards.lying(card), open)));
                assertEquals(List.of(open), book.open);
            }
            PurchaseOutcome end = recovery.resolve(RealCards.lying(card), open, RealCards.PIN);
            assertEquals(done, end instanceof PurchaseOutcome.Paid, end.toString());
            assertEquals(before - (done ? 100 : 0), RealCards.depositBalance(card));
            assertEquals(List.of(), book.open);
        }
        assertEquals(
                50,
                paid(new Purchase(psam, book, CardAcceptance.EVERY)
                                .payFromDeposit(RealCards.lying(card), 50, IN, RealCards.PIN))
                        .amount());
    }

    @Test
    void records_and_updates_of_impossible_form_are_refused() {
        byte[] lane = new byte[8];
        var time = io.zhitong.cardspec.CardTime.of(IN);
        assertThrows(RuntimeException.class, () -> new LaneRecord(1, true, 1, 1, new byte[7], time, PLATE));
        assertThrows(RuntimeException.class, () -> new LaneRecord(1, true, 1, 1, lane, time, new byte[21]));
        assertThrows(IllegalArgumentException.class, () -> new CappUpdate(256, 0x17, lane));
        assertThrows(IllegalArgumentException.class, () -> new CappUpdate(1, 0, lane));
        assertThrows(IllegalArgumentException.class, () -> new CappUpdate(1, 31, lane));
        assertThrows(IllegalArgumentException.class, () -> new CappUpdate(1, 1, new byte[0]));
    }
}
