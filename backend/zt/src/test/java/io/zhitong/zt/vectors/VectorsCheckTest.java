package io.zhitong.zt.vectors;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import io.zhitong.cliapi.ZtCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class VectorsCheckTest {
    private static final Path VECTORS = Path.of(System.getProperty("zhitong.root"), "test-vectors");
    private static final Pattern VALUE = Pattern.compile("\"([0-9a-f]{4,})\"|\"type\": \"(0[0-9])\"");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "purse-sm4.json, 27 of 27",
        "access.json, 4 of 4",
        "grey-sm4.json, 9 of 9",
        "purse-3des.json, 17 of 17",
        "sm-algorithms.json, 27 of 27"
    })
    void published_vectors_pass(String file, String count) {
        assertEquals(0, run(VECTORS.resolve(file).toString()));
        assertTrue(out.toString().contains(file + ": " + count + " cases passed"), out.toString());
    }

    /** Inputs are flipped as well as expectations: neither may change unnoticed. */
    @ParameterizedTest
    @ValueSource(strings = {"purse-sm4.json", "access.json", "grey-sm4.json"})
    void one_changed_hex_digit_anywhere_fails_and_names_the_case(String file) throws IOException {
        String good = Files.readString(VECTORS.resolve(file));
        List<Executable> checks = new ArrayList<>();
        Matcher value = VALUE.matcher(good);
        while (value.find()) {
            int group = value.group(1) == null ? 2 : 1;
            int first = value.start(group);
            int last = value.end(group) - 1;
            checks.add(() -> assertFlipIsSeen(file, good, first));
            checks.add(() -> assertFlipIsSeen(file, good, last));
        }
        assertTrue(checks.size() >= 70, "found " + checks.size());
        assertAll(checks);
    }

    /** Every value but those that no formula of an entry covers; the first digit, because DES leaves out the last bit of a key. */
    @Test
    void one_changed_hex_digit_of_a_bought_cards_trace_fails_and_names_the_entry() throws IOException {
        String file = "purse-3des.json";
        String good = Files.readString(VECTORS.resolve(file));
        String judged =
                "(DLK|DPK|DTK|MK|DK|factor|master|plain|enc|challenge|key|cmd|resp|init_cmd|seed|SESLK|SESPK|MAC1_in|MAC1"
                        + "|MAC2_in|MAC2|TAC_in|credit_cmd|credit_resp)";
        Matcher value = Pattern.compile("\"" + judged + "\": ?\"([0-9A-Fa-f])")
                .matcher(good.substring(0, good.indexOf("traces_without_keys")));
        List<Executable> checks = new ArrayList<>();
        while (value.find()) {
            int at = value.start(2);
            checks.add(() -> {
                Path changed = directory.resolve(file);
                char flipped = good.charAt(at) == '0' ? '1' : '0';
                Files.writeString(changed, good.substring(0, at) + flipped + good.substring(at + 1));
                out.getBuffer().setLength(0);
                String where = good.substring(Math.max(0, at - 60), at + 1);
                assertEquals(1, run(changed.toString()), where);
                assertTrue(out.toString().contains(file + " case "), out + where);
            });
        }
        assertTrue(checks.size() >= 50, "found " + checks.size());
        assertAll(checks);
    }

    /** One case at a time: the million rounds among them need not run for every flip. */
    @Test
    void one_changed_hex_digit_of_an_algorithms_example_fails_and_names_it() throws IOException {
        String good = Files.readString(VECTORS.resolve("sm-algorithms.json"));
        Matcher each =
                Pattern.compile("\\{\\s*\"kind\": \"([a-z0-9-]+)\"[^}]*}").matcher(good);
        List<Executable> checks = new ArrayList<>();
        while (each.find()) {
            String alone = "{\"cases\":[" + each.group() + "]}";
            Matcher value = Pattern.compile("\"([0-9a-f]{4,})\"").matcher(alone);
            while (value.find()) {
                int first = value.start(1);
                int last = value.end(1) - 1;
                checks.add(() -> assertFlipIsSeen("vectors.json", alone, first));
                checks.add(() -> assertFlipIsSeen("vectors.json", alone, last));
            }
        }
        assertTrue(checks.size() >= 150, "found " + checks.size());
        assertAll(checks);
    }

    private void assertFlipIsSeen(String file, String good, int at) throws IOException {
        char flipped = good.charAt(at) == '0' ? '1' : '0';
        Path changed = directory.resolve(file);
        Files.writeString(changed, good.substring(0, at) + flipped + good.substring(at + 1));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String where = " for a flip at " + good.substring(Math.max(0, at - 60), at + 1);
        assertEquals(1, run(changed.toString()), where);
        boolean inCases = at > good.indexOf("\"cases\"");
        String named = out.toString() + err;
        String expected = inCases ? file + " case " + caseNumber(good, at) + " (" : file;
        assertTrue(named.contains(expected), "expected " + expected + " in " + named + where);
    }

    private static long caseNumber(String text, int at) {
        return Pattern.compile("\"kind\"")
                .matcher(text.substring(0, at))
                .results()
                .count();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"cases\":[{\"kind\":\"teleport\"}]} | unknown kind",
                "{\"cases\":[{\"key\":\"00\"}]} | missing field kind",
                "{\"cases\":[{\"kind\":\"kcv\",\"key\":\"86556501146abd972a3c5187cfe88c81\",\"ECB\":\"b3a4bd\"}]} | missing field CMAC",
                "{\"cases\":[{\"kind\":\"kcv\",\"key\":\"8655\",\"CMAC\":\"ad3cb1\",\"ECB\":\"b3a4bd\"}]} | must have 16 bytes",
                "{\"cases\":[{\"kind\":\"kcv\",\"key\":\"8655xx\",\"CMAC\":\"ad3cb1\",\"ECB\":\"b3a4bd\"}]} | hex digits",
                "{\"cases\":[{\"kind\":\"kcv\",\"key\":\"86556501146abd972a3c5187cfe88c81\",\"CMAC\":\"ad3cb1\",\"ECB\":\"b3a4bd\",\"MAK\":\"00\"}]} | unknown field MAK",
                "{\"cases\":[{\"kind\":\"sealed\"}]} | unknown kind",
                "{\"cases\":[{\"kind\":\"sm4-ecb\",\"key\":\"86556501146abd972a3c5187cfe88c81\",\"plain\":\"00\",\"cipher\":\"00\"}]} | whole blocks",
                "{\"cases\":[{\"kind\":\"sm4-gcm\",\"key\":\"86556501146abd972a3c5187cfe88c81\",\"iv\":\"\",\"aad\":\"\",\"plain\":\"\",\"cipher\":\"\",\"tag\":\"00000000\"}]} | lengths that GCM has",
                "{\"cases\":[{\"kind\":\"sm4-cmac\",\"key\":\"86556501146abd972a3c5187cfe88c81\",\"message\":\"\",\"mac\":\"00\"}]} | must have 8 or 16",
                "{\"cases\":[{\"kind\":\"sm4-repeated\",\"key\":\"86556501146abd972a3c5187cfe88c81\",\"plain\":\"00\",\"rounds\":0,\"cipher\":\"\"}]} | rounds must be",
                "{\"cases\":[\"kcv\"]} | must be a JSON object",
            })
    void a_case_that_cannot_be_judged_fails_and_is_named(String json, String said) throws IOException {
        assertEquals(1, run(write(json)));
        assertTrue(out.toString().contains("vectors.json case 1 ("), out.toString());
        assertTrue(out.toString().contains(said), out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"cases\":[]}", "{\"cases\":[],\"cases\":[]}", "{\"cases\":7}"})
    void a_file_that_is_no_vector_file_ends_with_one_clear_line(String json) throws IOException {
        assertEquals(1, run(write(json)));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("vectors.json"), err.toString());
    }

    @Test
    void an_unreadable_file_ends_with_one_clear_line() {
        assertEquals(3, run(directory.resolve("absent.json").toString()));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("absent.json"), err.toString());
    }

    @Test
    void one_bad_file_among_good_ones_decides_the_exit_code() throws IOException {
        String bad = write("{\"cases\":[{\"kind\":\"teleport\"}]}");
        assertEquals(1, run(bad, VECTORS.resolve("purse-sm4.json").toString()));
    }

    @Test
    void zt_finds_the_command() {
        assertTrue(StreamSupport.stream(ServiceLoader.load(ZtCommand.class).spliterator(), false)
                .anyMatch(VectorsCheckCommand.class::isInstance));
    }

    private String write(String json) throws IOException {
        return Files.writeString(directory.resolve("vectors.json"), json).toString();
    }

    private int run(String... files) {
        CommandLine line = Programs.commandLine(new VectorsCheckCommand().command());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(files);
    }
}
