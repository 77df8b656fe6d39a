package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PurseTest {
    private final Bench card = Bench.blank();

    @BeforeEach
    void personalise() {
        Purses.personalise(card);
    }

    @Test
    void load_raises_balance_and_online_sequence() {
        Purses.load(card, 10_000);
        assertEquals("00002710", card.ok("805C000204"));
        String init = card.ok(Purses.initLoad(1));
        assertEquals("00002710" + "0001" + "01" + "04", init.substring(0, 16));
    }

    @Test
    void purchase_lowers_balance_and_raises_offline_sequence() {
        Purses.load(card, 10_000);
        Purses.purchase(card, 500, 7);
        assertEquals("0000251C", card.ok("805C000204"));
        assertEquals(
                "0000251C" + "0001" + "000000" + "01" + "04",
                card.ok(Purses.initPurchase(1)).substring(0, 22));
    }

    @Test
    void deposit_and_purse_have_balances_of_their_own() {
        Purses.load(card, 10_000);
        card.expect("805C000104", "00000000 9000");
    }

    @Test
    void newest_log_record_is_number_one_and_shows_the_sequence_after_the_transaction() {
        Purses.load(card, 10_000);
        Purses.purchase(card, 500, 7);
        card.expect("00B201C417", "0001 000000 000001F4 06 440300000001 20261121 120000 9000");
        card.expect("00B202C417", "0001 000000 00002710 02 440300000001 20261121 120000 9000");
        card.expect("00B203C417", "6A83");
    }

    @Test
    void eleventh_log_record_pushes_the_first_out() {
        Purses.load(card, 10_000);
        for (int i = 1; i <= 10; i++) {
            Purses.purchase(card, i, i);
        }
        card.expect("00B20AC417", "0001 000000 00000001 06 440300000001 20261121 120000 9000");
        card.expect("00B20BC417", "6A83");
    }

    @Test
    void purchase_with_wrong_mac1_leaves_balance_and_answers_9302() {
        Purses.load(card, 10_000);
        String debit = Purses.debit(500, 7, card.ok(Purses.initPurchase(500)));
        String wrong =
                debit.substring(0, debit.length() - 3) + (debit.charAt(debit.length() - 3) == '0' ? '1' : '0') + "08";
        card.expect(wrong, "9302");
        card.expect("805C000204", "00002710 9000");
        card.expect(debit, "6901");
    }

    @Test
    void nothing_may_stand_between_init_and_debit() {
        Purses.load(card, 10_000);
        String debit = Purses.debit(500, 7, card.ok(Purses.initPurchase(500)));
        card.ok("805C000204");
        card.expect(debit, "6901");
        card.expect("805C000204", "00002710 9000");
    }

    @Test
    void debit_of_a_purchase_does_not_end_a_load() {
        String init = card.ok(Purses.initLoad(100));
        card.expect("805401000F" + "00000001" + Purses.TIME + "00000000", "6901");
        card.expect(Purses.credit(100, init), "6901");
    }

    @Test
    void purchase_above_the_balance_answers_9401() {
        Purses.load(card, 100);
        card.expect(Purses.initPurchase(101), "9401");
        card.ok(Purses.initPurchase(100));
    }

    @Test
    void unknown_key_index_answers_9403() {
        card.expect("805000020B02" + "00000064" + Purses.TERMINAL, "9403");
    }

    @Test
    void load_key_blocks_after_fifteen_wrong_mac2() {
        for (int i = 0; i < 15; i++) {
            card.ok(Purses.initLoad(100));
            card.expect("805200000B" + Purses.TIME + "00000000", "9302");
        }
        card.expect(Purses.initLoad(100), "6983");
        card.expect("805C000204", "00000000 9000");
    }

    @Test
    void right_mac2_restores_the_tries() {
        for (int i = 0; i < 14; i++) {
            card.ok(Purses.initLoad(100));
            card.expect("805200000B" + Purses.TIME + "00000000", "9302");
        }
        Purses.load(card, 100);
        for (int i = 0; i < 14; i++) {
            card.ok(Purses.initLoad(100));
            card.expect("805200000B" + Purses.TIME + "00000000", "9302");
        }
        Purses.load(card, 100);
        card.expect("805C000204", "000000C8 9000");
    }

    @Test
    void proof_is_given_for_the_last_transaction_of_a_kind_only() {
        Purses.load(card, 10_000);
        String first = Purses.purchase(card, 500, 7);
        card.expect("805A0006020000", first.substring(8) + first.substring(0, 8) + "9000");
        Purses.purchase(card, 500, 8);
        card.expect("805A0006020000", "9406");
        card.expect("805A0005020000", "9406");
        card.expect("805A0008020000", "6A86");
    }

    @Test
    void proof_of_a_load_has_zeros_for_its_mac() {
        String tac = card.ok(Purses.credit(100, card.ok(Purses.initLoad(100))));
        card.reset();
        card.ok(Purses.SELECT);
        card.expect("805A000202000008", "00000000" + tac + "9000");
    }

    @Test
    void wrong_lengths_and_parameters_change_nothing() {
        card.expect("805000020A01000000640000000000", "6700");
        card.expect("805000030B01000000644403000000010F", "6A86");
        card.expect("80500002", "6700");
        card.expect("805000020B010000006444030000000111", "6C10");
        card.expect("805C000203", "6C04");
        card.expect("805C0003", "6A86");
        card.expect("805200000B" + Purses.TIME + "00000000", "6901");
    }

    @Test
    void balance_may_reach_four_bytes_and_not_go_beyond() {
        Purses.load(card, 0xFFFF_FFFEL);
        card.expect(Purses.initLoad(2), "6985");
        Purses.load(card, 1);
        assertEquals(0xFFFF_FFFFL, Purses.balance(card));
    }

    @Test
    void deposit_needs_the_pin_where_there_is_one() {
        card.ok("80D4 0100 08 3A F0 EF 01 33 123456");
        card.expect("805C000104", "6982");
        card.expect("805000010B01" + "00000064" + Purses.TERMINAL, "6982");
        card.expect("805C000204", "00000000 9000");
        card.expect("00200000 03 123457", "63C2");
        card.expect("00200000 03 123456", "9000");
        card.expect("805C000104", "00000000 9000");
    }

    @Test
    void pin_blocks_after_its_tries() {
        card.ok("80D4 0100 08 3A F0 EF 01 33 123456");
        card.expect("00200000 03 000000", "63C2");
        card.expect("00200000 04 12345600", "63C1");
        card.expect("00200000 02 1234", "63C0");
        card.expect("00200000 03 123456", "6983");
    }
}
