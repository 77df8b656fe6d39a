package io.zhitong.personalisation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardreaders.RecordingChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.LeaseTerms;
import io.zhitong.cardterminal.Psam;
import io.zhitong.cos.Card;
import io.zhitong.cos.chip.PowerCut;
import io.zhitong.cos.chip.PowerLoss;
import io.zhitong.cos.chip.TornContent;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.LeaseRequest;
import io.zhitong.keyapi.WrapRequest;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The city's first and the community's second issue of a PSAM, apart from one another, and its lease. */
class SamIssueTest {
    private static final TestVault VAULT = TestVault.shared();
    private static final AtomicInteger SERIAL = new AtomicInteger(0);
    private static final LocalDate LAST = LocalDate.now(TestOrders.ZONE).plusDays(40);
    private static final String LAST_DAY = Hex.of(CardTime.date4(LAST));
    private static final String DAY_AFTER = Hex.of(CardTime.date4(LAST.plusDays(1)));
    private static final LeaseTerms LEASE = new LeaseTerms(LAST, 2);
    private static final String STRANGE = "0000000044030002";

    private final SamOrder order = order();
    private SamCard issue = new SamCard(VAULT.keys);

    private static SamOrder order() {
        String serial = String.format("000044039902%08d", SERIAL.incrementAndGet());
        return new SamOrder(
                        SamOrder.Kind.PURCHASE,
                        TestOrders.CITY,
                        TestOrders.COMMUNITY,
                        Hex.parse(serial),
                        TestOrders.TERMINAL,
                        1)
                .receivedBy(Hex.parse("0000000000000043"))
                .leased(LEASE);
    }

    private Card fresh() throws IOException {
        Card module = TestCards.fresh(CardProfile.PSAM, VAULT.transportKey());
        issue = VAULT.issue(order, issue.chipId(module::process));
        module.reset();
        return module;
    }

    private Card first() throws IOException {
        Card module = fresh();
        issue.first(module::process, order.blank(), Progress.SILENT);
        module.reset();
        return module;
    }

    private static String ask(Card module, String... frames) {
        module.reset();
        String answer = "";
        for (String frame : frames) {
            answer = Hex.of(module.process(Hex.parse(frame)));
        }
        return answer;
    }

    private static String number(Card module, String date4) {
        return ask(
                module,
                "00a4000002df02",
                "807000001c" + "01020304" + "0001" + "00000064" + "06" + date4 + "120000" + "0104" + "4403000100000001"
                        + "08");
    }

    private static PersonalisationRefused.Reason refusal(Runnable issue) {
        return assertThrows(PersonalisationRefused.class, issue::run).reason();
    }

    @Test
    void first_issue_gives_a_serial_number_and_nothing_that_sells() throws IOException {
        Card module = first();
        assertEquals(Hex.of(order.serial()) + "01010100" + "9000", ask(module, "00b095000e"));
        assertEquals("6a82", ask(module, "00b0960006"));
        assertEquals("6a82", ask(module, "00a4000002df02"));
    }

    @Test
    void second_issue_binds_terminal_receiver_and_validity() throws IOException {
        Card module = first();
        issue.second(module::process, order, Progress.SILENT);
        assertEquals("440300000043" + "9000", ask(module, "00b0960006"));
        assertEquals(
                "01" + "4403ff0000000000" + "0000000000000043" + "20000101" + "20991231" + "9000",
                ask(module, "00b0970019"));
        module.reset();
        assertArrayEquals(order.terminal(), Psam.open(module::process).terminal());
    }

    @Test
    void second_issue_needs_the_first() throws IOException {
        Card module = fresh();
        var channel = new RecordingChannel(module::process);
        assertEquals(
                PersonalisationRefused.Reason.NOT_FIRST_ISSUED,
                refusal(() -> issue.second(channel, order, Progress.SILENT)));
        assertEquals(2, channel.exchanges().size(), "SELECT and READ only");
    }

    @Test
    void first_issue_is_for_one_serial_number() throws IOException {
        Card module = first();
        var other = new SamBlank(SamOrder.Kind.PURCHASE, TestOrders.CITY, Hex.parse("00004403990100000002"), 1);
        assertEquals(
                PersonalisationRefused.Reason.ALREADY_ISSUED,
                refusal(() -> issue.first(module::process, other, Progress.SILENT)));
        issue.first(module::process, order.blank(), Progress.SILENT);
        issue.second(module::process, order, Progress.SILENT);
        assertEquals(
                PersonalisationRefused.Reason.NOT_OURS,
                refusal(() -> issue.first(module::process, order.blank(), Progress.SILENT)),
                "a community's module is no city's stock any more");
    }

    @Test
    void module_of_one_community_is_not_taken_by_another() throws IOException {
        Card module = first();
        issue.second(module::process, order, Progress.SILENT);
        var theirs = new SamOrder(
                SamOrder.Kind.PURCHASE, TestOrders.CITY, Hex.parse(STRANGE), order.serial(), order.terminal(), 1);
        assertEquals(
                PersonalisationRefused.Reason.NOT_OURS,
                refusal(() -> issue.second(module::process, theirs, Progress.SILENT)));
    }

    @Test
    void module_of_another_citys_stock_is_refused() throws IOException {
        Card module = fresh();
        byte[] city = Hex.parse("4404ff0000000000");
        issue.first(module::process, new SamBlank(SamOrder.Kind.PURCHASE, city, order.serial(), 1), Progress.SILENT);
        assertEquals(
                PersonalisationRefused.Reason.NOT_OURS,
                refusal(() -> issue.second(module::process, order, Progress.SILENT)));
    }

    @Test
    void leased_module_sells_to_the_last_day_and_the_highest_number() throws IOException {
        Card module = first();
        issue.second(module::process, order, Progress.SILENT);
        assertEquals("6985", number(module, DAY_AFTER));
        assertEquals("00000001", number(module, LAST_DAY).substring(0, 8));
        assertEquals("00000002", number(module, LAST_DAY).substring(0, 8));
        assertEquals("6985", number(module, LAST_DAY));
    }

    @Test
    void second_issue_run_again_renews_no_lease() throws IOException {
        Card module = first();
        issue.second(module::process, order, Progress.SILENT);
        number(module, LAST_DAY);
        SamOrder again = order.leased(new LeaseTerms(LAST.plusDays(4), 9));
        module.reset();
        issue.second(module::process, again, Progress.SILENT);
        assertEquals(LAST_DAY + "00000002" + "9000", ask(module, "00a4000002df02", "00b09a0008"));
        assertEquals("00000002" + "9000", ask(module, "00a4000002df02", "00b0990004"));
    }

    @Test
    void leased_second_issue_cut_off_at_every_exchange_is_finished_by_running_it_again() throws IOException {
        var counting = new RecordingChannel(first()::process);
        issue.second(counting, order, Progress.SILENT);
        int exchanges = counting.exchanges().size();
        assertTrue(exchanges > 30, "exchanges: " + exchanges);
        for (int n = 1; n <= exchanges; n++) {
            var next = new SamIssueTest();
            Card module = next.first();
            var cut = TestCards.leavingAt(n, n % 2 == 0, module);
            assertThrows(CardException.class, () -> next.issue.second(cut, next.order, Progress.SILENT));
            String sold = number(module, LAST_DAY);
            assertTrue(sold.length() == 4 || n > exchanges - 8, "sells half-made at " + n + ": " + sold);
            module.reset();
            next.issue.second(module::process, next.order, Progress.SILENT);
            assertEquals(LAST_DAY + "00000002" + "9000", ask(module, "00a4000002df02", "00b09a0008"), "cut at " + n);
            assertEquals("9000", end(number(module, LAST_DAY)), "cut at " + n);
        }
    }

    /** The second issue on a module whose power is cut in that operation of its memory; false if it was done before. */
    private boolean torn(Card module, int operation) {
        TornContent content = TornContent.values()[operation % TornContent.values().length];
        module.nvm().cutPower(new PowerCut(operation, content));
        try {
            issue.second(module::process, order, Progress.SILENT);
            return false;
        } catch (PowerLoss e) {
            module.reset();
            return true;
        }
    }

    @Test
    void second_issue_torn_inside_the_modules_memory_is_finished_by_running_it_again() throws IOException {
        int operation = 1;
        var next = new SamIssueTest();
        Card module = next.first();
        while (next.torn(module, operation)) {
            String sold = number(module, DAY_AFTER);
            assertEquals(4, sold.length(), "beyond its lease at " + operation + ": " + sold);
            module.reset();
            next.issue.second(module::process, next.order, Progress.SILENT);
            assertEquals(
                    LAST_DAY + "00000002" + "9000",
                    ask(module, "00a4000002df02", "00b09a0008"),
                    "torn at " + operation);
            assertEquals("9000", end(number(module, LAST_DAY)), "torn at " + operation);
            operation += 41;
            next = new SamIssueTest();
            module = next.first();
        }
        assertTrue(operation > 200, "torn up to operation " + operation);
    }

    @Test
    void module_that_the_register_does_not_have_or_has_lost_gets_no_lease() throws IOException {
        Card module = first();
        var unknown = new SamCard(VAULT.keys, VAULT.people.register()::lease);
        assertEquals(
                KeyRefusal.UNKNOWN_ITEM,
                assertThrows(KeyServiceException.class, () -> unknown.second(module::process, order, Progress.SILENT))
                        .reason());
        assertEquals("6985", number(module, LAST_DAY));
        module.reset();
        issue.second(module::process, order, Progress.SILENT);
        int number = VAULT.people.register().items().stream()
                .filter(item -> item.entry().serial().equals(Hex.of(order.serial())))
                .findFirst()
                .orElseThrow()
                .number();
        VAULT.people.register().lost(number, "Merchant");
        var asked = new LeaseRequest(order.serial(), order.terminal(), LEASE.encode(), new byte[16]);
        assertEquals(
                KeyRefusal.ITEM_GONE,
                assertThrows(
                                KeyServiceException.class,
                                () -> VAULT.people.register().lease(asked))
                        .reason());
    }

    @Test
    void steps_are_told_in_their_order() throws IOException {
        List<CardStep> told = new ArrayList<>();
        Card module = fresh();
        issue.first(module::process, order.blank(), told::add);
        assertEquals(CardStep.ofSamFirst(), told);
        told.clear();
        issue.second(module::process, order, told::add);
        assertEquals(CardStep.ofSamSecond(), told);
    }

    @Test
    void stock_takes_no_master_and_orders_are_checked() {
        byte[] chip = new byte[8];
        KeyRef stock = KeyRef.of(KeyUsage.SAM_CONTROL, 1, TestOrders.CITY, new byte[8], chip);
        for (KeyRef key : List.of(
                KeyRef.of(KeyUsage.DPK, 1, TestOrders.CITY),
                KeyRef.of(KeyUsage.SAM_LEASE, 1, TestOrders.CITY, new byte[8], chip),
                KeyRef.of(KeyUsage.SAM_CONTROL, 1, Hex.parse("4404ff0000000000"), TestOrders.COMMUNITY, chip),
                KeyRef.of(KeyUsage.SAM_CONTROL, 1, TestOrders.CITY, TestOrders.COMMUNITY, TestOrders.COMMUNITY))) {
            byte[] head = {(byte) (key.usage().cardType() | 0xC0), (byte) 0xF0, 0x0F, 1, 4};
            var request = new WrapRequest(stock, new byte[16], Hex.parse("84d40100"), head, key, new byte[0]);
            var refused = assertThrows(KeyServiceException.class, () -> VAULT.keys.wrap(List.of(request)));
            assertEquals(KeyRefusal.NOT_ALLOWED, refused.reason(), key.toString());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> TestOrders.sam(SamOrder.Kind.ACCESS).leased(LEASE));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SamOrder(
                        SamOrder.Kind.PURCHASE, TestOrders.CITY, new byte[8], order.serial(), order.terminal(), 1));
    }

    private static String end(String answer) {
        return answer.substring(answer.length() - 4);
    }
}
