package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The overdraft of the deposit: its cryptograms by {@link Witness}, what may be spent of it, and its borders. */
class OverdraftTest {
    private static final String INIT = "805004010701" + Purses.TERMINAL + "13";
    private final Bench card = Purses.personalise(Bench.blank());

    private void give(long balance, int limit) {
        card.setPurse(1, balance, 0, 0, limit);
        card.ok(Purses.SELECT);
    }

    private static String session(String init) {
        return Witness.derive(Purses.DUK, init.substring(22, 30) + init.substring(8, 12) + "8000");
    }

    private String update(int limit) {
        String hex = String.format("%06X", limit);
        String init = card.ok(INIT);
        String mac2 = Witness.mac4(session(init), hex + "07" + Purses.TERMINAL + Purses.TIME);
        return "805800000E" + hex + Purses.TIME + mac2 + "04";
    }

    private String init(String p1p2, long amount) {
        return card.send("8050" + p1p2 + "0B01" + Purses.hex8(amount) + Purses.TERMINAL);
    }

    @Test
    void limit_is_granted_by_the_formulas_and_the_balance_shows_it() {
        give(500, 100);
        String init = card.ok(INIT);
        assertEquals("000001F4" + "0000" + "000064" + "01" + "04", init.substring(0, 22));
        assertEquals(Witness.mac4(session(init), "000001F4" + "000064" + "07" + Purses.TERMINAL), init.substring(30));
        String mac2 = Witness.mac4(session(init), "0003E8" + "07" + Purses.TERMINAL + Purses.TIME);
        // 500 holds the old limit of 100: 400 of one's own and 1000 lent
        String tac = Witness.mac4(Purses.DTK, "00000578" + "0000" + "0003E8" + "07" + Purses.TERMINAL + Purses.TIME);
        card.expect("805800000E0003E8" + Purses.TIME + mac2 + "04", tac + "9000");
        card.expect("805C000104", "00000578 9000");
        card.expect("805A0007020000", "00000000" + tac + "9000");
        card.expect("00B201C417", "0001 0003E8 000003E8 07" + Purses.TERMINAL + Purses.TIME + "9000");
        assertEquals("0001" + "0003E8", card.ok(INIT).substring(8, 18));
    }

    @Test
    void lent_money_is_spent_but_not_unloaded() {
        give(1_000, 400);
        assertEquals("9401", init("0501", 601));
        assertTrue(init("0501", 600).endsWith("9000"));
        assertTrue(init("0101", 1_000).endsWith("9000"));
        assertTrue(init("0201", 1_000).endsWith("9000"));
        assertEquals("9401", init("0101", 1_001));
        give(100, 400);
        assertEquals("9401", init("0501", 0));
    }

    @ParameterizedTest(name = "balance {0} with limit {1}, new limit {2}: {3}")
    @CsvSource({
        "300, 400, 100, 9000",
        "300, 400, 99, 9401",
        "0, 0, 0, 9000",
        "0, 0, 16777215, 9000",
        "4294967295, 0, 1, 6985",
        "4294967294, 0, 1, 9000"
    })
    void borders_of_a_new_limit(long balance, int oldLimit, int newLimit, String word) {
        give(balance, oldLimit);
        String answer = card.send(update(newLimit));
        assertEquals(word, answer.substring(answer.length() - 4));
        boolean done = word.equals("9000");
        card.expect("805C000104", Purses.hex8(done ? balance - oldLimit + newLimit : balance) + "9000");
        assertEquals(done ? "0001" : "0000", card.ok(INIT).substring(8, 12));
    }

    @Test
    void wrong_mac2_answers_9302_and_fifteen_of_them_block_the_key() {
        give(0, 0);
        String before = card.ok("805C000104");
        for (int i = 0; i < 15; i++) {
            card.expect(Flips.bit(update(1_000), 18 * 8), "9302");
        }
        card.expect(INIT, "6983");
        assertEquals(before, card.ok("805C000104"));
    }

    @Test
    void update_needs_its_own_init_directly_before_it() {
        give(0, 0);
        String frame = update(1_000);
        card.ok("0084000008");
        card.expect(frame, "6901");
        card.ok("805000010B01" + "00000001" + Purses.TERMINAL);
        card.expect(frame, "6901");
        card.ok(INIT);
        card.expect("805200000B" + Purses.TIME + "00000000", "6901");
        String good = update(1_000);
        card.ok(good);
        card.expect(good, "6901");
        card.expect("805C000104", "000003E8 9000");
    }

    @Test
    void pin_is_asked_for_where_there_is_one() {
        card.ok("80D4 0100 08 3A F0 EF 01 33 123456");
        card.expect(INIT, "6982");
        card.ok("0020000003123456");
        card.ok(INIT);
    }
}
