package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.zhitong.smcrypto.Hex;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every transaction of the purse, its cryptograms computed a second time with openssl from the tables of docs/card.md:
 * session key SM4(K, seed ‖ ~seed), MACs under it, the TAC under the DTK itself.
 */
class TransactionsTest {

    private static final String WHEN = "20261121120000";
    private final Bench card = Purses.personalise(Bench.blank());

    private static byte[] bytes(String hex) {
        return Hex.parse(hex.toLowerCase(Locale.ROOT));
    }

    private static byte[] session(String key, String seed8) {
        byte[] seed = bytes(seed8);
        byte[] block = java.util.Arrays.copyOf(seed, 16);
        for (int i = 0; i < 8; i++) {
            block[8 + i] = (byte) ~seed[i];
        }
        return OpenSsl.block(Hex.parse(key), block);
    }

    private static String mac(byte[] session, String covered) {
        return OpenSsl.mac4(session, bytes(covered));
    }

    private void give(int fid, long balance) {
        card.setPurse(fid, balance, 0, 0, 0);
        card.ok(Purses.SELECT);
    }

    @ParameterizedTest
    @CsvSource({"00, 01, 01", "00, 02, 02"})
    void load_of_deposit_and_purse_by_the_formulas(String p1, String p2, String type) {
        String init = card.ok("8050" + p1 + p2 + "0B01" + "000000C8" + Purses.TERMINAL + "10");
        assertEquals("00000000" + "0000" + "01" + "04", init.substring(0, 16));
        byte[] session = session(Purses.DLK, init.substring(16, 24) + "0000" + "8000");
        assertEquals(mac(session, "00000000" + "000000C8" + type + Purses.TERMINAL), init.substring(24));
        String mac2 = mac(session, "000000C8" + type + Purses.TERMINAL + WHEN);
        String tac = card.ok("80520000" + "0B" + WHEN + mac2 + "04");
        assertEquals(
                OpenSsl.mac4(
                        Hex.parse(Purses.DTK), bytes("000000C8" + "0000" + "000000C8" + type + Purses.TERMINAL + WHEN)),
                tac);
        card.expect("805C00" + p2 + "04", "000000C8 9000");
        card.expect("805A00" + type + "020000" + "08", "00000000" + tac + "9000");
    }

    @ParameterizedTest
    @CsvSource({"01, 01, 05", "01, 02, 06", "02, 01, 04", "03, 02, 09"})
    void purchase_cash_and_capp_by_the_formulas(String p1, String p2, String type) {
        give(Integer.parseInt(p2), 1_000);
        String init = card.ok("8050" + p1 + p2 + "0B01" + "000000FA" + Purses.TERMINAL + "0F");
        assertEquals("000003E8" + "0000" + "000000" + "01" + "04", init.substring(0, 22));
        byte[] session = session(Purses.DPK, init.substring(22, 30) + "0000" + "0007");
        String mac1 = mac(session, "000000FA" + type + Purses.TERMINAL + WHEN);
        String answer = card.ok("80540100" + "0F" + "01020007" + WHEN + mac1 + "08");
        String tac =
                OpenSsl.mac4(Hex.parse(Purses.DTK), bytes("000000FA" + type + Purses.TERMINAL + "01020007" + WHEN));
        String mac2 = mac(session, "000000FA");
        assertEquals(tac + mac2, answer);
        card.expect("805C00" + p2 + "04", "000002EE 9000");
        card.expect("805A00" + type + "020000" + "08", mac2 + tac + "9000");
        card.expect("00B201C417", "0001 000000 000000FA" + type + Purses.TERMINAL + WHEN + "9000");
    }

    @Test
    void unload_of_the_deposit_answers_mac3_and_lowers_the_balance() {
        give(1, 1_000);
        String init = card.ok("80500501" + "0B01" + "000000FA" + Purses.TERMINAL + "10");
        byte[] session = session(Purses.DULK, init.substring(16, 24) + "0000" + "8000");
        assertEquals(mac(session, "000003E8" + "000000FA" + "03" + Purses.TERMINAL), init.substring(24));
        String mac2 = mac(session, "000000FA" + "03" + Purses.TERMINAL + WHEN);
        String mac3 = card.ok("80540300" + "0B" + WHEN + mac2 + "04");
        assertEquals(mac(session, "000002EE" + "0000" + "000000FA" + "03" + Purses.TERMINAL + WHEN), mac3);
        card.expect("805C000104", "000002EE 9000");
        card.expect("805A00030200 0008", mac3 + "00000000" + "9000");
        card.expect("80540300" + "0B" + WHEN + mac2 + "04", "6901");
    }

    @Test
    void unload_key_blocks_after_fifteen_wrong_mac2_like_the_load_key() {
        give(1, 1_000);
        String init = "80500501" + "0B01" + "000000FA" + Purses.TERMINAL + "10";
        for (int i = 0; i < 15; i++) {
            card.ok(init);
            card.expect("80540300" + "0B" + WHEN + "00000000", "9302");
        }
        card.expect(init, "6983");
        card.expect("805C000104", "000003E8 9000");
        Purses.load(card, 1);
    }

    /** One wrong bit anywhere in DEBIT's 15 bytes: no money moves. */
    @Test
    void each_turned_bit_of_a_debit_is_refused_with_9302_and_the_balance_stays() {
        give(2, 1_000);
        for (int bit = 0; bit < 15 * 8; bit++) {
            byte[] debit = bytes(Purses.debit(250, 7, card.ok(Purses.initPurchase(250))));
            debit[5 + bit / 8] ^= (byte) (1 << bit % 8);
            boolean highHalfOfTheSequence = bit / 8 < 2;
            if (highHalfOfTheSequence) {
                continue; // termSeq[0..1] is in neither seed nor MAC1 (card.md): the TAC alone binds it, see below
            }
            assertEquals("9302", card.send(Hex.of(debit)), "bit " + bit);
        }
        assertEquals(1_000, Purses.balance(card));
    }

    @Test
    void high_half_of_the_terminal_sequence_is_bound_by_the_tac() {
        give(2, 1_000);
        String debit = Purses.debit(250, 7, card.ok(Purses.initPurchase(250)));
        byte[] raised = bytes(debit);
        raised[5] = 1;
        String answer = card.ok(Hex.of(raised));
        String own =
                OpenSsl.mac4(Hex.parse(Purses.DTK), bytes("000000FA" + "06" + Purses.TERMINAL + "00000007" + WHEN));
        String claimed =
                OpenSsl.mac4(Hex.parse(Purses.DTK), bytes("000000FA" + "06" + Purses.TERMINAL + "01000007" + WHEN));
        assertNotEquals(own, answer.substring(0, 8));
        assertEquals(claimed, answer.substring(0, 8));
    }

    /** The right MAC2 after every second wrong one keeps the load key alive; each wrong bit is refused all the same. */
    @Test
    void each_turned_bit_of_a_credit_is_refused_with_9302_and_loads_nothing() {
        long loaded = 0;
        for (int bit = 0; bit < 11 * 8; bit++) {
            byte[] credit = bytes(Purses.credit(100, card.ok(Purses.initLoad(100))));
            credit[5 + bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals("9302", card.send(Hex.of(credit)), "bit " + bit);
            if (bit % 10 == 9) {
                Purses.load(card, 1);
                loaded++;
            }
        }
        assertEquals(loaded, Purses.balance(card));
    }

    /** Every bit of a protected write, its header and its MAC: refused, never written. */
    @Test
    void each_turned_bit_of_a_protected_write_is_refused_and_writes_nothing() {
        card.ok("80E00019 07 A8 0004 F0 F0 FF 80");
        int length = 5 + 2 + 4;
        for (int bit = 0; bit < length * 8; bit++) {
            byte[] frame = bytes(card.macFrame(Purses.DAMK, 8, "04D69900", "A1A2"));
            frame[bit / 8] ^= (byte) (1 << bit % 8);
            String answer = card.send(Hex.of(frame));
            assertNotEquals("9000", answer, "bit " + bit);
            card.expect("00B0990004", "00000000 9000");
            card.ok(card.macFrame(Purses.DAMK, 8, "04D69900", "0000"));
        }
    }

    @Test
    void each_turned_bit_of_a_sealed_key_is_refused_and_the_old_key_stays() {
        String data = "FEF0F00204" + "5e".repeat(16);
        card.ok(card.sealedFrame(Purses.CONTROL, "84D40103", data));
        int length = 5 + 32 + 4;
        for (int bit = 0; bit < length * 8; bit += 3) {
            byte[] frame = bytes(card.sealedFrame(Purses.CONTROL, "84D4FE03", "FEF0F00904" + "66".repeat(16)));
            frame[bit / 8] ^= (byte) (1 << bit % 8);
            assertNotEquals("9000", card.send(Hex.of(frame)), "bit " + bit);
            assertEquals(
                    "02", card.ok("805001020B03" + "00000000" + Purses.TERMINAL).substring(18, 20));
            card.ok(card.authenticateFrame(Purses.CONTROL));
        }
    }
}
