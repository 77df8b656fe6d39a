package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SAM's side of a grey lock: with a card, and its MACs by {@link Witness}. */
class SamGreyTest {
    private static final String CARD_KEY = Witness.derive(SamTest.MASTER, SamTest.SERIAL);
    private final Bench sam = SamTest.personalise();
    private final Bench card = Purses.personalise(Bench.blank(), Purses.DLK, CARD_KEY, Purses.DTK);

    @BeforeEach
    void money() {
        Purses.load(card, 1_000);
    }

    private static String init(String answerOfCard, String type) {
        return "E04000001C" + answerOfCard.substring(22, 30) + answerOfCard.substring(8, 12)
                + answerOfCard.substring(0, 8) + type + Purses.TIME + "0104" + SamTest.SERIAL + "0C";
    }

    private static String gmac(String type, long amount, int sequence) {
        return "E044000011" + type + Purses.hex8(amount) + String.format("%04X", sequence) + "0104" + SamTest.SERIAL
                + "04";
    }

    private static String lock(String fromSam) {
        return "E07C080013" + fromSam.substring(0, 16) + Purses.TIME + fromSam.substring(16);
    }

    @Test
    void card_is_locked_with_one_sam_transaction_and_pays_later_after_others() {
        String fromSam = sam.ok(init(card.ok(Greys.INIT), "92"));
        String fromCard = card.ok(lock(fromSam));
        sam.expect("E042000004" + fromCard.substring(8), "9000");
        // other cards come and go, power too
        sam.ok("807000001C" + "01020304" + "0000" + "00000001" + "06" + Purses.TIME + "0104" + SamTest.SERIAL);
        sam.reset();
        sam.ok("00A4000002 DF02");
        card.reset();
        card.ok(Purses.SELECT);
        String gmac = sam.ok(gmac("94", 640, 0));
        card.ok("E07E08021B" + Purses.hex8(640) + "0001" + Purses.TERMINAL + fromSam.substring(0, 8) + Purses.TIME
                + gmac);
        assertEquals(360, Purses.balance(card));
    }

    @Test
    void mac1_and_gmac_by_the_formulas() {
        String fromSam =
                sam.ok("E04000001C" + "A1A2A3A4" + "0102" + "000003E8" + "91" + Purses.TIME + "0104" + SamTest.SERIAL);
        String first = Witness.derive(CARD_KEY, "A1A2A3A4" + "0102" + fromSam.substring(4, 8));
        String session = Witness.ecb(first, fromSam.substring(8, 16) + "80" + "00".repeat(11));
        assertEquals(Witness.mac4(session, "91" + Purses.TERMINAL + Purses.TIME), fromSam.substring(16));
        sam.expect("E042000004" + Witness.mac4(session, "000003E8" + "0102"), "9000");
        String debit = Witness.derive(CARD_KEY, "0102" + Purses.TERMINAL);
        sam.expect(gmac("93", 77, 0x0102), Witness.mac4(debit, "0000004D" + "93") + "9000");
    }

    @Test
    void two_factors_are_applied_the_last_one_first() {
        String city = "4403FF0000000000";
        String frame = "E044000019" + "94" + "0000004D" + "0102" + "0104" + SamTest.SERIAL + city;
        String key = Witness.derive(Witness.derive(SamTest.MASTER, city), SamTest.SERIAL);
        String session = Witness.derive(key, "0102" + Purses.TERMINAL);
        sam.expect(frame, Witness.mac4(session, "0000004D" + "94") + "9000");
    }

    @Test
    void number_is_raised_at_init_and_the_random_number_is_new_each_time() {
        String init = init(card.ok(Greys.INIT), "92");
        String one = sam.ok(init);
        String two = sam.ok(init);
        assertEquals("00000000", one.substring(0, 8));
        assertEquals("00000001", two.substring(0, 8));
        assertNotEquals(one.substring(8, 16), two.substring(8, 16));
    }

    @Test
    void wrong_mac2_answers_9302_and_fifteen_of_them_block_the_key_for_purchases_too() {
        String init = init(card.ok(Greys.INIT), "92");
        for (int i = 0; i < 15; i++) {
            sam.ok(init);
            sam.expect("E04200000400000000", i < 14 ? "9302" : "9303");
        }
        sam.expect(init, "9303");
        sam.expect(gmac("94", 1, 0), "9303");
    }

    @Test
    void lock_and_purchase_end_each_by_its_own_command() {
        String init = init(card.ok(Greys.INIT), "92");
        sam.ok(init);
        sam.expect("807200000400000000", "6901");
        sam.expect("E04200000400000000", "6901");
        sam.ok(init);
        sam.ok("0084000008");
        sam.expect("E04200000400000000", "6901");
        sam.ok("807000001C" + "01020304" + "0000" + "00000001" + "06" + Purses.TIME + "0104" + SamTest.SERIAL);
        sam.expect("E04200000400000000", "6901");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "E04000001C A1A2A3A40102000003E8 93 20261121120000 0104 4403010112345678, 6A80",
        "E04000001C A1A2A3A40102000003E8 06 20261121120000 0104 4403010112345678, 6A80",
        "E04000001C A1A2A3A40102000003E8 91 20261121120000 0105 4403010112345678, 6A80",
        "E04000001C A1A2A3A40102000003E8 91 20261121120000 0204 4403010112345678, 9403",
        "E040000014 A1A2A3A40102000003E8 91 20261121120000 0104, 6700",
        "E04001001C A1A2A3A40102000003E8 91 20261121120000 0104 4403010112345678, 6A86",
        "E044000011 91 0000004D 0102 0104 4403010112345678, 6A80",
        "E044000011 94 0000004D 0102 0204 4403010112345678, 9403",
        "E044000009 94 0000004D 0102 0104, 6700",
        "E044010011 94 0000004D 0102 0104 4403010112345678, 6A86",
        "E042000004 00000000, 6901",
        "E042000003 000000, 6700",
        "804200000400000000, 6E00",
        "807000001C 01020304 0000 00000001 91 20261121120000 0104 4403010112345678, 6A80"
    })
    void wrong_requests_raise_no_number(String frame, String word) {
        sam.expect(frame, word);
        sam.expect("00B0990000", "00000000 9000");
    }
}
