package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocking and unblocking an application, and blocking the card; MACs by {@link Witness}. */
class BlockingTest {
    private static final String MF_LINE_KEY = "36f102030405060708090a0b0c0d0e0f";
    private final Bench card = Purses.personalise(Bench.blank());

    @BeforeEach
    void masterFile() {
        Purses.load(card, 1_000);
        card.ok("00A4000000");
        card.ok("80D4 0100 15 36 F0 F0 FF FF" + MF_LINE_KEY);
        card.ok(Purses.SELECT);
    }

    private String frame(String header, String key) {
        String challenge = card.ok("0084000010");
        return header + "04" + Witness.mac4(key, challenge, header + "04");
    }

    private String block(String p2) {
        return frame("841E00" + p2, Purses.DAMK);
    }

    private String unblock() {
        return frame("84180000", Purses.DAMK);
    }

    private String select(String word) {
        String answer = card.send(Purses.SELECT);
        assertEquals(word, answer.substring(answer.length() - 4));
        return answer.substring(0, answer.length() - 4);
    }

    @Test
    void blocked_application_is_selected_with_6283_and_does_nothing_until_unblocked() {
        String fci = select("9000");
        card.ok(block("00"));
        assertEquals(fci, select("6283"));
        for (String frame : List.of(
                "805C000204",
                Purses.initPurchase(1),
                "00B095001E",
                "00B201C417",
                "80E0002107280010F0F0FF00",
                "00A40000020015",
                "0020000003123456",
                "80D40102153EF0F00104" + Purses.DPK,
                "800E000000")) {
            card.expect(frame, "6A81");
        }
        card.reset();
        select("6283");
        card.ok(unblock());
        select("9000");
        Purses.purchase(card, 400, 1);
        assertEquals(600, Purses.balance(card));
    }

    @Test
    void blocked_application_leaves_the_others_and_the_mf_alone() {
        card.ok("00A4000000");
        card.ok("80E0 3F02 11 38 0100 F0 F0 95 FF FF B00000000386980701");
        select("9000");
        card.ok(block("01"));
        card.ok("00A4040009B00000000386980701");
        card.ok("80E0 0021 07 28 0010 F0 F0 FF 00");
        card.ok("00A4000000");
        card.ok("0084000008");
    }

    @Test
    void application_below_a_blocked_one_is_blocked_with_it() {
        card.ok("80E0 3F02 11 38 0100 F0 F0 95 FF FF B00000000386980701");
        card.ok(block("00"));
        assertTrue(card.send("00A4040009B00000000386980701").endsWith("6283"));
        card.expect("80E0 0021 07 28 0010 F0 F0 FF 00", "6A81");
    }

    @Test
    void application_blocked_for_good_answers_9303_and_takes_no_unblock() {
        card.ok(block("00"));
        card.ok(block("01"));
        card.expect("805C000204", "9303");
        card.expect(unblock(), "9303");
        card.expect(block("00"), "9303");
        select("9303");
        card.reset();
        select("9303");
        // it was not entered
        card.expect("805C000204", "6A82");
    }

    @Test
    void third_wrong_unblock_in_a_row_blocks_for_good() {
        card.ok(block("00"));
        card.expect(Flips.bit(unblock(), 5 * 8), "6988");
        card.expect(Flips.bit(unblock(), 5 * 8), "6988");
        card.ok(unblock());
        card.ok(block("00"));
        card.expect(Flips.bit(unblock(), 5 * 8), "6988");
        card.expect("8418000004 00000000", "6984");
        card.expect(Flips.bit(unblock(), 5 * 8), "6988");
        card.reset();
        select("6283");
        card.expect(Flips.bit(unblock(), 5 * 8), "9303");
        card.expect(unblock(), "9303");
        select("9303");
    }

    /** What three cuts behind the commit of a try leave: the right MAC comes too late. */
    @Test
    void unblocking_tries_that_are_spent_are_spent() {
        card.ok(block("00"));
        card.spendUnblocks(3);
        select("6283");
        card.expect(unblock(), "9303");
        select("9303");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "block without a challenge,    841E0000 04 00000000, 6984",
        "block with another P2,        841E0002 04 00000000, 6A86",
        "block with P1,                841E0100 04 00000000, 6A86",
        "block without MAC,            841E0000, 6700",
        "block with an answer,         841E0000 04 00000000 04, 6700",
        "unblock of five bytes,        84180000 05 0000000000, 6700",
        "unblock with an answer,       84180000 04 00000000 04, 6700",
        "card block with an answer,    84160000 04 00000000 04, 6700",
        "block in clear,               801E0000 04 00000000, 6E00",
        "unblock of an open one,       84180000 04 00000000, 6985",
        "unblock with P2,              84180001 04 00000000, 6A86",
        "card block in an application, 84160000 04 00000000, 6985",
        "card block with P1,           84160100 04 00000000, 6A86",
        "card block without MAC,       84160000, 6700"
    })
    void other_forms_are_refused(String what, String frame, String word) {
        String before = card.dump();
        card.expect(frame, word);
        assertEquals(before, card.dump());
    }

    @Test
    void wrong_mac_blocks_nothing() {
        card.expect(Flips.bit(block("01"), 5 * 8), "6988");
        select("9000");
        card.ok("00A4000000");
        card.expect(Flips.bit(frame("84160000", MF_LINE_KEY), 5 * 8), "6988");
        select("9000");
    }

    @Test
    void challenge_shorter_than_a_block_is_refused() {
        String challenge = card.ok("0084000004");
        String mac = Witness.mac4(Purses.DAMK, challenge + "00".repeat(12), "841E000004");
        card.expect("841E000004" + mac, "6984");
    }

    @Test
    void mf_is_no_application_to_block() {
        card.ok("00A4000000");
        card.expect(frame("841E0000", MF_LINE_KEY), "6985");
    }

    @Test
    void blocked_card_answers_6A81_to_everything_for_ever() {
        card.ok("00A4000000");
        card.ok(frame("84160000", MF_LINE_KEY));
        for (int i = 0; i < 2; i++) {
            for (String frame : List.of(
                    "00A4000000",
                    Purses.SELECT,
                    "0084000008",
                    "805C000204",
                    "8418000004" + "00000000",
                    "00",
                    "9050000000",
                    "80F0000000",
                    "00FF000000")) {
                card.expect(frame, "6A81");
            }
            card.reset();
        }
    }
}
