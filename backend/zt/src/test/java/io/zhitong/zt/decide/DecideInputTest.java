package io.zhitong.zt.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Estates and requests that cannot be meant as they stand: exit code 2, one line with file and line, and no decision. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DecideInputTest {
    private static final String ESTATE = """
            {
              "zone": "Asia/Shanghai",
              "listed": true,
              "schedules": [{"id": 1, "windows": [{"days": "1-7,H", "from": "00:00", "to": "24:00"}]}],
              "floors": [{"id": 3, "front": "0-5,9"}],
              "groups": [{"id": 1, "rights": [{"point": 1, "schedule": 1, "floors": 3, "rule": 7}]}],
              "points": [{"id": 1, "name": "1号楼大门", "methods": ["SEALED"], "pulse": 4000}],
              "credentials": [{"number": "4403010100000001", "groups": [1]}]
            }
            """;
    private static final String REQUEST = """
            {"point": 1,
             "presented": {"credential": "4403010100000001", "second": {"PIN": "PROVED"}, "duress": false},
             "now": "2026-11-21T12:00:00+08:00",
             "state": {"first": false, "fire": [], "counts": {"4": 2}}}
            """;

    @TempDir
    private Path folder = Path.of(".");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Programs.withHandlers(new CommandLine(new DecideCommand().command()));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private int decide(String estate, String request) throws IOException {
        Files.writeString(folder.resolve("estate.json"), estate);
        Files.writeString(folder.resolve("request.json"), request);
        return run("--estate", path("estate.json"), "--request", path("request.json"));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private void assertRefused(String file, int line, int status) {
        assertEquals(2, status, () -> out + " " + err);
        assertTrue(err.toString().contains(file + ":" + line + ": "), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertEquals("", out.toString(), "nothing is decided");
    }

    private static String replaced(String text, String part, String by) {
        assertTrue(text.contains(part), part);
        return text.replace(part, by);
    }

    @Test
    void files_as_they_should_be_are_decided() throws IOException {
        assertEquals(0, decide(ESTATE, REQUEST), err::toString);
        assertEquals("", err.toString());
        assertFalse(out.toString().isBlank());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"1-7,H\" | \"1-2147483647\" | 4",
                "\"1-7,H\" | \"9\" | 4",
                "\"1-7,H\" | \"0-3\" | 4",
                "\"1-7,H\" | \"5-2\" | 4",
                "\"1-7,H\" | \"1-2-3\" | 4",
                "\"1-7,H\" | \"Mon\" | 4",
                "\"24:00\" | \"24:01\" | 4",
                "\"24:00\" | \"24\" | 4",
                "\"0-5,9\" | \"0-2147483647\" | 5",
                "\"0-5,9\" | \"256\" | 5",
                "\"0-5,9\" | \"-1\" | 5",
                "\"0-5,9\" | \"5-2\" | 5",
                "\"0-5,9\" | \"a\" | 5",
                "\"rule\": 7 | \"rule\": 4294967296 | 6",
                "\"rule\": 7 | \"rule\": -1 | 6",
                "\"rule\": 7 | \"rule\": \"seven\" | 6",
                "\"point\": 1 | \"point\": 65536 | 6",
                "\"floors\": 3 | \"floors\": 9999999999 | 6",
                "\"SEALED\" | \"SHOUTED\" | 7",
                "[\"SEALED\"] | \"SEALED\" | 7",
                "\"pulse\": 4000 | \"pulse\": -1 | 7",
                "4403010100000001 | 44030101 | 8",
                "4403010100000001 | 440301010000000G | 8",
                "\"groups\": [1]} | \"groups\": 1} | 8",
                "\"groups\": [1]} | \"groups\": {\"1\": 1}} | 8",
                "\"listed\": true | \"listed\": \"no\" | 3",
                "Asia/Shanghai | Asia/Atlantis | 2",
            })
    void an_estate_with_a_wrong_value_is_refused_at_its_line(String part, String by, int line) throws IOException {
        assertRefused("estate.json", line, decide(replaced(ESTATE, part, by), REQUEST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"point\": 1 | \"point\": \"one\" | 1",
                "\"point\": 1 | \"point\": 4294967297 | 1",
                "\"PROVED\" | \"PROVD\" | 2",
                "\"PIN\" | \"PIM\" | 2",
                "{\"PIN\": \"PROVED\"} | \"PIN\" | 2",
                "\"duress\": false | \"duress\": \"yes\" | 2",
                "\"duress\": false | \"duress\": 1 | 2",
                "+08:00 | +99:00 | 3",
                "2026-11-21 | 2026-02-30 | 3",
                "\"first\": false | \"first\": \"maybe\" | 4",
                "\"fire\": [] | \"fire\": 3 | 4",
                "\"fire\": [] | \"fire\": {\"3\": true} | 4",
                "{\"4\": 2} | {\"four\": 2} | 4",
                "{\"4\": 2} | [2] | 4",
            })
    void a_request_with_a_wrong_value_is_refused_at_its_line(String part, String by, int line) throws IOException {
        assertRefused("request.json", line, decide(ESTATE, replaced(REQUEST, part, by)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"zone\": }", "{\"zone\": 'x'}", "\u0000"})
    void what_is_no_json_is_refused_in_either_file(String text) throws IOException {
        assertEquals(2, decide(text, REQUEST), err::toString);
        assertEquals(2, decide(ESTATE, text), err::toString);
        assertEquals(2, err.toString().lines().count(), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void a_file_that_is_not_there_and_a_folder_are_no_files() throws IOException {
        Files.writeString(folder.resolve("request.json"), REQUEST);
        for (String none : new String[] {path("none.json"), folder.toString()}) {
            assertEquals(2, run("--estate", none, "--request", path("request.json")), err::toString);
        }
        assertEquals(2, err.toString().split("cannot be read 无法读取文件", -1).length - 1);
    }

    @Test
    void options_that_are_missing_or_unknown_end_with_2_and_help_with_0() throws IOException {
        Files.writeString(folder.resolve("estate.json"), ESTATE);
        assertEquals(2, run());
        assertEquals(2, run("--estate", path("estate.json")));
        assertEquals(2, run("--estate", path("estate.json"), "--request"));
        assertEquals(2, run("--no-such-option"));
        assertEquals(4, err.toString().lines().count(), "one line each");
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("--estate"), out::toString);
    }
}
