package io.zhitong.pos;

import static io.zhitong.accessmodel.EventKind.PURCHASE;
import static io.zhitong.accessmodel.EventKind.PURCHASE_INTENT;
import static io.zhitong.accessmodel.EventKind.PURCHASE_IN_DOUBT;
import static io.zhitong.accessmodel.EventKind.PURCHASE_REFUSED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardterminal.CardAcceptance;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.smcrypto.Hex;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The till with real cards and a real PSAM; what the cashier is told against what card and journal hold. */
@Timeout(60)
class TillTest {
    private static final int DEBIT = 0x54;
    private static final int INIT = 0x50;
    private static final int INIT_SAM = 0x70;
    private static final int CREDIT_SAM = 0x72;
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 21, 15, 30, 0);

    private final MemoryLog log = new MemoryLog();
    private final Card psam = TestCards.psam();
    private final Card chen = TestCards.card(TestCards.CHEN, 10_000);
    private final HandReader sam = HandReader.with(psam);
    private LocalDateTime now = NOW;

    private Till till(HandReader reader) {
        return till(reader, Duration.ofSeconds(20), Duration.ofSeconds(20));
    }

    private Till till(HandReader reader, Duration card, Duration back) {
        return new Till(
                reader,
                new SamSlot(sam),
                OpenPurchases.read(log),
                CardAcceptance.EVERY,
                () -> now,
                new Till.Patience(card, back));
    }

    private static String reason(SaleResult result) {
        return assertInstanceOf(SaleResult.Refused.class, result).reason();
    }

    private static String unknown(SaleResult result) {
        return assertInstanceOf(SaleResult.Unknown.class, result).reason();
    }

    private static PurchaseRecord paid(SaleResult result) {
        return assertInstanceOf(SaleResult.Paid.class, result, result::line).record();
    }

    @Test
    void paid_is_said_when_card_and_journal_agree() {
        Till till = till(HandReader.with(chen));
        SaleResult result = till.sell(1_800);
        assertEquals(
                "paid 1800 balance 8200 card 0000" + TestCards.CHEN + " psam " + TestCards.PSAM_SERIAL
                        + " number 0 time 20261121153000",
                result.line());
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE), log.kinds());
        assertEquals(Hex.of(paid(result).encode()), Hex.of(log.last().encode()));
        assertEquals(8_200, TestCards.balance(chen));
    }

    @Test
    void sales_take_consecutive_numbers_of_the_psam() {
        Till till = till(HandReader.with(chen));
        for (int i = 0; i < 5; i++) {
            assertEquals(i, paid(till.sell(100)).terminalSeq());
        }
        assertEquals(9_500, TestCards.balance(chen));
        assertEquals(1, sam.powered(), "the PSAM stays powered");
    }

    @Test
    void card_is_waited_for() {
        HandReader reader = HandReader.empty().then(() -> {}).then(() -> {}).thenPut(chen);
        assertEquals(9_999, paid(till(reader).sell(1)).balance());
    }

    @Test
    void nobody_comes() {
        Till till = till(HandReader.empty(), Duration.ofMillis(20), Duration.ofMillis(20));
        assertEquals("NO_CARD", reason(till.sell(100)));
        assertEquals(List.of(), log.kinds());
        assertFalse(till.busy());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, 2_147_483_648L, Long.MAX_VALUE})
    void amount_out_of_range_is_refused_before_anything_is_touched(long fen) {
        HandReader reader = HandReader.with(chen);
        assertEquals("AMOUNT", reason(till(reader).sell(fen)));
        assertEquals(0, reader.powered());
        assertEquals(0, sam.powered());
    }

    @Test
    void largest_amount_is_only_too_much_for_the_purse() {
        assertEquals("FUNDS_TOO_LOW", reason(till(HandReader.with(chen)).sell(Integer.MAX_VALUE)));
        assertEquals(List.of(), log.kinds());
    }

    @Test
    void last_fen_is_sold_and_not_one_more() {
        Till till = till(HandReader.with(chen));
        assertEquals(0, paid(till.sell(10_000)).balance());
        assertEquals("FUNDS_TOO_LOW", reason(till.sell(1)));
        assertEquals(0, TestCards.balance(chen));
    }

    @Test
    void card_of_another_system_is_refused() {
        assertEquals(
                "NO_PURSE", reason(till(HandReader.with(TestCards.stranger())).sell(100)));
    }

    @Test
    void card_of_another_city_refuses_our_psam_and_keeps_its_money() {
        Card foreign = TestCards.foreign(TestCards.WANG, 500);
        Till till = till(HandReader.with(foreign));
        assertEquals("SAM_MAC_REFUSED", reason(till.sell(100)));
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE_REFUSED), log.kinds());
        assertEquals(PurchaseRecord.State.NOT_DEBITED, log.last().state());
        assertEquals(500, TestCards.balance(foreign));
    }

    @ParameterizedTest
    @CsvSource({"2025-12-31T23:59:59, NOT_VALID_TODAY", "2037-01-01T00:00:00, NOT_VALID_TODAY"})
    void card_out_of_its_dates_is_refused(LocalDateTime at, String reason) {
        now = at;
        assertEquals(reason, reason(till(HandReader.with(chen)).sell(100)));
        assertEquals(10_000, TestCards.balance(chen));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01T00:00:00", "2036-12-31T23:59:59"})
    void first_and_last_day_of_a_card_are_good(LocalDateTime at) {
        now = at;
        assertEquals(9_900, paid(till(HandReader.with(chen)).sell(100)).balance());
    }

    @Test
    void card_on_the_blacklist_is_refused_without_a_number_of_the_psam() {
        Till till = new Till(
                HandReader.with(chen),
                new SamSlot(sam),
                OpenPurchases.read(log),
                card -> false,
                () -> now,
                Till.Patience.DEFAULT);
        assertEquals("BLACKLISTED", reason(till.sell(100)));
        assertEquals(List.of(), log.kinds());
    }

    @Test
    void second_sale_at_the_same_time_is_told_so() {
        HandReader reader = HandReader.empty();
        Till till = till(reader);
        reader.then(() -> {
                    assertTrue(till.busy());
                    SaleResult second =
                            CompletableFuture.supplyAsync(() -> till.sell(1)).join();
                    assertEquals("BUSY", reason(second));
                })
                .thenPut(chen);
        assertEquals(9_900, paid(till.sell(100)).balance());
        assertEquals(0, reader.actsLeft());
    }

    @Test
    void till_that_stops_ends_its_wait_for_a_card() throws Exception {
        HandReader reader = HandReader.empty();
        Till till = till(reader);
        Thread stopping = new Thread(till::close);
        reader.then(stopping::start);
        assertEquals("STOPPING", reason(till.sell(100)));
        stopping.join(10_000);
        assertFalse(stopping.isAlive());
    }

    @Test
    void till_that_stops_during_the_debit_still_ends_the_sale() throws Exception {
        HandReader reader = HandReader.with(chen);
        Till till = till(reader);
        Thread stopping = new Thread(till::close);
        reader.atCommand(DEBIT, stopping::start);
        assertEquals(9_900, paid(till.sell(100)).balance());
        stopping.join(10_000);
        assertFalse(stopping.isAlive());
    }

    // ---- the card leaves -------------------------------------------------------------------------------------------

    @Test
    void card_that_leaves_before_the_debit_is_waited_for_and_pays_once() {
        HandReader reader =
                HandReader.with(chen).leavesAt(INIT, HandReader.Leaving.AFTER).thenPut(chen);
        assertEquals(9_900, paid(till(reader).sell(100)).balance());
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE), log.kinds());
        assertEquals(9_900, TestCards.balance(chen));
    }

    @Test
    void card_torn_away_after_its_debit_proves_it_when_it_is_back() {
        HandReader reader =
                HandReader.with(chen).leavesAt(DEBIT, HandReader.Leaving.AFTER).thenPut(chen);
        assertEquals(9_900, paid(till(reader).sell(100)).balance());
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE), log.kinds());
        assertEquals(9_900, TestCards.balance(chen));
    }

    @Test
    void card_torn_away_before_its_debit_proves_that_and_the_sale_goes_on() {
        HandReader reader =
                HandReader.with(chen).leavesAt(DEBIT, HandReader.Leaving.BEFORE).thenPut(chen);
        PurchaseRecord record = paid(till(reader).sell(100));
        assertEquals(1, record.terminalSeq());
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE_REFUSED, PURCHASE_INTENT, PURCHASE), log.kinds());
        assertEquals(9_900, TestCards.balance(chen));
    }

    @Test
    void another_card_does_not_pay_for_a_torn_tap() {
        Card wang = TestCards.card(TestCards.WANG, 5_000);
        HandReader reader = HandReader.with(chen)
                .leavesAt(DEBIT, HandReader.Leaving.AFTER)
                .thenPut(wang)
                .thenPut(chen);
        PurchaseRecord record = paid(till(reader).sell(100));
        assertEquals("0000" + TestCards.CHEN, Hex.of(record.cardSerial()));
        assertEquals(5_000, TestCards.balance(wang));
        assertEquals(9_900, TestCards.balance(chen));
    }

    @Test
    void torn_card_that_does_not_come_back_leaves_a_grey_record_and_no_goods() {
        HandReader reader = HandReader.with(chen).leavesAt(DEBIT, HandReader.Leaving.AFTER);
        Till till = till(reader, Duration.ofSeconds(20), Duration.ofMillis(20));
        SaleResult result = till.sell(100);
        assertEquals("GIVEN_UP", unknown(result));
        assertTrue(result.line().startsWith("unknown GIVEN_UP "), result.line());
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE_IN_DOUBT), log.kinds());
        assertArrayEquals(new byte[4], log.last().tac());
    }

    @Test
    void grey_purchase_is_proved_first_when_its_card_comes_again() {
        HandReader reader = HandReader.with(chen).leavesAt(DEBIT, HandReader.Leaving.AFTER);
        Till till = till(reader, Duration.ofSeconds(20), Duration.ofMillis(20));
        till.sell(100);
        reader.put(chen);
        PurchaseRecord second = paid(till.sell(50));
        assertEquals(9_850, second.balance());
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE_IN_DOUBT, PURCHASE, PURCHASE_INTENT, PURCHASE), log.kinds());
        assertEquals(
                List.of(100L, 50L),
                log.of(PURCHASE).stream().map(PurchaseRecord::amount).toList());
        assertEquals(9_850, TestCards.balance(chen));
    }

    @Test
    void grey_purchase_of_another_card_stays_open() {
        HandReader reader = HandReader.with(chen).leavesAt(DEBIT, HandReader.Leaving.AFTER);
        OpenPurchases open = OpenPurchases.read(log);
        Till till = new Till(
                reader,
                new SamSlot(sam),
                open,
                CardAcceptance.EVERY,
                () -> now,
                new Till.Patience(Duration.ofSeconds(20), Duration.ofMillis(20)));
        till.sell(100);
        reader.put(TestCards.card(TestCards.WANG, 5_000));
        assertEquals(4_950, paid(till.sell(50)).balance());
        assertEquals(1, open.inDoubt());
    }

    @Test
    void program_that_ended_in_a_sale_writes_grey_at_its_start_and_asks_the_card() {
        HandReader reader = HandReader.with(chen);
        log.failsAfter(1);
        assertEquals("GIVEN_UP", unknown(till(reader).sell(100)));
        assertEquals(List.of(PURCHASE_INTENT), log.kinds());
        log.works();
        Till restarted = till(reader);
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE_IN_DOUBT), log.kinds());
        assertEquals(9_850, paid(restarted.sell(50)).balance());
        assertEquals(
                List.of(PURCHASE_INTENT, PURCHASE_IN_DOUBT, PURCHASE_IN_DOUBT, PURCHASE_INTENT, PURCHASE), log.kinds());
        PurchaseRecord proved = log.of(PURCHASE_IN_DOUBT).get(1);
        assertNotEquals("00000000", Hex.of(proved.tac()), "the PSAM forgot it, the issuer's TAC settles it");
        assertEquals(9_850, TestCards.balance(chen));
    }

    @ParameterizedTest
    @EnumSource(TornContent.class)
    void power_cut_in_any_write_of_the_debit_takes_the_money_exactly_once(TornContent torn) {
        int cuts = 0;
        for (int k = 1; ; k++) {
            Card card = TestCards.card(TestCards.CHEN, 10_000);
            MemoryLog journal = new MemoryLog();
            int operation = k;
            HandReader reader = HandReader.with(card)
                    .atCommand(DEBIT, () -> card.nvm().cutPower(new PowerCut(operation, torn)))
                    .thenPut(card);
            Till till = new Till(
                    reader,
                    new SamSlot(sam),
                    OpenPurchases.read(journal),
                    CardAcceptance.EVERY,
                    () -> now,
                    Till.Patience.DEFAULT);
            String where = torn + " at operation " + k;
            assertEquals(9_900, paid(till.sell(100)).balance(), where);
            card.nvm().keepPower();
            assertEquals(9_900, TestCards.balance(card), where);
            assertEquals(1, journal.of(PURCHASE).size(), where);
            assertEquals(0, journal.of(PURCHASE_IN_DOUBT).size(), where);
            if (reader.actsLeft() == 1) {
                break; // the debit has fewer operations: nothing was cut
            }
            cuts++;
        }
        assertTrue(cuts > 5, cuts + " cuts");
    }

    // ---- PSAM and journal fail -------------------------------------------------------------------------------------

    @Test
    void without_a_psam_there_is_no_sale_and_with_one_there_is() {
        sam.lift();
        Till till = till(HandReader.with(chen));
        assertEquals("NO_SAM", reason(till.sell(100)));
        sam.put(TestCards.stranger());
        assertEquals("NO_SAM", reason(till.sell(100)));
        sam.put(psam);
        assertEquals(9_900, paid(till.sell(100)).balance());
    }

    @Test
    void psam_that_fails_in_a_sale_is_opened_afresh_for_the_next() {
        sam.answersAt(INIT_SAM, Hex.parse("6f00"));
        Till till = till(HandReader.with(chen));
        assertEquals("SAM_FAILED", reason(till.sell(100)));
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE_REFUSED), log.kinds());
        assertEquals(10_000, TestCards.balance(chen));
        assertEquals(9_900, paid(till.sell(100)).balance());
        assertEquals(2, sam.powered());
    }

    @Test
    void psam_pulled_out_after_the_debit_leaves_the_decision_to_the_issuer() {
        sam.leavesAt(CREDIT_SAM, HandReader.Leaving.BEFORE);
        Till till = till(HandReader.with(chen));
        assertEquals("CHECK_NOT_POSSIBLE", unknown(till.sell(100)));
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE_IN_DOUBT), log.kinds());
        assertNotEquals("00000000", Hex.of(log.last().tac()));
        assertEquals(9_900, TestCards.balance(chen));
    }

    @Test
    void psam_pulled_out_and_put_back_serves_the_next_sale() {
        sam.leavesAt(CREDIT_SAM, HandReader.Leaving.BEFORE);
        Till till = till(HandReader.with(chen));
        till.sell(100);
        assertEquals("NO_SAM", reason(till.sell(100)));
        sam.put(psam);
        assertEquals(9_800, paid(till.sell(100)).balance());
    }

    @Test
    void journal_without_room_sells_nothing_and_touches_no_card() {
        log.room(false);
        HandReader reader = HandReader.with(chen);
        Till till = till(reader);
        assertEquals("JOURNAL_FULL", reason(till.sell(100)));
        assertEquals(0, reader.powered());
        log.room(true);
        assertEquals(9_900, paid(till.sell(100)).balance());
    }

    @Test
    void disk_that_fails_at_the_intent_debits_nothing() {
        log.failsAfter(0);
        Till till = till(HandReader.with(chen));
        assertEquals("JOURNAL_FULL", reason(till.sell(100)));
        assertEquals(10_000, TestCards.balance(chen));
        log.works();
        assertEquals(0, paid(till.sell(100)).terminalSeq(), "no number of the PSAM was used");
    }

    @Test
    void disk_that_fails_after_the_debit_is_never_called_paid() {
        log.failsAfter(1);
        Till till = till(HandReader.with(chen));
        assertEquals("GIVEN_UP", unknown(till.sell(100)));
        assertEquals(9_900, TestCards.balance(chen));
        log.works();
        assertEquals(9_850, paid(till.sell(50)).balance());
        assertEquals(List.of(PURCHASE_INTENT, PURCHASE_IN_DOUBT, PURCHASE_INTENT, PURCHASE), log.kinds());
        PurchaseRecord proved = log.of(PURCHASE_IN_DOUBT).get(0);
        assertEquals(100, proved.amount());
        assertNotEquals("00000000", Hex.of(proved.tac()), "the issuer's TAC settles it");
    }

    @Test
    void reader_that_does_not_answer_is_a_card_that_does_not_come() {
        HandReader reader = HandReader.with(chen);
        reader.breaks(true);
        Till till = till(reader, Duration.ofMillis(50), Duration.ofMillis(50));
        assertEquals("NO_CARD", reason(till.sell(100)));
        reader.breaks(false);
        assertEquals(9_900, paid(till.sell(100)).balance());
    }
}
