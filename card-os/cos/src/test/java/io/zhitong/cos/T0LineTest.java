package io.zhitong.cos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** T=0 by the frames of ISO/IEC 7816-3, and against the same card without it. */
class T0LineTest {
    private static final String NAME = "00A4040009A00000000386980701";

    private final Bench bench = Purses.personalise(Bench.blank());
    private final T0Line line = new T0Line(bench.card());

    private String send(String frame) {
        return send(line, frame);
    }

    private static String send(T0Line line, String frame) {
        byte[] command = Hex.parse(frame.replace(" ", "").toLowerCase(Locale.ROOT));
        return Hex.of(line.exchange(command)).toUpperCase(Locale.ROOT);
    }

    @Test
    void answer_to_a_command_with_data_waits_for_get_response() {
        String whole = bench.ok(NAME);
        int length = whole.length() / 2;
        assertEquals(String.format("61%02X", length), send(NAME));
        assertEquals(whole + "9000", send(String.format("00C00000%02X", length)));
        assertEquals("6985", send("00C0000001"));
    }

    @Test
    void rest_stays_until_it_is_fetched_and_too_much_is_answered_with_what_there_is() {
        String whole = bench.ok(NAME);
        int length = whole.length() / 2;
        send(NAME);
        assertEquals(String.format("6C%02X", length), send(String.format("00C00000%02X", length + 1)));
        assertEquals(whole.substring(0, 8) + String.format("61%02X", length - 4), send("00C0000004"));
        assertEquals(whole.substring(8) + "9000", send(String.format("00C00000%02X", length - 4)));
    }

    @Test
    void command_without_data_answers_at_once_and_forgets_what_waited() {
        send(NAME);
        assertEquals("000000009000", send("805C000204"));
        assertEquals("6C04", send("805C000205"));
        assertEquals("6985", send("00C0000004"));
    }

    @ParameterizedTest
    @CsvSource({"00C0010004, 6A86", "00C0000104, 6A86", "80C0000004, 6D00", "00C00000, 6D00"})
    void get_response_of_another_form_gives_nothing_away(String frame, String answer) {
        send(NAME);
        assertEquals(answer, send(frame));
    }

    @Test
    void power_away_forgets_what_waited() {
        send(NAME);
        line.reset();
        assertEquals("6985", send("00C0000004"));
    }

    @Test
    void get_response_may_stand_between_an_init_and_its_end() {
        send(NAME);
        assertEquals("610F", send("805001020B0100000000440300000001"));
        String offer = send("00C000000F");
        assertTrue(offer.endsWith("9000"));
        String wrongMac = "805401000F" + "00000001" + "20261121120000" + "00000000";
        assertEquals("9302", send(wrongMac));
    }

    @Test
    void temporarily_blocked_application_warns_and_still_tells_who_it_is() {
        bench.ok(NAME);
        bench.ok(bench.macFrame(Purses.DAMK, 16, "841E0000", ""));
        assertEquals("6283", send(NAME));
        assertTrue(send("00C0000000").matches("6C[0-9A-F]{2}"));
        assertTrue(send("00C0000004").matches("6F.{6}61.."));
    }

    @Test
    void every_command_answers_the_same_bytes_as_without_it() {
        tell(Bench.of(CardProfile.BLANK, Bench.seeded(7)).card().nvm(), Step.residentScript());
        tell(Accesses.personalise("").card().nvm(), Step.accessScript());
    }

    private static void tell(Nvm memory, List<Step> script) {
        for (Step step : script) {
            Bench whole = Bench.on(memory.copy(), Bench.seeded(7));
            String expected = whole.send(step.prepare().apply(whole));
            Bench split = Bench.on(memory, Bench.seeded(7));
            assertEquals(
                    expected, joined(new T0Line(split.card()), step.prepare().apply(split)), step.name());
        }
    }

    /** What a T=0 driver makes of it. */
    private static String joined(T0Line line, String frame) {
        StringBuilder all = new StringBuilder();
        String answer = send(line, frame);
        while (answer.substring(answer.length() - 4).startsWith("61")) {
            all.append(answer, 0, answer.length() - 4);
            answer = send(line, "00C00000" + answer.substring(answer.length() - 2));
        }
        return all + answer;
    }

    @Test
    void noise_on_the_line_never_gets_anything_but_a_status_word() {
        byte[] noise = Bench.seeded(11).bytes(4000);
        int words = Stream.iterate(0, at -> at + 9 < noise.length, at -> at + 9)
                .map(at -> java.util.Arrays.copyOfRange(noise, at, at + 1 + (noise[at] & 7)))
                .mapToInt(frame -> line.exchange(frame).length)
                .map(length -> length >= 2 ? 1 : 0)
                .sum();
        assertEquals(444, words);
    }
}
