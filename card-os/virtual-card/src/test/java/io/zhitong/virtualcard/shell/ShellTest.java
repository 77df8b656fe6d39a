package io.zhitong.virtualcard.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
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
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ShellTest {
    private static final String CREATE = "80E0001507 28 0004 F0 F0 FF 00\n";

    private static List<String> run(String random, String lines) throws IOException {
        return run(random, lines, VirtualCards::of);
    }

    private static List<String> run(String random, String lines, BiFunction<Nvm, LineRandom, VirtualCards> cards)
            throws IOException {
        Nvm nvm = Nvm.inMemory(CardProfile.BLANK.memory());
        CardBirth.blank(nvm, CardProfile.BLANK, new ChipIdentity(Hex.parse("0102030405060708"), Hex.parse("08010203")));
        StringWriter out = new StringWriter();
        LineRandom drawn = new LineRandom();
        drawn.feed(Hex.parse(random));
        PrintWriter answers = new PrintWriter(out, true);
        new ScriptRun(cards.apply(nvm, drawn), (line, answer) -> answers.println(answer))
                .run(new BufferedReader(new StringReader(lines)));
        return out.toString().lines().toList();
    }

    @Test
    void commands_are_answered_one_a_line_and_comments_not() throws IOException {
        assertEquals(
                List.of("9000", "010203049000", "6A82"),
                run("01020304", "# a file\n" + CREATE + "\n0084000004 # challenge\n00a40000021234\n"));
    }

    @Test
    void random_bytes_are_given_in_order_and_birth_and_reset_draw_none() throws IOException {
        assertEquals(
                List.of("0A0B0C0D9000", "01020304050607089000"),
                run("0a0b0c0d0102030405060708", "0084000004\n!reset\n0084000008\n"));
    }

    @Test
    void answers_wait_for_get_response_on_a_t0_line() throws IOException {
        String select = "00A40000023F00\n";
        String whole = run("", select).get(0);
        int length = whole.length() / 2 - 2;
        String fetch = String.format("00C00000%02X", length);
        assertEquals(
                List.of(String.format("61%02X", length), whole, String.format("61%02X", length), "6985"),
                run("", select + fetch + "\n" + select + "!reset\n" + fetch + "\n", VirtualCards::overT0));
    }

    @Test
    void shell_stops_when_the_random_bytes_run_out() {
        CommandFailure stop = assertThrows(CommandFailure.class, () -> run("0102", "0084000004\n0084000004\n"));
        assertEquals("line 1: --random: expected 4 more random bytes, 2 are left; feed more", stop.getMessage());
        assertEquals(ExitStatus.CHECK_FAILED, stop.status());
    }

    @Test
    void torn_command_is_undone_and_the_card_lives_again_after_reset() throws IOException {
        assertEquals(
                List.of("torn", "6A82", "9000"),
                run("", "!tear 3:random\n" + CREATE + "!reset\n00B0950000\n" + CREATE));
    }

    @Test
    void cut_that_is_never_reached_is_forgotten_with_the_command() throws IOException {
        assertEquals(List.of("9000", "9000"), run("", "!tear 99999\n" + CREATE + "00D6950001AA\n"));
    }

    @Test
    void recovery_can_be_cut_too() throws IOException {
        List<String> answers =
                run("", CREATE + "!tear 8:new\n00D69500 04 01020304\n!tear 1:old\n!reset\n!reset\n00B0950000\n");
        assertEquals("torn", answers.get(1));
        assertEquals("torn", answers.get(2));
        assertTrue(List.of("000000009000", "010203049000").contains(answers.get(3)), answers.toString());
    }

    @Test
    void wrong_lines_name_their_number() {
        for (String bad : List.of("0", "xyz", "!power", "!tear", "!tear 0", "!tear 1:half", "!tear -1")) {
            CommandFailure stop = assertThrows(CommandFailure.class, () -> run("", CREATE + bad + "\n"), bad);
            assertTrue(stop.getMessage().startsWith("line 2: expected "), stop.getMessage());
            assertEquals(ExitStatus.USAGE, stop.status());
        }
    }
}
