package io.zhitong.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@BothDatabases
final class LedgerTest {
    private static final AccountKey DESK = AccountKey.cashDesk("desk");
    private static final AccountKey SHOP = AccountKey.merchant("SHOP0001");
    private static final LocalDate D21 = LocalDate.of(2026, 11, 21);

    private final TestDatabase database;
    /** Eight in the morning in Shanghai. */
    private final FakeClock clock = new FakeClock("2026-11-21T00:00:00Z");

    private final TestLedger test;

    LedgerTest(TestDatabase database) {
        this.database = database;
        test = new TestLedger(database, clock);
    }

    @BeforeEach
    void accounts() {
        test.estate().demo();
        test.accounts().open(TestLedger.ONE, AccountKey.FLOAT, "钱包");
        test.accounts().open(TestLedger.ONE, AccountKey.SUSPENSE, "待查");
        test.accounts().open(TestLedger.ONE, DESK, "柜台");
        test.accounts().open(TestLedger.ONE, SHOP, "社区便利店");
    }

    @Test
    void load_and_purchase_move_money_from_the_desk_to_the_float_to_the_shop() {
        test.post("load:1", EntryKind.LOAD, new Transfer(DESK, AccountKey.FLOAT, 10_000));
        Posted posted = test.post("purchase:1", EntryKind.PURCHASE, new Transfer(AccountKey.FLOAT, SHOP, 1_800));
        assertThat(posted.businessDay()).isEqualTo(D21);
        assertThat(posted.fresh()).isTrue();
        assertThat(balance(AccountKey.FLOAT)).isEqualTo(8_200);
        assertThat(balance(SHOP)).isEqualTo(1_800);
        assertThat(balance(DESK)).isEqualTo(-10_000);
        assertThat(test.balances().now(TestLedger.ONE))
                .extracting(AccountBalance::shownFen)
                .containsExactlyInAnyOrder(10_000L, 1_800L, 8_200L, 0L);
    }

    @Test
    void same_business_key_is_entered_once_and_refused_with_other_content() {
        Posted first = test.post("purchase:7", EntryKind.PURCHASE, new Transfer(AccountKey.FLOAT, SHOP, 500));
        Posted again = test.post("purchase:7", EntryKind.PURCHASE, new Transfer(AccountKey.FLOAT, SHOP, 500));
        assertThat(again).isEqualTo(new Posted(first.entry(), first.businessDay(), false));
        assertThatThrownBy(() -> test.post("purchase:7", EntryKind.PURCHASE, new Transfer(AccountKey.FLOAT, SHOP, 501)))
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.refusal()).isEqualTo(LedgerRefusal.OTHER_CONTENT));
        assertThat(balance(SHOP)).isEqualTo(500);
    }

    @Test
    void unknown_account_enters_nothing() {
        AccountKey nobody = AccountKey.merchant("NOBODY");
        assertThatThrownBy(() -> test.post("x", EntryKind.PURCHASE, new Transfer(AccountKey.FLOAT, nobody, 5)))
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.refusal()).isEqualTo(LedgerRefusal.UNKNOWN_ACCOUNT));
        assertThat(count("ledger_entry")).isZero();
    }

    @Test
    void transfer_of_nothing_or_to_itself_cannot_be_made_nor_stored() {
        assertThatThrownBy(() -> new Transfer(DESK, SHOP, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Transfer(SHOP, SHOP, 5)).isInstanceOf(IllegalArgumentException.class);
        test.post("a", EntryKind.LOAD, new Transfer(DESK, AccountKey.FLOAT, 5));
        for (String wrong : List.of("debit_id, credit_id, 0", "debit_id, debit_id, 5")) {
            assertThatThrownBy(() -> database.jdbc()
                            .sql("insert into ledger_transfer select community_id, entry_id, 2, business_day, " + wrong
                                    + " from ledger_transfer")
                            .update())
                    .hasMessageContaining("ledger_transfer");
        }
    }

    @Test
    void any_history_sums_to_zero_and_balances_agree_with_a_plain_count_over_closed_days() {
        Random random = new Random(7);
        AccountKey[] keys = {AccountKey.FLOAT, AccountKey.SUSPENSE, DESK, SHOP};
        Map<AccountPurpose, Long> expected = new EnumMap<>(AccountPurpose.class);
        for (int i = 0; i < 120; i++) {
            int from = random.nextInt(4);
            int to = (from + 1 + random.nextInt(3)) % 4;
            long amount = 1 + random.nextInt(100_000);
            test.post("k" + i, EntryKind.PURCHASE, new Transfer(keys[from], keys[to], amount));
            expected.merge(keys[from].purpose(), -amount, Long::sum);
            expected.merge(keys[to].purpose(), amount, Long::sum);
            if (i % 25 == 24) {
                clock.advance(Duration.ofDays(1));
                close(test.ledger().today(TestLedger.ONE).minusDays(1));
            }
        }
        List<AccountBalance> now = test.balances().now(TestLedger.ONE);
        assertThat(now.stream().mapToLong(AccountBalance::creditsMinusDebits).sum())
                .isZero();
        for (AccountBalance balance : now) {
            assertThat(balance.creditsMinusDebits())
                    .isEqualTo(expected.get(balance.account().purpose()));
        }
        assertThat(count("ledger_snapshot")).isEqualTo(16);
    }

    @Test
    void balance_at_a_past_day_leaves_out_what_came_later() {
        test.post("a", EntryKind.LOAD, new Transfer(DESK, AccountKey.FLOAT, 300));
        clock.advance(Duration.ofDays(1));
        close(D21);
        test.post("b", EntryKind.LOAD, new Transfer(DESK, AccountKey.FLOAT, 40));
        assertThat(at(D21)).isEqualTo(300);
        assertThat(at(D21.plusDays(1))).isEqualTo(340);
        assertThat(at(D21.minusDays(1))).isZero();
    }

    @Test
    void closed_day_takes_no_posting_even_if_the_clock_goes_back() {
        clock.advance(Duration.ofDays(1));
        close(D21);
        close(D21);
        clock.advance(Duration.ofDays(-1));
        Posted posted = test.post("late", EntryKind.LOAD, new Transfer(DESK, AccountKey.FLOAT, 1));
        assertThat(posted.businessDay()).isEqualTo(D21.plusDays(1));
    }

    @Test
    void day_that_is_not_over_cannot_be_closed() {
        assertThatThrownBy(() -> close(D21))
                .isInstanceOfSatisfying(
                        LedgerException.class, e -> assertThat(e.refusal()).isEqualTo(LedgerRefusal.DAY_NOT_OVER));
    }

    @Test
    void eight_tills_posting_the_same_purchases_at_once_enter_each_once() throws Exception {
        ExecutorService tills = Executors.newFixedThreadPool(8);
        List<Future<Long>> results = new ArrayList<>();
        for (int till = 0; till < 8; till++) {
            results.add(tills.submit(postTwenty()));
        }
        long fresh = 0;
        for (Future<Long> result : results) {
            fresh += result.get();
        }
        tills.shutdown();
        assertThat(fresh).isEqualTo(20);
        assertThat(balance(SHOP)).isEqualTo(20 * 7);
    }

    private Callable<Long> postTwenty() {
        return () -> {
            long fresh = 0;
            for (int i = 0; i < 20; i++) {
                Transfer transfer = new Transfer(AccountKey.FLOAT, SHOP, 7);
                fresh +=
                        test.post("purchase:" + i, EntryKind.PURCHASE, transfer).fresh() ? 1 : 0;
            }
            return fresh;
        };
    }

    @Test
    void application_role_may_not_change_or_remove_anything_on_postgresql() {
        test.post("a", EntryKind.LOAD, new Transfer(DESK, AccountKey.FLOAT, 300));
        clock.advance(Duration.ofDays(1));
        close(D21);
        for (String table : List.of("ledger_account", "ledger_entry", "ledger_transfer", "ledger_snapshot")) {
            assertThat(count(table)).isPositive();
            if (database.kind() == DatabaseKind.PG) {
                refused("update " + table + " set community_id = 2");
                refused("delete from " + table);
                refused("truncate " + table + " cascade");
            }
        }
    }

    private void refused(String sql) {
        assertThatThrownBy(() -> database.jdbc().sql(sql).update())
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    private void close(LocalDate day) {
        database.transactions().executeWithoutResult(s -> test.ledger().closeDay(TestLedger.ONE, day));
    }

    private long balance(AccountKey key) {
        return test.balances().of(TestLedger.ONE, key);
    }

    private long at(LocalDate day) {
        return test.balances().at(TestLedger.ONE, day).stream()
                .filter(balance -> balance.account().equals(AccountKey.FLOAT))
                .mapToLong(AccountBalance::creditsMinusDebits)
                .sum();
    }

    private long count(String table) {
        return database.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }
}
