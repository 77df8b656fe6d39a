package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The purse at its borders: amounts, counters, key versions, order of commands. */
class PurseBordersTest {
    private static final String TERMINAL = Purses.TERMINAL;
    private final Bench card = Bench.blank();

    @BeforeEach
    void personalise() {
        Purses.personalise(card);
    }

    private void purse(int fid, long balance, int online, int offline) {
        card.setPurse(fid, balance, online, offline, 0);
        card.ok(Purses.SELECT);
    }

    @ParameterizedTest(name = "balance {0}, load of {1}: {2}")
    @CsvSource({
        "00000000, FFFFFFFF, 9000", "00000001, FFFFFFFF, 6985", "FFFFFFFF, 00000000, 9000", "FFFFFFFF, 00000001, 6985",
        "80000000, 7FFFFFFF, 9000", "80000000, 80000000, 6985", "7FFFFFFF, 80000001, 6985", "7FFFFFFF, 80000000, 9000"
    })
    void balance_never_passes_four_bytes(String balance, String amount, String sw) {
        purse(2, Long.parseLong(balance, 16), 0, 0);
        String before = card.dump();
        String init = card.send("805000020B01" + amount + TERMINAL + "10");
        assertEquals(sw, init.substring(init.length() - 4));
        if (sw.equals("9000")) {
            card.ok(Purses.credit(Long.parseLong(amount, 16), init));
            long sum = Long.parseLong(balance, 16) + Long.parseLong(amount, 16);
            card.expect("805C000204", Purses.hex8(sum) + "9000");
        } else {
            assertEquals(before, card.dump());
        }
    }

    @ParameterizedTest(name = "balance {0}, purchase of {1}: {2}")
    @CsvSource({
        "00000000, 00000000, 9000", "00000000, 00000001, 9401", "00000064, 00000064, 9000", "00000064, 00000065, 9401",
        "FFFFFFFF, FFFFFFFF, 9000", "FFFFFFFE, FFFFFFFF, 9401", "7FFFFFFF, 80000000, 9401", "80000000, 7FFFFFFF, 9000"
    })
    void purchase_takes_at_most_the_balance(String balance, String amount, String sw) {
        purse(2, Long.parseLong(balance, 16), 0, 0);
        String before = card.dump();
        String init = card.send("805001020B01" + amount + TERMINAL + "0F");
        assertEquals(sw, init.substring(init.length() - 4));
        if (sw.equals("9000")) {
            card.ok(Purses.debit(Long.parseLong(amount, 16), 1, init));
            long rest = Long.parseLong(balance, 16) - Long.parseLong(amount, 16);
            card.expect("805C000204", Purses.hex8(rest) + "9000");
        } else {
            assertEquals(before, card.dump());
        }
    }

    @Test
    void last_online_number_is_used_once_and_then_the_purse_takes_no_load() {
        purse(2, 100, 0xFFFE, 0);
        Purses.load(card, 5);
        card.expect("805C000204", "00000069 9000");
        card.expect("805A000202FFFE08", card.send("805A000202FFFE08"));
        String full = card.dump();
        card.expect(Purses.initLoad(1), "9402");
        card.expect(Purses.initLoad(0), "9402");
        assertEquals(full, card.dump());
        Purses.purchase(card, 5, 1);
        card.expect("805C000204", "00000064 9000");
    }

    @Test
    void last_offline_number_is_used_once_and_then_the_purse_sells_nothing() {
        purse(2, 100, 0, 0xFFFE);
        Purses.purchase(card, 5, 1);
        String full = card.dump();
        card.expect(Purses.initPurchase(1), "9402");
        card.expect("805003020B01" + "00000001" + TERMINAL + "0F", "9402");
        assertEquals(full, card.dump());
        Purses.load(card, 5);
        card.expect("805C000204", "00000064 9000");
    }

    @Test
    void funds_are_judged_after_the_counter_and_the_key_before_both() {
        purse(2, 0, 0, 0xFFFF);
        card.expect(Purses.initPurchase(1), "9402");
        card.expect("805001020B09" + "00000001" + TERMINAL + "0F", "9403");
    }

    @Test
    void zero_amounts_are_transactions_like_others() {
        Purses.load(card, 0);
        Purses.purchase(card, 0, 1);
        card.expect("00B201C417", "0001 000000 00000000 06 440300000001 20261121 120000 9000");
        card.expect("00B202C417", "0001 000000 00000000 02 440300000001 20261121 120000 9000");
        assertEquals("0001", card.ok(Purses.initLoad(0)).substring(8, 12));
        assertEquals("0001", card.ok(Purses.initPurchase(0)).substring(8, 12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0100", "0200", "0300"})
    void debit_is_bound_to_the_very_init_before_it(String p1p2) {
        Purses.load(card, 1000);
        String first = card.ok(Purses.initPurchase(10));
        card.ok(Purses.initPurchase(10));
        String before = card.dump();
        card.expect(Purses.debit(10, 1, first), "9302");
        assertEquals(before, card.dump());
        card.expect(
                "8054" + p1p2 + (p1p2.equals("0300") ? "0B" : "0F") + Purses.TIME
                        + (p1p2.equals("0300") ? "00000000" : "0000000000000000"),
                p1p2.equals("0200") ? "6A86" : "6901");
        assertEquals(before, card.dump());
    }

    @ParameterizedTest(name = "{0} between INIT and debit")
    @ValueSource(
            strings = {
                "0084000008",
                "00A4040009A00000000386980701",
                "00B0950000",
                "805C000204",
                "805A000202000008",
                "00A4000000",
                "FFFF0000",
                "00",
                "805001020B09000000014403000000010F"
            })
    void any_command_between_forgets_the_transaction(String between) {
        Purses.load(card, 1000);
        String init = card.ok(Purses.initPurchase(10));
        String debit = Purses.debit(10, 1, init);
        card.send(between);
        String answer = card.send(debit);
        assertEquals("6901", answer);
        card.ok(Purses.SELECT);
        card.expect("805C000204", "000003E8 9000");
    }

    @Test
    void reset_forgets_the_transaction() {
        Purses.load(card, 1000);
        String debit = Purses.debit(10, 1, card.ok(Purses.initPurchase(10)));
        card.reset();
        card.ok(Purses.SELECT);
        card.expect(debit, "6901");
        card.expect("805C000204", "000003E8 9000");
    }

    @Test
    void debit_played_again_is_refused_and_changes_nothing() {
        Purses.load(card, 1000);
        String debit = Purses.debit(10, 1, card.ok(Purses.initPurchase(10)));
        card.ok(debit);
        String after = card.dump();
        card.expect(debit, "6901");
        card.ok(Purses.initPurchase(10));
        card.expect(debit, "9302");
        assertEquals(after, card.dump());
    }

    @Test
    void credit_played_again_is_refused_and_costs_a_try_only() {
        String credit = Purses.credit(50, card.ok(Purses.initLoad(50)));
        card.ok(credit);
        String after = card.dump();
        card.expect(credit, "6901");
        assertEquals(after, card.dump());
        card.ok(Purses.initLoad(50));
        card.expect(credit, "9302");
        Purses.load(card, 0);
        card.expect("805C000204", "00000032 9000");
    }

    @ParameterizedTest(name = "bit {0} of a credit")
    @ValueSource(ints = {0, 7, 13, 31, 32, 55, 56, 63, 80, 87})
    void credit_with_one_bit_changed_is_refused(int bit) {
        String credit = Purses.credit(50, card.ok(Purses.initLoad(50))).replace(" ", "");
        card.expect(Flips.bit(credit, 40 + bit), "9302");
        card.expect("805C000204", "00000000 9000");
    }

    @Test
    void wrong_mac1_costs_the_purchase_key_nothing() {
        Purses.load(card, 1000);
        String before = card.dump();
        for (int i = 0; i < 20; i++) {
            card.ok(Purses.initPurchase(10));
            card.expect("805401000F" + "00000001" + Purses.TIME + "00000000", "9302");
        }
        assertEquals(before, card.dump());
        Purses.purchase(card, 10, 1);
    }

    @Test
    void unload_key_blocks_after_fifteen_wrong_mac2_and_the_others_stay() {
        purse(1, 500, 0, 0);
        for (int i = 0; i < 15; i++) {
            card.ok("805005010B01" + "00000001" + TERMINAL + "10");
            card.expect("805403000B" + Purses.TIME + "00000000", "9302");
        }
        card.expect("805005010B01" + "00000001" + TERMINAL + "10", "6983");
        card.expect("805C000104", "000001F4 9000");
        Purses.load(card, 7);
        Purses.purchase(card, 7, 1);
    }

    @Test
    void key_versions_live_side_by_side_and_each_answers_its_own() {
        card.ok("80D4 0102 15 3E F0 F0 02 04" + "77".repeat(16));
        Purses.load(card, 100);
        String init = card.ok("805001020B02" + "0000000A" + TERMINAL + "0F");
        assertEquals("02" + "04", init.substring(18, 22));
        card.expect(Purses.debit(10, 1, init), "9302");
        Purses.purchase(card, 10, 1);
        card.expect("805C000204", "0000005A 9000");
    }

    @Test
    void legacy_key_without_a_tac_key_of_its_algorithm_answers_9403() {
        card.ok("80D4 0103 15 3E F0 F0 03 00" + "77".repeat(16));
        card.expect("805001020B03" + "00000000" + TERMINAL + "0F", "9403");
        card.ok("80D4 0103 15 34 F0 F0 03 00" + "78".repeat(16));
        assertEquals(
                "0300", card.ok("805001020B03" + "00000000" + TERMINAL + "0F").substring(18, 22));
    }

    @Test
    void purse_key_that_may_not_be_used_answers_6982() {
        card.ok("80D4 0104 15 3E F1 F0 01 04" + Purses.DPK);
        card.expect("805001020B04" + "00000000" + TERMINAL + "0F", "6982");
        card.ok(card.authenticateFrame(Purses.CONTROL));
        card.ok("805001020B04" + "00000000" + TERMINAL + "0F");
    }

    @Test
    void purse_that_may_not_be_used_answers_6982_and_absent_ones_6A82() {
        Bench bare = Bench.blank();
        bare.expect("805C000204", "6A82");
        bare.expect(Purses.initLoad(1), "6A82");
        bare.expect("805A000202000008", "6A82");
        bare.ok("80E00002 07 2F 0208 F1 00 FF 18");
        bare.expect("805C000204", "6982");
        bare.expect(Purses.initLoad(1), "6982");
        bare.expect("805A000202000008", "6982");
        bare.expect("805C000104", "6A82");
    }

    @Test
    void purse_without_a_log_file_still_pays() {
        Bench bare = Bench.blank();
        bare.ok("80E00000 07 3F 0180 01 F0 FF FF");
        bare.ok("80D4 0100 15 34 F0 F0 01 04" + Purses.DTK);
        bare.ok("80D4 0101 15 3E F0 F0 01 04" + Purses.DPK);
        bare.ok("80D4 0101 15 3F F0 F0 01 04" + Purses.DLK);
        bare.ok("80E00002 07 2F 0208 F0 00 FF 18");
        bare.ok("80E00018 07 2E 0A16 F0 EF FF 00");
        Purses.load(bare, 100);
        Purses.purchase(bare, 30, 1);
        bare.expect("805C000204", "00000046 9000");
        bare.expect("00B201C400", "6A83");
    }

    @Test
    void right_pin_serves_until_select_and_wrong_pin_takes_it_back() {
        card.ok("80D4 0100 08 3A F0 EF 01 33 123456");
        card.ok("00200000 03 123456");
        card.ok("805C000104");
        card.expect("00200000 03 123457", "63C2");
        card.expect("805C000104", "6982");
        card.ok("00200000 03 123456");
        card.ok(Purses.SELECT);
        card.expect("805C000104", "6982");
        card.ok("00200000 03 123456");
        card.reset();
        card.ok(Purses.SELECT);
        card.expect("805C000104", "6982");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234", "123456", "123456789012"})
    void pins_of_two_to_six_bytes_are_told_apart_from_their_beginnings(String pin) {
        card.ok("80D40100" + String.format("%02X", 5 + pin.length() / 2) + "3AF0EF01FF" + pin);
        card.ok("00200000" + String.format("%02X", pin.length() / 2) + pin);
        String shorter = pin.length() == 4 ? pin + "FF" : pin.substring(0, pin.length() - 2);
        card.expect("00200000" + String.format("%02X", shorter.length() / 2) + shorter, "63CE");
        card.expect("00200000" + String.format("%02X", pin.length() / 2) + pin, "9000");
    }
}
