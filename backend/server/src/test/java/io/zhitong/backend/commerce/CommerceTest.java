package io.zhitong.backend.commerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.backend.ledger.AccountBalance;
import io.zhitong.backend.ledger.AccountKey;
import io.zhitong.backend.ledger.LedgerException;
import io.zhitong.backend.ledger.TestLedger;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardspec.PurchaseRecord.State;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.Hex;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@BothDatabases
final class CommerceTest {
    private static final AccountKey SHOP = AccountKey.merchant("SHOP0001");

    private final TestDatabase database;
    private final FakeClock clock = new FakeClock("2026-11-21T00:00:00Z");
    private final TestCommerce till;

    CommerceTest(TestDatabase database) {
        this.database = database;
        till = new TestCommerce(database, clock);
    }

    @BeforeEach
    void shop() {
        till.demoShop();
    }

    @Test
    void purchase_with_right_tac_is_paid_from_the_float_to_the_shop() {
        till.arrive(TestSales.paid(1, 7, 100, 1_800));
        assertThat(state(PurchaseState.QUEUED)).isEqualTo(1);
        assertThat(till.clear()).isEqualTo(1);
        assertThat(state(PurchaseState.POSTED)).isEqualTo(1);
        assertThat(balance(SHOP)).isEqualTo(1_800);
        assertThat(balance(AccountKey.FLOAT)).isEqualTo(-1_800);
        assertThat(till.clear()).isZero();
    }

    @Test
    void tac_of_the_published_vector_is_right_and_with_one_bit_changed_wrong() {
        byte[] dtk = Hex.parse("ed79f8daf345e050358972873bd530c8");
        TestCommerce other = new TestCommerce(database, clock, new TestVault(key -> dtk));
        other.arrive(vector("17133c5c", 0x1aa59dfaL), vector("17133c5d", 0x1aa59dfbL));
        other.clear();
        assertThat(balance(SHOP)).isEqualTo(30_422);
        assertThat(other.reasons()).containsExactly(SuspenseReason.WRONG_TAC);
    }

    private static PurchaseRecord vector(String tac, long sequence) {
        return new PurchaseRecord(
                TransactionType.of(6),
                CardAlgorithm.SM4,
                1,
                new byte[10],
                sequence,
                Hex.parse("0392ef2dcefc"),
                new byte[8],
                new byte[10],
                0xdae0,
                30_422,
                0,
                new CardTime(Hex.parse("20270315075118")),
                Hex.parse(tac),
                State.PAID);
    }

    @Test
    void wrong_tac_goes_to_suspense_with_its_reason_and_its_amount() {
        till.arrive(TestSales.wrongTac(1, 7, 100, 1_800), TestSales.paid(1, 8, 101, 200));
        till.clear();
        assertThat(till.reasons()).containsExactly(SuspenseReason.WRONG_TAC);
        assertThat(balance(AccountKey.SUSPENSE)).isEqualTo(1_800);
        assertThat(balance(SHOP)).isEqualTo(200);
        SuspenseItem item =
                till.query().suspense(TestLedger.ONE, Optional.empty(), 10).get(0);
        assertThat(item.psam()).isEqualTo("00004403000100000043");
        assertThat(item.terminalSequence()).isEqualTo(100);
        assertThat(item.moneyMoved()).isTrue();
        assertThat(item.businessDay()).isEqualTo("2026-11-21");
    }

    @Test
    void tac_is_checked_under_the_key_of_the_card_in_the_record() {
        PurchaseRecord mine = TestSales.paid(1, 7, 100, 500);
        PurchaseRecord swapped = new PurchaseRecord(
                mine.type(),
                mine.algorithm(),
                1,
                mine.psamSerial(),
                100,
                mine.terminal(),
                mine.issuer(),
                TestSales.card(2),
                7,
                500,
                mine.balance(),
                mine.time(),
                mine.tac(),
                State.PAID);
        till.arrive(swapped);
        till.clear();
        assertThat(till.reasons()).containsExactly(SuspenseReason.WRONG_TAC);
    }

    @Test
    void same_record_sent_again_in_another_event_counts_once() {
        till.arrive(TestSales.paid(1, 7, 100, 500));
        till.clear();
        till.arrive(TestSales.paid(1, 7, 100, 500));
        till.clear();
        assertThat(balance(SHOP)).isEqualTo(500);
        assertThat(till.reasons()).isEmpty();
    }

    @Test
    void same_identity_with_other_content_holds_both_even_if_the_first_was_paid() {
        till.arrive(TestSales.paid(1, 7, 100, 500));
        till.clear();
        till.arrive(TestSales.paid(1, 7, 100, 900));
        till.clear();
        assertThat(balance(SHOP)).isZero();
        assertThat(balance(AccountKey.SUSPENSE)).isEqualTo(1_400);
        assertThat(till.reasons()).containsExactly(SuspenseReason.OTHER_CONTENT, SuspenseReason.OTHER_CONTENT);
        assertThat(state(PurchaseState.SUSPENSE)).isEqualTo(1);
    }

    @Test
    void same_identity_with_other_content_while_the_first_still_waits_holds_both() {
        till.arrive(TestSales.paid(1, 7, 100, 500), TestSales.paid(2, 3, 100, 900));
        till.clear();
        assertThat(balance(SHOP)).isZero();
        assertThat(balance(AccountKey.SUSPENSE)).isEqualTo(1_400);
    }

    @Test
    void sealed_vault_leaves_the_queue_and_decides_nothing_until_it_opens() {
        till.vault().seal(true);
        till.arrive(TestSales.paid(1, 7, 100, 500), TestSales.paid(1, 8, 101, 600));
        assertThatThrownBy(till::clear)
                .isInstanceOfSatisfying(
                        KeyServiceException.class, e -> assertThat(e.reason()).isEqualTo(KeyRefusal.SEALED));
        assertThat(till.query().totals(TestLedger.ONE).get(PurchaseState.QUEUED))
                .isEqualTo(new PurchaseQuery.Total(2, 1_100));
        till.vault().seal(false);
        till.clear();
        assertThat(balance(SHOP)).isEqualTo(1_100);
    }

    @Test
    void worker_says_what_it_waits_for_and_goes_on_by_itself_when_the_vault_opens() {
        till.vault().seal(true);
        till.arrive(TestSales.paid(1, 7, 100, 500));
        ClearingWorker worker = till.worker();
        worker.start();
        Eventually.holds("worker waits", () -> worker.waitingFor().equals(Optional.of(KeyRefusal.SEALED)));
        till.vault().seal(false);
        Eventually.holds("purchase is paid", () -> balance(SHOP) == 500);
        worker.stop();
        assertThat(worker.waitingFor()).isEmpty();
        assertThat(worker.isRunning()).isFalse();
    }

    @Test
    void unknown_key_version_holds_that_record_and_not_its_batch() {
        till.arrive(IntStream.range(0, 9)
                .mapToObj(i -> TestSales.paid(1, 7 + i, 100 + i, 10))
                .toArray(PurchaseRecord[]::new));
        PurchaseRecord odd = TestSales.paid(1, 50, 150, 77);
        till.arrive(new PurchaseRecord(
                odd.type(),
                odd.algorithm(),
                9,
                odd.psamSerial(),
                150,
                odd.terminal(),
                odd.issuer(),
                odd.cardSerial(),
                50,
                77,
                0,
                odd.time(),
                odd.tac(),
                State.PAID));
        till.clear();
        assertThat(balance(SHOP)).isEqualTo(90);
        assertThat(till.reasons()).containsExactly(SuspenseReason.UNKNOWN_KEY);
    }

    @Test
    void purse_of_another_issuer_waits_for_its_issuer_and_is_not_called_wrong() {
        till.vault().foreign(true);
        till.arrive(TestSales.paid(1, 7, 100, 500));
        till.clear();
        assertThat(balance(SHOP)).isZero();
        assertThat(till.reasons()).containsExactly(SuspenseReason.OTHER_ISSUER);
    }

    @Test
    void doubtful_sale_moves_nothing_until_the_card_proved_its_end() {
        till.arrive(TestSales.ended(1, 7, 100, 500, State.GREY), TestSales.ended(2, 3, 101, 600, State.GREY));
        till.clear();
        assertThat(till.reasons()).containsExactly(SuspenseReason.IN_DOUBT, SuspenseReason.IN_DOUBT);
        assertThat(balance(AccountKey.SUSPENSE)).isZero();
        till.arrive(TestSales.paid(1, 7, 100, 500), TestSales.ended(2, 3, 101, 600, State.NOT_DEBITED));
        till.clear();
        assertThat(balance(SHOP)).isEqualTo(500);
        assertThat(state(PurchaseState.IN_DOUBT)).isZero();
        assertThat(state(PurchaseState.NOT_DEBITED)).isEqualTo(1);
    }

    @Test
    void grey_record_with_a_tac_is_decided_by_the_vault() {
        PurchaseRecord paid = TestSales.paid(1, 7, 100, 500);
        till.arrive(TestSales.ended(1, 7, 100, 500, State.GREY));
        till.arrive(TestSales.grey(paid));
        till.clear();
        assertThat(balance(SHOP)).isEqualTo(500);
        till.arrive(TestSales.grey(TestSales.wrongTac(1, 8, 101, 300)));
        till.clear();
        assertThat(balance(SHOP)).isEqualTo(500);
        assertThat(till.reasons()).contains(SuspenseReason.WRONG_TAC);
    }

    @Test
    void doubtful_sale_with_another_amount_in_its_end_is_held() {
        till.arrive(TestSales.ended(1, 7, 100, 500, State.GREY));
        till.arrive(TestSales.paid(1, 7, 100, 50));
        till.clear();
        assertThat(balance(SHOP)).isZero();
        assertThat(balance(AccountKey.SUSPENSE)).isEqualTo(50);
        assertThat(till.reasons()).contains(SuspenseReason.OTHER_CONTENT);
    }

    @Test
    void sale_that_failed_before_the_psam_gave_its_number_leaves_the_number_to_the_next_sale() {
        till.arrive(
                TestSales.ended(1, 7, 100, 500, State.GREY),
                TestSales.ended(1, 7, 100, 500, State.NOT_DEBITED),
                TestSales.paidAt("20261121101630", 1, 7, 100, 30),
                TestSales.ended(2, 3, 101, 600, State.NOT_DEBITED),
                TestSales.paidAt("20261121101730", 1, 8, 101, 70));
        till.clear();
        assertThat(balance(SHOP)).isEqualTo(100);
        assertThat(balance(AccountKey.SUSPENSE)).isZero();
        assertThat(state(PurchaseState.POSTED)).isEqualTo(2);
        assertThat(till.query().gaps(TestLedger.ONE)).isEmpty();
    }

    @Test
    void doubtful_sale_whose_number_another_card_paid_with_was_never_debited_and_keeps_its_note() {
        till.arrive(
                TestSales.ended(2, 3, 100, 600, State.GREY),
                TestSales.endedAt("20261121101600", 3, 5, 100, 40, State.GREY),
                TestSales.paidAt("20261121101630", 1, 7, 100, 30));
        till.clear();
        assertThat(balance(SHOP)).isEqualTo(30);
        assertThat(state(PurchaseState.IN_DOUBT)).isZero();
        assertThat(till.reasons()).containsExactly(SuspenseReason.IN_DOUBT, SuspenseReason.IN_DOUBT);
    }

    @Test
    void number_that_a_card_was_debited_under_is_not_given_to_a_later_sale() {
        till.arrive(TestSales.entered(1, 7, 100), TestSales.paidAt("20261121101630", 2, 3, 100, 30));
        till.arrive(
                TestSales.paid(1, 8, 101, 50), TestSales.endedAt("20261121101630", 2, 3, 101, 60, State.NOT_DEBITED));
        till.clear();
        assertThat(balance(SHOP)).isZero();
        assertThat(till.reasons()).contains(SuspenseReason.OTHER_CONTENT);
    }

    @Test
    void till_without_a_merchant_is_not_paid() {
        TestCommerce strange = till;
        database.jdbc().sql("update purchase set merchant = null").update();
        database.jdbc().sql("delete from merchant").update();
        strange.arrive(TestSales.paid(1, 7, 100, 500));
        strange.clear();
        assertThat(strange.reasons()).containsExactly(SuspenseReason.NO_MERCHANT);
    }

    @Test
    void sale_to_a_bought_card_is_checked_under_its_own_key_of_3des() {
        till.arrive(TestSales.paidByBought(true, 1, 7, 100, 500), TestSales.paid(2, 3, 101, 30));
        till.arrive(TestSales.paidByBought(false, 3, 7, 102, 70));
        till.clear();
        assertThat(balance(SHOP)).isEqualTo(530);
        assertThat(till.reasons()).containsExactly(SuspenseReason.WRONG_TAC);
    }

    @Test
    void way_into_a_car_park_explains_its_number_moves_nothing_and_stops_nothing() {
        till.arrive(TestSales.entered(1, 7, 100), TestSales.paid(1, 8, 101, 400));
        till.arrive(TestSales.entered(2, 7, 101), TestSales.entered(1, 7, 100));
        till.clear();
        assertThat(state(PurchaseState.NOT_DEBITED)).isEqualTo(1);
        assertThat(till.reasons()).contains(SuspenseReason.OTHER_CONTENT);
        till.arrive(TestSales.paid(1, 9, 102, 300));
        till.clear();
        assertThat(balance(SHOP)).isEqualTo(300);
        assertThat(till.query().gaps(TestLedger.ONE)).isEmpty();
    }

    @Test
    void bytes_that_are_no_record_are_kept_and_stop_nothing() {
        till.write(EventKind.PURCHASE, new byte[] {1, 2, 3});
        till.write(EventKind.PURCHASE_REFUSED, new byte[0]);
        till.arrive(TestSales.paid(1, 7, 100, 500));
        till.clear();
        assertThat(till.reasons()).containsExactly(SuspenseReason.MALFORMED);
        assertThat(balance(SHOP)).isEqualTo(500);
    }

    @Test
    void missing_and_repeated_numbers_of_terminals_and_cards_are_listed() {
        till.arrive(
                TestSales.paid(1, 7, 100, 10),
                TestSales.paid(1, 8, 101, 10),
                TestSales.ended(1, 9, 102, 10, State.NOT_DEBITED),
                TestSales.paid(1, 9, 105, 10),
                TestSales.paid(1, 12, 106, 10),
                TestSales.paid(2, 4, 107, 10),
                TestSales.paid(2, 4, 108, 10));
        assertThat(till.query().gaps(TestLedger.ONE))
                .containsExactly(
                        new CounterGap(CounterGap.Counter.TERMINAL, "00004403000100000043", 102, 105),
                        new CounterGap(CounterGap.Counter.CARD, "00004403010100000001", 9, 12),
                        new CounterGap(CounterGap.Counter.CARD, "00004403010100000002", 4, 4));
    }

    @Test
    void search_finds_by_card_by_number_and_by_state_page_by_page() {
        till.arrive(IntStream.range(0, 5)
                .mapToObj(i -> TestSales.paid(i, 7, 100 + i, 10 + i))
                .toArray(PurchaseRecord[]::new));
        assertThat(found("0101 00000003")).containsExactly(103L);
        assertThat(found("104")).contains(104L);
        assertThat(found("")).containsExactly(104L, 103L, 102L, 101L, 100L);
        var page = till.query().search(TestLedger.ONE, "", Optional.of(PurchaseState.QUEUED), OptionalLong.empty(), 2);
        assertThat(page).hasSize(2);
        OptionalLong next = OptionalLong.of(page.get(1).position());
        assertThat(till.query().search(TestLedger.ONE, "", Optional.empty(), next, 9))
                .hasSize(3);
        assertThat(till.query().search(TestLedger.ONE, "", Optional.of(PurchaseState.POSTED), OptionalLong.empty(), 2))
                .isEmpty();
    }

    private java.util.List<Long> found(String text) {
        return till.query().search(TestLedger.ONE, text, Optional.empty(), OptionalLong.empty(), 10).stream()
                .map(p -> p.record().terminalSeq())
                .toList();
    }

    @Test
    void load_moves_cash_to_the_float_once() {
        PurseLoad load = new PurseLoad(
                TestLedger.ONE, "00004403010100000001", 0, 10_000, 10_000, "A1B2C3D4", "20261121101530", "desk");
        for (int i = 0; i < 2; i++) {
            database.transactions().executeWithoutResult(s -> till.loads().enter(load));
        }
        assertThat(balance(AccountKey.FLOAT)).isEqualTo(10_000);
        assertThat(balance(AccountKey.cashDesk("desk"))).isEqualTo(-10_000);
        PurseLoad other = new PurseLoad(
                TestLedger.ONE, "00004403010100000001", 0, 20_000, 20_000, "A1B2C3D4", "20261121101530", "desk");
        assertThatThrownBy(() -> database.transactions()
                        .executeWithoutResult(s -> till.loads().enter(other)))
                .isInstanceOf(LedgerException.class);
    }

    @Test
    void whatever_happened_the_accounts_sum_to_zero() {
        load_moves_cash_to_the_float_once();
        same_identity_with_other_content_holds_both_even_if_the_first_was_paid();
        assertThat(till.ledger().balances().now(TestLedger.ONE).stream()
                        .mapToLong(AccountBalance::creditsMinusDebits)
                        .sum())
                .isZero();
    }

    private long state(PurchaseState state) {
        return till.query().totals(TestLedger.ONE).get(state).count();
    }

    private long balance(AccountKey key) {
        return till.ledger().balances().of(TestLedger.ONE, key);
    }
}
