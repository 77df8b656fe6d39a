package io.zhitong.virtualcard.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.virtualcard.script.LineRandom;
import io.zhitong.virtualcard.script.ScriptRun;
import io.zhitong.virtualcard.script.VirtualCards;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole stories told to the shell: a purse from nothing, torn at every operation, in the words of docs/card.md. */
class ShellScenarioTest {
    private static final String PURSE = """
            80E0 3F01 11 38 0800 F0 F0 95 FF FF A00000000386980701  # the application
            00A4 0400 09 A00000000386980701
            80E0 0000 07 3F 0180 95 F0 FF FF                        # its keys
            80D4 0100 15 34 F0 F0 01 04 340102030405060708090a0b0c0d0e0f
            80D4 0101 15 3E F0 F0 01 04 3e0102030405060708090a0b0c0d0e0f
            80D4 0101 15 3F F0 F0 01 04 3f0102030405060708090a0b0c0d0e0f
            80E0 0018 07 2E 0A17 F0 EF FF 00
            80E0 0002 07 2F 0208 F0 00 FF 18
            """;
    private static final String INIT = "80500002 0B 01 000003E8 440300000001 10\n";
    // random A1B2C3D4, sequence 0000: session SM4(DLK, seed ‖ ~seed), MAC2 over amount, type 02, terminal, time
    private static final String RANDOM = "a1b2c3d4";

    private static List<String> run(String random, String lines) throws IOException {
        Nvm nvm = Nvm.inMemory(CardProfile.BLANK.memory());
        CardBirth.blank(nvm, CardProfile.BLANK, new ChipIdentity(Hex.parse("0102030405060708"), Hex.parse("08010203")));
        StringWriter out = new StringWriter();
        LineRandom drawn = new LineRandom();
        drawn.feed(Hex.parse(random));
        PrintWriter answers = new PrintWriter(out, true);
        new ScriptRun(VirtualCards.of(nvm, drawn), (line, answer) -> answers.println(answer))
                .run(new BufferedReader(new StringReader(lines)));
        return out.toString().lines().toList();
    }

    /** CREDIT FOR LOAD of 1000 fen, from the page's formulas. */
    private static String credit() {
        var sm4 = io.zhitong.cardspec.CardAlgorithm.SM4;
        byte[] session =
                sm4.diversify(Hex.parse("3f0102030405060708090a0b0c0d0e0f"), Hex.parse(RANDOM + "0000" + "8000"));
        byte[] mac2 = sm4.mac4(session, Hex.parse("000003e8" + "02" + "440300000001" + "20261121120000"));
        return "80520000 0B 20261121 120000 " + Hex.of(mac2) + " 04\n";
    }

    @Test
    void purse_from_nothing_is_loaded() throws IOException {
        List<String> answers = run(RANDOM, PURSE + INIT + credit() + "805C000204\n00B201C417\n");
        assertEquals(12, answers.size());
        assertEquals("00000000" + "0000" + "0104" + "A1B2C3D4", answers.get(8).substring(0, 24));
        assertEquals("000003E89000", answers.get(10));
        assertEquals("0001000000000003E8024403000000012026112112" + "00009000", answers.get(11));
    }

    @ParameterizedTest
    @ValueSource(strings = {"old", "new", "erased", "random"})
    void load_torn_at_any_operation_is_there_or_not(String content) throws IOException {
        int there = 0;
        int not = 0;
        for (int n = 1; ; n += 9) {
            List<String> answers = run(
                    RANDOM,
                    PURSE + INIT + "!tear " + n + ":" + content + "\n" + credit()
                            + "!reset\n00A4040009A00000000386980701\n805C000204\n00B201C417\n");
            if (!answers.get(9).equals("torn")) {
                assertTrue(answers.get(9).endsWith("9000"));
                break;
            }
            String balance = answers.get(11);
            boolean loaded = balance.equals("000003E89000");
            assertTrue(loaded || balance.equals("000000009000"), balance);
            assertEquals(loaded, answers.get(12).endsWith("9000"), "the log goes with the balance");
            there += loaded ? 1 : 0;
            not += loaded ? 0 : 1;
        }
        assertTrue(not > 0 && there + not > 5, there + " there, " + not + " not");
    }

    @Test
    void command_after_a_tear_finds_the_card_reset() throws IOException {
        List<String> answers = run(
                RANDOM,
                PURSE + INIT + "!tear 4\n" + credit() + "805C000204\n00A4040009A00000000386980701\n805C000204\n");
        assertEquals("torn", answers.get(9));
        assertEquals("6A82", answers.get(10), "the application is no longer selected");
        assertEquals("000000009000", answers.get(12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!tear 1000000", "!tear 1:OLD", "!tear 1 :old", "!reset now", "!", "00A4 000", "00A4,0000"})
    void lines_that_are_nearly_right_are_refused_by_number(String line) {
        CommandFailure stop = assertThrows(CommandFailure.class, () -> run("", "# one\n\n" + line + "\n"));
        assertTrue(stop.getMessage().startsWith("line 3: expected "), stop.getMessage());
    }

    @Test
    void line_of_more_than_4096_characters_is_refused() throws IOException {
        assertEquals(List.of("6700"), run("", "00A40000" + "00".repeat(2000) + "\n"));
        assertThrows(CommandFailure.class, () -> run("", "00A40000" + "00".repeat(2100) + "\n"));
    }
}
