package io.zhitong.virtualcard.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.virtualcard.TransportKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptRunTest {
    private static final String CARD = "!card a blank 0102030405060708\n";
    private static final String FILE = "80E0001507 28 0004 F0 F0 FF 00 > 9000\n00D6950004 A1A2A3A4 > 9000\n";

    private final List<String> heard = new ArrayList<>();

    private int run(String script) throws IOException {
        return told(new VirtualCards(new LineRandom(), TransportKey::ofShell), script);
    }

    private int told(ScriptCards cards, String script) throws IOException {
        return new ScriptRun(cards, (line, answer) -> heard.add(answer))
                .run(new BufferedReader(new StringReader(script)));
    }

    private CommandFailure stops(String script) {
        return assertThrows(CommandFailure.class, () -> run(script));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A1A2A3A49000", "a1a2 a3a4 9000", "*9000", "A1*", "A1??A3A4 9000", "????????????", "A1*A4*", "*"
            })
    void answer_that_fits_is_counted(String expected) throws IOException {
        assertEquals(3, run(CARD + FILE + "00B0950000 > " + expected + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A1A2A3A4", "A1A2A3A49001", "9000", "A1?A3A49000", "*9001", "torn", "?"})
    void script_stops_where_the_answer_is_another(String expected) {
        CommandFailure stop = stops(CARD + FILE + "00B0950000 > " + expected + "\n00B0950000\n");
        assertTrue(stop.getMessage().matches("line 4: expected 预期 .*, came 实际 A1A2A3A49000"), stop.getMessage());
        assertEquals(ExitStatus.CHECK_FAILED, stop.status());
        assertEquals(3, heard.size(), "nothing is told after it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00B0950000 > ",
                "00B0950000 > 90x0",
                "> 9000",
                "00B0950000 > 9000 > 9000",
                "!random",
                "!random 0",
                "!random 00 > 9000",
                "!card",
                "!card a",
                "!card b gold",
                "!card b blank 01"
            })
    void lines_that_are_nearly_right_are_refused_by_number(String line) {
        CommandFailure stop = stops("# first\n!card c blank\n" + line + "\n");
        assertTrue(stop.getMessage().startsWith("line 3: expected "), stop.getMessage());
        assertEquals(ExitStatus.USAGE, stop.status());
    }

    @Test
    void line_goes_on_after_a_backslash_and_has_the_number_of_its_end() throws IOException {
        assertEquals(
                2, run(CARD + "80E0001507 28 \\\n   0004 F0 F0 \\\n FF 00 > 9000\n00B0950000 > \\\n 00000000 9000"));
        assertEquals(
                "line 4: expected 预期 6A82, came 实际 9000",
                stops(CARD + "80E0001507 28 \\\n   0004 F0 F0 \\\n FF 00 > 6A82\n00B0950000\n")
                        .getMessage());
    }

    @Test
    void command_without_a_card_is_refused() {
        assertEquals(
                "line 1: expected first !card NAME PROFILE", stops("00A40000\n").getMessage());
    }

    @Test
    void cards_of_one_script_keep_what_they_hold_and_their_power() throws IOException {
        run(CARD + FILE + "80E03F010D 38 0100 F0F0 05 FFFF 4142434445 > 9000\n00A40000023F01 > *9000\n"
                + "!card sam psam 1112131415161718\n00B0850000 > 0000000000000000 1112131415161718 *9000\n"
                + "80700000 > 6700\n!card a\n00B0950000 > 6A82\n!reset\n00B0950000 > A1A2A3A4 9000\n");
        assertEquals("9000", heard.get(0));
    }

    @Test
    void fed_bytes_are_drawn_in_order_and_then_the_script_stops() {
        CommandFailure stop = stops(CARD + "!random 01020304 0506\n!random 0708\n0084000004 > 01020304 9000\n"
                + "0084000004 > 05060708 9000\n0084000004\n");
        assertEquals("line 6: --random: expected 4 more random bytes, 0 are left; feed more", stop.getMessage());
    }

    @Test
    void tear_is_expected_like_an_answer() throws IOException {
        assertEquals(
                5,
                run(CARD + FILE + "!tear 1:old\n00D6950001 FF > torn\n!reset\n00B0950000 > *9000\n"
                        + "00B0950000 > A1A2A3A49000\n"));
    }

    @Test
    void record_told_again_to_a_new_card_answers_the_same() throws IOException {
        StringWriter script = new StringWriter();
        LineRandom drawn = new LineRandom();
        ScriptCards cards = new VirtualCards(drawn, TransportKey::ofShell);
        told(
                new Recorder(cards, drawn, new PrintWriter(script)),
                CARD + FILE + "0084000008\n!tear 3:new\n00D6950001 FF\n!reset\n00A40000023F00\n0084000010\n");
        List<String> first = List.copyOf(heard);
        assertEquals(first.size(), run(script.toString()), "every answer is compared");
        assertEquals(first, heard.subList(first.size(), heard.size()));
        assertTrue(script.toString().contains("!random "), "a challenge was drawn");
        assertEquals(
                "line 5: ",
                assertThrows(CommandFailure.class, () -> run(script.toString().replaceAll("!random .*", "#")))
                        .getMessage()
                        .substring(0, 8),
                "without the drawn bytes the challenge is another");
    }

    @Test
    void card_on_a_reader_is_not_made_fed_or_torn() {
        ScriptCards reader = new ScriptCards() {
            @Override
            public String command(byte[] apdu) {
                return "9000";
            }

            @Override
            public String reset() {
                return "";
            }
        };
        for (String line : List.of("!card a blank", "!random 00", "!tear 1")) {
            CommandFailure stop =
                    assertThrows(CommandFailure.class, () -> told(reader, "0084000004 > 9000\n!reset\n" + line));
            assertTrue(stop.getMessage().startsWith("line 3: expected no !"), stop.getMessage());
        }
    }
}
