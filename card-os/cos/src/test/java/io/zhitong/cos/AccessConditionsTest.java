package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.file.AccessRule;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm4;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access bytes XY of docs/card.md "File system": as a table, and on the card with keys that reach each status. */
class AccessConditionsTest {
    @Test
    void issuer_makes_the_key_file_of_an_application_and_is_outside_once_it_has_a_key() {
        Bench card = Bench.blank();
        card.ok("80E00000 07 3F 0080 01 F0 FF FF");
        card.ok("80D40100 15 39F0F00FFF" + Purses.CONTROL);
        card.ok("80E0DF01 0D 38 0200 F1 F1 01 FF FF 4142434445");
        card.ok("00A4000002DF01");
        card.expect("80E00000 07 3F 0080 01 F1 FF FF", "6982");
        card.ok("00A40000023F00");
        card.ok(card.authenticateFrame(Purses.CONTROL));
        card.ok("00A4000002DF01");
        card.ok("80E00000 07 3F 0080 01 F1 FF FF");
        card.ok("80E00005 07 28 0004 F1 F1 FF 00");
        card.expect("00B0850004", "6982").expect("80D40101 15 39F0F10FFF" + Purses.DAMK, "6982");
        card.expect(card.sealedFrame(Purses.CONTROL, "84D40100", "F9F0F10FFF" + Purses.DAMK), "9000");
        card.expect("80E00006 07 28 0004 F1 F1 FF 00", "6982");
        card.ok(card.authenticateFrame(Purses.DAMK));
        card.ok("80E00006 07 28 0004 F1 F1 FF 00");
    }

    private static final String KEY = "a00102030405060708090a0b0c0d0e0f";
    private static final List<Integer> RULES =
            List.of(0x00, 0x01, 0x05, 0x0F, 0xF0, 0xF1, 0xF7, 0xFF, 0xEF, 0x55, 0x53, 0x35, 0x10, 0x8F, 0xA8);
    private static final Nvm CARD = withStatusKeys();

    @ParameterizedTest(name = "{0} with MF {1}, DF {2}: {3}")
    @CsvSource({
        "F0, 0, 0, true", "F0, 15, 15, true", "F1, 0, 0, false", "F1, 0, 1, true", "F1, 15, 0, false",
        "FF, 0, 15, true", "FF, 0, 14, false", "EF, 15, 15, false", "EF, 0, 0, false", "EF, 14, 14, false",
        "00, 0, 0, true", "01, 0, 15, false", "01, 1, 0, true", "0F, 15, 0, true", "0F, 14, 15, false",
        "53, 0, 2, false", "53, 0, 3, true", "53, 0, 5, true", "53, 0, 6, false", "53, 15, 15, false",
        "35, 0, 4, false", "10, 0, 0, true", "10, 0, 1, true", "10, 0, 2, false", "11, 0, 1, true"
    })
    void examples_of_the_design(String rule, int mf, int df, boolean allowed) {
        assertEquals(allowed, AccessRule.allows(Integer.parseInt(rule, 16), mf, df));
    }

    @Test
    void every_rule_and_status_agrees_with_a_table_written_out_from_the_page() {
        int allowed = 0;
        for (int rule = 0; rule < 256; rule++) {
            boolean ever = false;
            for (int mf = 0; mf < 16; mf++) {
                for (int df = 0; df < 16; df++) {
                    boolean expected = fromThePage(String.format("%02X", rule), mf, df);
                    assertEquals(expected, AccessRule.allows(rule, mf, df), rule + " " + mf + " " + df);
                    ever |= expected;
                    allowed += expected ? 1 : 0;
                }
            }
            assertEquals(!ever, AccessRule.isNever(rule), "rule " + rule);
        }
        assertTrue(allowed > 5000 && allowed < 60_000, "allowed " + allowed);
    }

    /** "X=0 → MF status ≥ Y; else DF status in [Y..X]", as a list of statuses and not as comparisons. */
    private static boolean fromThePage(String xy, int mf, int df) {
        int x = Character.digit(xy.charAt(0), 16);
        int y = Character.digit(xy.charAt(1), 16);
        List<Integer> good = new ArrayList<>();
        for (int status = y; status <= (x == 0 ? 15 : x); status++) {
            good.add(status);
        }
        return good.contains(x == 0 ? mf : df);
    }

    /** In the MF keys 1..15 that reach their own number; the same in an application whose files carry the rules. */
    private static Nvm withStatusKeys() {
        Bench bench = Bench.blank();
        bench.ok("80E00000 07 3F 0200 01 F0 FF FF");
        statusKeys(bench);
        bench.ok("80E0DF01 0D 38 0800 F0 F0 01 FF FF 4142434445");
        bench.ok("00A4040005 4142434445");
        bench.ok("80E00000 07 3F 0200 01 F0 FF FF");
        statusKeys(bench);
        for (int i = 0; i < RULES.size(); i++) {
            bench.ok(String.format("80E0%04X 07 28 0004 %02X F0 FF 00", 1 + i, RULES.get(i)));
            bench.ok(String.format("80E0%04X 07 28 0004 F0 %02X FF 00", 0x10 + i, RULES.get(i)));
        }
        return bench.card().nvm();
    }

    private static void statusKeys(Bench bench) {
        for (int status = 1; status <= 15; status++) {
            bench.ok(String.format("80D401%02X 15 39 F0 F0 %02X FF", status, status) + KEY);
        }
    }

    private static void authenticate(Bench bench, int key) {
        if (key == 0) {
            return;
        }
        byte[] challenge = Hex.parse(bench.ok("0084000010").toLowerCase(java.util.Locale.ROOT));
        bench.ok(String.format("008200%02X10", key) + Hex.of(Sm4.encryptBlock(Hex.parse(KEY), challenge)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 7, 8, 10, 14, 15})
    void files_open_at_the_status_of_their_application_and_at_no_other(int status) {
        for (int mf : new int[] {0, 1, 5, 15}) {
            Bench bench = Bench.on(CARD.copy(), Bench.seeded(status));
            authenticate(bench, mf);
            bench.ok("00A4040005 4142434445");
            authenticate(bench, status);
            for (int i = 0; i < RULES.size(); i++) {
                boolean open = fromThePage(String.format("%02X", RULES.get(i)), mf, status);
                String where = String.format("rule %02X, MF %d, DF %d", RULES.get(i), mf, status);
                assertEquals(open ? "000000009000" : "6982", bench.send(String.format("00B0%02X00", 0x81 + i)), where);
                String write = bench.send(String.format("00D6%02X0004A1A2A3A4", 0x90 + i));
                assertEquals(open ? "9000" : "6982", write, where);
                String kept = bench.ok(String.format("00B0%02X00", 0x90 + i));
                assertEquals(open ? "A1A2A3A4" : "00000000", kept, where);
            }
        }
    }

    @Test
    void status_of_the_application_ends_at_select_and_at_reset_and_that_of_the_mf_stays_until_the_mf_is_entered() {
        Bench bench = Bench.on(CARD.copy(), Bench.seeded(1));
        authenticate(bench, 15);
        bench.ok("00A4040005 4142434445");
        String byMf = "00B0840004";
        String byDf = "00B0860004";
        bench.ok(byMf);
        bench.expect(byDf, "6982");
        authenticate(bench, 1);
        bench.ok(byDf);
        bench.ok("00A4040005 4142434445");
        bench.expect(byDf, "6982");
        bench.ok(byMf);
        bench.ok("00A40000");
        bench.ok("00A4040005 4142434445");
        bench.expect(byMf, "6982");
        authenticate(bench, 1);
        bench.reset();
        bench.ok("00A4040005 4142434445");
        bench.expect(byDf, "6982");
    }

    @Test
    void lower_status_replaces_a_higher_one() {
        Bench bench = Bench.on(CARD.copy(), Bench.seeded(1));
        bench.ok("00A4040005 4142434445");
        authenticate(bench, 15);
        bench.ok("00B0880004");
        authenticate(bench, 3);
        bench.expect("00B0880004", "6982");
        bench.ok("00B08B0004");
    }

    @Test
    void refused_selection_leaves_status_and_current_application() {
        Bench bench = Bench.on(CARD.copy(), Bench.seeded(1));
        bench.ok("00A4040005 4142434445");
        authenticate(bench, 1);
        bench.expect("00A4040005 4142434446", "6A82");
        bench.expect("00A4040004 41424344", "6700");
        bench.expect("00A4040005 4142434445 01", "6C0E");
        bench.ok("00B0860004");
    }

    @ParameterizedTest(name = "use {0}, change {1}")
    @CsvSource({"F0,F0", "F1,F1", "EF,F0", "F0,EF", "05,F5", "F5,05"})
    void keys_are_used_and_changed_at_their_own_conditions(String use, String change) {
        for (int status : new int[] {0, 1, 5, 15}) {
            Bench bench = Bench.on(CARD.copy(), Bench.seeded(status));
            bench.ok("00A4040005 4142434445");
            bench.ok("80D40150 15 30" + use + change + "0104" + KEY);
            authenticate(bench, status);
            String answer = bench.send("0088005010" + "00".repeat(16));
            assertEquals(fromThePage(use, 0, status), answer.endsWith("9000"), "use at " + status);
            assertTrue(answer.endsWith("9000") || answer.equals("6982"), answer);
            String replaced = bench.send("80D43050 15 30" + use + change + "0204" + KEY);
            assertEquals(fromThePage(change, 0, status) ? "9000" : "6982", replaced, "change at " + status);
        }
    }

    @Test
    void creating_erasing_and_adding_keys_ask_for_their_own_bytes() {
        Bench bench = Bench.blank();
        bench.ok("80E00000 07 3F 0080 01 F0 FF FF");
        bench.ok("80D40101 15 39 F0 F0 01 33" + KEY);
        bench.ok("80E0DF01 0D 38 0200 F1 F2 01 FF FF 4142434445");
        bench.ok("00A4040005 4142434445");
        bench.expect("80E00000 07 3F 0080 01 F3 FF FF", "6982");
        bench.expect("800E0000", "6982");
        Bench inside = Bench.blank();
        inside.ok("80E0DF01 0D 38 0200 F0 F2 01 FF FF 4142434445");
        inside.ok("00A4040005 4142434445");
        inside.ok("80E00000 07 3F 0080 01 F3 FF FF");
        inside.expect("80D40101 15 39 F0 F0 01 33" + KEY, "6982");
        inside.expect("800E0000", "6982");
        inside.ok("80E00015 07 28 0004 F0 F0 FF 00");
    }
}
