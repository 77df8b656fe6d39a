package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.chip.JournalledMemory;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.FileSystem;
import io.zhitong.smcrypto.Hex;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A short round of {@link CardFuzzer} with random bytes, and that it finds what it looks for. */
class CardFuzzerTest {
    private static final int ROUNDS = Math.max(1_500, 20 * Integer.getInteger("zhitong.rounds", 0));

    @Test
    void any_bytes_are_answered_and_no_money_is_made() {
        Random random = new Random(17);
        long commands = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] input = new byte[1 + random.nextInt(400)];
            random.nextBytes(input);
            commands += CardFuzzer.run(input);
        }
        assertTrue(commands > 2L * ROUNDS, commands + " commands in " + ROUNDS + " rounds");
    }

    @Test
    void whole_transactions_with_one_byte_changed_make_no_money_either() {
        int commands = 0;
        for (byte[] seed : FuzzSeeds.all()) {
            commands += CardFuzzer.run(seed);
            for (int at = 1; at < seed.length; at++) {
                byte[] changed = seed.clone();
                changed[at] ^= (byte) (1 << at % 8);
                CardFuzzer.run(changed);
            }
        }
        assertTrue(commands >= 20, commands + " commands of whole transactions");
    }

    @Test
    void input_says_card_commands_cuts_and_resets() {
        // purse card: SELECT of the purse, GET BALANCE by template, a cut, a raw SELECT, a reset
        assertEquals(3, CardFuzzer.run(Hex.parse("00" + "38" + "0d02000200" + "f100" + "44" + "00a40000" + "ff")));
        assertEquals(60, CardFuzzer.run(Hex.parse("01" + "3e".repeat(90))), "bounded");
        assertEquals(0, CardFuzzer.run(new byte[0]));
    }

    @Test
    void money_planted_on_a_card_is_found() {
        Bench bench = Purses.personalise(Bench.blank());
        Purses.load(bench, CardFuzzer.MONEY);
        CardFuzzer.check(bench.card());
        JournalledMemory memory = new JournalledMemory(bench.card().nvm(), Card.JOURNAL);
        FileSystem files = new FileSystem(memory);
        CardFile purse =
                files.child(files.child(files.mf(), 0x3F01).orElseThrow(), 1).orElseThrow();
        purse.write(0, Hex.parse("00000001"));
        memory.commit();
        AssertionError found = assertThrows(
                AssertionError.class,
                () -> CardFuzzer.check(new Card(bench.card().nvm(), Bench.seeded(1))));
        assertEquals("expected at most 10000 on the card, found 10001", found.getMessage());
    }
}
