package io.zhitong.backend.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.commerce.PurchaseQuery.Total;
import io.zhitong.backend.ledger.TestLedger;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.PurchaseRecord.State;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One till, six records. */
@BothDatabases
final class PurchaseSearchTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    private final TestCommerce till;

    PurchaseSearchTest(TestDatabase database) {
        till = new TestCommerce(database, new FakeClock("2026-11-21T02:00:00Z"));
    }

    @BeforeEach
    void sales() {
        till.demoShop();
        till.arrive(
                TestSales.paid(1, 7, 100, 1_800),
                TestSales.paid(1, 8, 101, 250),
                TestSales.paid(2, 3, 102, 99),
                TestSales.wrongTac(3, 1, 103, 5_000),
                TestSales.ended(4, 1, 104, 600, State.GREY),
                TestSales.ended(4, 1, 105, 700, State.NOT_DEBITED));
        till.clear();
    }

    @Test
    void a_part_of_a_serial_or_a_whole_number_of_the_terminal_finds_its_purchases() {
        for (String line : List.of(
                "00000001; 101 100",
                "0000 4403 0101 00000002; 102",
                "00-00-44-03-01-01-00-00-00-03; 103",
                "103; 103",
                " 104 ; 104",
                "00000043; 105 104 103 102 101 100",
                "99999; ")) {
            String[] parts = line.split("; ?", 2);
            assertThat(found(parts[0])).as(line).isEqualTo(numbers(parts[1]));
        }
    }

    @Test
    void what_is_no_part_of_a_number_finds_nothing_instead_of_everything() {
        for (String text : new String[] {"便利店", "zz", "%", "_", "' or 1=1 --", "card 1x", "!", "44\u000003x"}) {
            assertThat(found(text)).as(text).isEmpty();
        }
    }

    @Test
    void a_state_finds_those_that_stand_there() {
        Map<PurchaseState, String> expected = Map.of(
                PurchaseState.POSTED, "102 101 100",
                PurchaseState.SUSPENSE, "103",
                PurchaseState.IN_DOUBT, "104",
                PurchaseState.NOT_DEBITED, "105",
                PurchaseState.QUEUED, "");
        expected.forEach((state, numbers) -> assertThat(
                        till.query().search(TestLedger.ONE, "", Optional.of(state), OptionalLong.empty(), 50).stream()
                                .map(p -> p.record().terminalSeq()))
                .as(state.name())
                .isEqualTo(numbers(numbers)));
    }

    @Test
    void totals_count_every_state_and_say_none_where_there_is_none() {
        assertThat(till.query().totals(TestLedger.ONE))
                .containsEntry(PurchaseState.POSTED, new Total(3, 2_149))
                .containsEntry(PurchaseState.SUSPENSE, new Total(1, 5_000))
                .containsEntry(PurchaseState.IN_DOUBT, new Total(1, 600))
                .containsEntry(PurchaseState.NOT_DEBITED, new Total(1, 700))
                .containsEntry(PurchaseState.QUEUED, Total.NONE);
        assertThat(till.query().totals(new CommunityId(2)).values()).containsOnly(Total.NONE);
    }

    @Test
    void a_day_of_a_till_holds_what_was_decided_on_it() {
        assertThat(till.query().totalsOfDevices(TestLedger.ONE, DAY, List.of(43L)))
                .containsEntry(PurchaseState.POSTED, new Total(3, 2_149))
                .containsEntry(PurchaseState.SUSPENSE, new Total(1, 5_000))
                .containsEntry(PurchaseState.IN_DOUBT, Total.NONE);
        assertThat(till.query()
                        .totalsOfDevices(TestLedger.ONE, DAY.plusDays(1), List.of(43L))
                        .values())
                .containsOnly(Total.NONE);
        assertThat(till.query()
                        .totalsOfDevices(TestLedger.ONE, DAY, List.of(44L))
                        .values())
                .containsOnly(Total.NONE);
    }

    @Test
    void what_the_merchant_is_paid_for_comes_in_the_order_of_the_terminal() {
        assertThat(till.query().posted(TestLedger.ONE, DAY, "SHOP0001").stream()
                        .map(p -> p.record().terminalSeq()))
                .containsExactly(100L, 101L, 102L);
        assertThat(till.query().posted(TestLedger.ONE, DAY, "SHOP0002")).isEmpty();
    }

    @Test
    void the_money_of_what_is_held_stands_on_suspense_and_of_what_is_in_doubt_nowhere() {
        List<SuspenseItem> items = till.query().suspense(TestLedger.ONE, Optional.of(DAY), 10);
        assertThat(items)
                .extracting(SuspenseItem::reason, SuspenseItem::amountFen, SuspenseItem::moneyMoved)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(SuspenseReason.WRONG_TAC, 5_000L, true),
                        org.assertj.core.groups.Tuple.tuple(SuspenseReason.IN_DOUBT, 600L, false));
        assertThat(till.query().suspense(TestLedger.ONE, Optional.of(DAY.minusDays(1)), 10))
                .isEmpty();
        assertThat(till.query().suspense(TestLedger.ONE, Optional.empty(), 1)).hasSize(1);
    }

    private List<Long> found(String text) {
        return till.query().search(TestLedger.ONE, text, Optional.empty(), OptionalLong.empty(), 50).stream()
                .map(p -> p.record().terminalSeq())
                .toList();
    }

    private static List<Long> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ")).map(Long::valueOf).toList();
    }
}
