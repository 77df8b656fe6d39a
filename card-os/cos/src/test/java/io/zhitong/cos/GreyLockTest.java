package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metered use: a purse is locked, nothing else moves it, the terminal's debit or the host ends the lock. */
class GreyLockTest {
    private static final String FREE = "00".repeat(2) + "02" + "00".repeat(27);
    private final Bench card = Purses.personalise(Bench.blank());

    @BeforeEach
    void money() {
        card.setPurse(2, 1_000, 3, 7, 0);
        card.ok(Purses.SELECT);
    }

    private static String proof(String state, String type, String balance, String sequence, String tac) {
        return state + type + "02" + balance + sequence + Purses.TERMINAL + Greys.TERMINAL_SEQ + Purses.TIME + tac
                + "9000";
    }

    @Test
    void lock_and_debit_by_the_formulas() {
        card.expect(Greys.PROOF, FREE + "9000");
        String init = card.ok(Greys.INIT);
        assertEquals("000003E8" + "0007" + "000000" + "01" + "04", init.substring(0, 22));
        String answer = Greys.lockAnswer(init, "92");
        card.expect(Greys.lock(init, "92"), answer + "9000");
        card.expect(Greys.PROOF, proof("01", "92", "000003E8", "0007", answer.substring(0, 8)));
        card.expect("805C000204", "000003E8 9000");
        card.reset();
        card.ok(Purses.SELECT);
        card.expect(Greys.debit(250, 7), Greys.debitTac(250) + "9000");
        card.expect("805C000204", "000002EE 9000");
        card.expect("00B201C417", "0009 000000 000000FA 94" + Purses.TERMINAL + Purses.TIME + "9000");
        card.expect(Greys.PROOF, proof("10", "94", "000002EE", "0008", Greys.debitTac(250)));
        card.expect("E0CA01021E", proof("10", "94", "000002EE", "0008", Greys.debitTac(250)));
        card.expect(Greys.PROOF, FREE + "9000");
        assertEquals("0009", card.ok(Purses.initPurchase(1)).substring(8, 12));
    }

    @Test
    void deposit_is_locked_by_type_91_and_pays_by_93() {
        card.setPurse(1, 500, 0, 0, 100);
        card.ok(Purses.SELECT);
        String init = card.ok("E07A08010701" + Purses.TERMINAL);
        assertEquals("000001F4" + "0000" + "000064", init.substring(0, 18));
        card.expect(Greys.lock(init, "91"), Greys.lockAnswer(init, "91") + "9000");
        // the purse beside it is free
        Purses.purchase(card, 1, 1);
        card.expect("805001010B01" + "00000001" + Purses.TERMINAL, "9408");
        card.expect("805004010701" + Purses.TERMINAL, "9408");
        assertEquals("0191" + "01", card.ok("E0CA00001E").substring(0, 6));
        String session = Witness.derive(Purses.DPK, "0000" + Purses.TERMINAL);
        card.ok("E07E08011B" + "000001F4" + "0001" + Purses.TERMINAL + Greys.TERMINAL_SEQ + Purses.TIME
                + Witness.mac4(session, "000001F4" + "93"));
        card.expect("805C000104", "00000000 9000");
    }

    @Test
    void locked_purse_refuses_every_other_transaction_through_resets() {
        Greys.lock(card);
        for (int i = 0; i < 2; i++) {
            card.expect(Purses.initPurchase(1), "9408");
            card.expect(Purses.initLoad(1), "9408");
            card.expect("805003020B01" + "00000001" + Purses.TERMINAL, "9408");
            card.expect(Greys.INIT, "9408");
            card.reset();
            card.ok(Purses.SELECT);
        }
        card.expect("805C000204", "000003E8 9000");
        card.ok("00B095001E");
    }

    @Test
    void free_purse_takes_no_debit_and_no_unlock() {
        card.expect(Greys.debit(1, 7), "9408");
        card.expect(Greys.INIT_UNLOCK, "9408");
        Greys.lock(card);
        String debit = Greys.debit(1, 7);
        card.ok(debit);
        card.expect(debit, "9408");
        card.expect(Greys.INIT_UNLOCK, "9408");
        card.expect("805C000204", "000003E7 9000");
    }

    @ParameterizedTest(name = "debit of {0} of 1000: {1}")
    @CsvSource({"0, 9000", "1000, 9000", "1001, 9401", "4294967295, 9401"})
    void debit_takes_up_to_the_balance(long amount, String word) {
        Greys.lock(card);
        String answer = card.send(Greys.debit(amount, 7));
        assertEquals(word, answer.substring(answer.length() - 4));
        card.expect("805C000204", Purses.hex8(word.equals("9000") ? 1000 - amount : 1000) + "9000");
    }

    @Test
    void debit_belongs_to_its_lock() {
        Greys.lock(card);
        String other = Greys.debit(5, 8);
        card.expect(Greys.debit(5, 6), "9408");
        card.expect(Greys.debit(5, 8), "9408");
        card.expect(Greys.debit(5, 7).replace("0008" + Purses.TERMINAL, "0008" + "440300000002"), "9408");
        card.ok(Greys.debit(5, 7));
        // the GMAC of the first lock does not open the second, whose number is 9
        Greys.lock(card);
        card.expect(other, "9408");
        card.expect(Greys.debit(5, 7).replace("0008" + Purses.TERMINAL, "000A" + Purses.TERMINAL), "9302");
        card.ok(Greys.debit(5, 9));
    }

    @Test
    void every_bit_of_amount_and_gmac_counts() {
        String good = Greys.debit(5, 7);
        for (int bit = 31; bit >= 22; bit--) {
            lockedAgain().expect(Flips.bit(good, 40 + bit), "9302");
        }
        for (int bit = 0; bit < 32; bit++) {
            lockedAgain().expect(Flips.bit(good, 40 + 23 * 8 + bit), "9302");
        }
    }

    private Bench lockedAgain() {
        Bench copy = Bench.on(card.card().nvm().copy(), Bench.seeded(3));
        copy.ok(Purses.SELECT);
        Greys.lock(copy);
        return copy;
    }

    @Test
    void fifteen_wrong_gmacs_leave_the_unlocking_to_the_host() {
        Greys.lock(card);
        String wrong = Flips.bit(Greys.debit(5, 7), 40 + 23 * 8);
        for (int i = 0; i < 14; i++) {
            card.expect(wrong, "9302");
        }
        Bench last = Bench.on(card.card().nvm().copy(), Bench.seeded(4));
        last.ok(Purses.SELECT);
        last.ok(Greys.debit(5, 7));
        card.expect(wrong, "9302");
        card.reset();
        card.ok(Purses.SELECT);
        card.expect(Greys.debit(5, 7), "6983");
        card.ok(Greys.unlock(card.ok(Greys.INIT_UNLOCK), 5));
        card.expect("805C000204", "000003E3 9000");
    }

    @Test
    void host_unlocks_by_the_formulas() {
        Greys.lock(card);
        String init = card.ok(Greys.INIT_UNLOCK);
        assertEquals("000003E8" + "0008" + "0003" + "01" + "04", init.substring(0, 20));
        String session = Greys.unlockSession(init);
        assertEquals(Witness.mac4(session, "000003E8" + "0008" + "96" + Purses.TERMINAL), init.substring(28));
        String mac3 = Witness.mac4(session, "0000028A" + "0003" + "0000015E" + "96" + Purses.TERMINAL + Purses.TIME);
        card.expect(Greys.unlock(init, 350), mac3 + "9000");
        card.expect("805C000204", "0000028A 9000");
        card.expect("00B201C417", "0004 000000 0000015E 96" + Purses.TERMINAL + Purses.TIME + "9000");
        assertEquals("1096" + "02" + "0000028A" + "0003", card.ok(Greys.PROOF).substring(0, 18));
        Purses.purchase(card, 650, 1);
    }

    @Test
    void lock_is_not_taken_for_fetched_and_the_host_may_take_everything() {
        Greys.lock(card);
        assertEquals("0192", card.ok("E0CA01021E").substring(0, 4));
        assertEquals("0192", card.ok(Greys.PROOF).substring(0, 4));
        card.ok(Greys.unlock(card.ok(Greys.INIT_UNLOCK), 1_000));
        card.expect("805C000204", "00000000 9000");
    }

    @Test
    void host_takes_up_to_the_balance_and_a_wrong_mac2_unlocks_nothing() {
        Greys.lock(card);
        card.expect(Greys.unlock(card.ok(Greys.INIT_UNLOCK), 1_001), "9401");
        card.expect(Flips.bit(Greys.unlock(card.ok(Greys.INIT_UNLOCK), 5), 40 + 11 * 8), "9302");
        card.expect(Greys.unlock(card.ok(Greys.INIT_UNLOCK), 5).replace("00000005", "00000004"), "9302");
        assertEquals("01", card.ok(Greys.PROOF).substring(0, 2));
        card.ok(Greys.unlock(card.ok(Greys.INIT_UNLOCK), 0));
        card.expect("805C000204", "000003E8 9000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0084000008", "805C000204", "E0CA00021E"})
    void lock_and_unlock_stand_directly_behind_their_inits(String between) {
        String init = card.ok(Greys.INIT);
        card.ok(between);
        card.expect(Greys.lock(init, "92"), "6901");
        card.expect(Purses.debit(0, 1, init), "6901");
        card.ok(Greys.INIT);
        card.expect(Purses.debit(0, 1, init), "6901");
        Greys.lock(card);
        init = card.ok(Greys.INIT_UNLOCK);
        card.ok(between);
        card.expect(Greys.unlock(init, 0), "6901");
        card.ok(Greys.INIT_UNLOCK);
        card.expect(Purses.credit(0, init.substring(0, 8) + init.substring(12)), "6901");
    }

    @Test
    void wrong_mac1_locks_nothing() {
        String init = card.ok(Greys.INIT);
        card.expect(Flips.bit(Greys.lock(init, "92"), 40 + 15 * 8), "9302");
        init = card.ok(Greys.INIT);
        card.expect(Greys.lock(init, "91"), "9302");
        init = card.ok(Greys.INIT);
        card.expect(Greys.lock(init, "06"), "9302");
        card.expect(Greys.PROOF, FREE + "9000");
        assertEquals("0007", card.ok(Greys.INIT).substring(8, 12));
    }

    @Test
    void lock_needs_two_numbers_a_key_and_for_the_deposit_the_pin() {
        card.setPurse(2, 10, 0, 0xFFFE, 0);
        card.ok(Purses.SELECT);
        card.expect(Greys.INIT, "9402");
        card.setPurse(2, 10, 0, 0xFFFD, 0);
        card.ok(Purses.SELECT);
        Greys.lock(card);
        card.ok(Greys.debit(1, 0xFFFD));
        card.expect("E07A08020709" + Purses.TERMINAL, "9403");
        card.ok("80D4 0100 08 3A F0 EF 01 33 123456");
        card.expect("E07A08010701" + Purses.TERMINAL, "6982");
        card.ok("0020000003123456");
        card.ok(Greys.lock(card.ok("E07A08010701" + Purses.TERMINAL), "91"));
        card.ok(Purses.SELECT);
        assertEquals("0191" + "01" + "00000000", card.ok("E0CA00011E").substring(0, 14));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "E07A080107, 6700",
        "E07A08030701440300000001, 6A86",
        "E07A0A020701440300000001, 6A86",
        "E07A0802070144030000000110, 6C0F",
        "E07C080013 00000000000000000000000000000000000000 09, 6C08",
        "807C080013 00000000000000000000000000000000000000, 6E00",
        "E07E08021B 000000000008440300000001000000002026112112000000000000 05, 6C04",
        "807E08021B 000000000008440300000001000000002026112112000000000000, 6E00",
        "E07E09000F 000000002026112112000000000000 05, 6C04",
        "E07E090010 00000000202611211200000000000000, 6700",
        "E07C080012 000000000000000000000000000000000000, 6700",
        "E07C080113 00000000000000000000000000000000000000, 6A86",
        "E07C080013 00000000000000000000000000000000000000, 6901",
        "E07E080200, 6700",
        "E07E080300, 6A86",
        "E07E090100, 6A86",
        "E07E090000, 6700",
        "E0CA02021E, 6A86",
        "E0CA00031E, 6A86",
        "E0CA00021D, 6C1E",
        "E0CA000201AA, 6700",
        "80CA00021E, 6E00",
        "807A08020701440300000001, 6E00",
        "E0A4000000, 6E00",
        "E0FF000000, 6D00"
    })
    void other_forms_are_refused(String frame, String word) {
        card.expect(frame, word);
    }

    /** A key of the other algorithm; literals by openssl, des-ede3. */
    @Test
    void lock_and_debit_with_3des_keys() {
        card.ok("80D4 0102 15 3EF0F00200" + Purses.DPK);
        card.ok("80D4 0101 15 34F0F00200" + Purses.DTK);
        Bench fed = card.feeding("A1A2A3A4");
        fed.ok(Purses.SELECT);
        fed.expect("E07A08020702" + Purses.TERMINAL, "000003E8 0007 000000 02 00 A1A2A3A4 9000");
        String answer = fed.ok("E07C080013 DEADBEEF F1F2F3F4" + Purses.TIME + "894DD479");
        assertEquals("5F4BBC3F", answer.substring(8));
        fed.ok("E07E08021B 000000FA 0008" + Purses.TERMINAL + "DEADBEEF" + Purses.TIME + "3E314F32");
        fed.expect("805C000204", "000002EE 9000");
    }

    @Test
    void application_without_a_purse_has_no_lock_proof() {
        card.ok("00A4000000");
        card.expect("E0CA00001E", "6A82");
        card.expect("E0CA00021E", "6A82");
    }
}
