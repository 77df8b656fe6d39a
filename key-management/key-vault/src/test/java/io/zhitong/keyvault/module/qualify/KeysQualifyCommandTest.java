package io.zhitong.keyvault.module.qualify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import io.zhitong.keyvault.module.sdf.TestDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The command in processes of its own: a library that crashes or hangs costs one check, not the report. */
class KeysQualifyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path pin = Path.of("pin");
    private Path report = Path.of("report");

    @BeforeEach
    void writePin() throws IOException {
        pin = Files.writeString(folder.resolve("pin"), "12345678\n");
        report = folder.resolve("report.json");
    }

    private int qualify(Path library, String... more) {
        CommandLine line = Programs.commandLine(new KeysQualifyCommand().command());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] arguments = new String[6 + more.length];
        String[] fixed = {"--sdf", library.toString(), "--pin-file", pin.toString(), "--report", report.toString()};
        System.arraycopy(fixed, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return line.execute(arguments);
    }

    private JsonNode json() {
        return new ObjectMapper().readTree(report.toFile());
    }

    private String verdict(String check) {
        for (JsonNode each : json().get("checks")) {
            if (check.equals(each.get("id").asString())) {
                return each.get("verdict").asString();
            }
        }
        return "absent";
    }

    @Test
    void a_library_without_faults_qualifies_and_the_report_says_which_file_it_was() {
        assertEquals(0, qualify(TestDevice.library()), () -> out + " " + err);
        assertTrue(out.toString().contains("qualified 合格: 25 checks passed"), out.toString());
        JsonNode json = json();
        assertEquals("zhitong-sdf-qualification-1", json.get("format").asString());
        assertEquals("libtestsdf.so", json.get("library").asString());
        assertEquals(64, json.get("librarySm3").asString().length());
        assertEquals(
                "test device, protects nothing, testsdf, serial 2026010100000001",
                json.get("device").asString());
        assertTrue(json.get("qualified").asBoolean());
        assertEquals(25, json.get("checks").size());
        assertFalse((out.toString() + json).contains("12345678 "));
    }

    @Test
    void a_crash_is_reported_for_each_check_that_meets_it_and_the_others_still_run() {
        Path crashing = TestDevice.build("libcrash.so", "-DFAULTS=\"crash,iv-kept\"");
        assertEquals(1, qualify(crashing), () -> out + " " + err);
        assertEquals("crashed", verdict("mac"));
        assertEquals("crashed", verdict("concurrency"));
        assertEquals("pass", verdict("cbc"));
        assertEquals("pass", verdict("sign"));
        assertTrue(out.toString().contains("the process that called it ended with"), out.toString());
        assertFalse(json().get("qualified").asBoolean());
    }

    @Test
    void a_hang_is_reported_after_the_patience_and_the_others_still_run() {
        Path hanging = TestDevice.build("libhang.so", "-DFAULTS=\"hang-random\"");
        assertEquals(1, qualify(hanging, "--patience", "4"), () -> out + " " + err);
        assertEquals("hung", verdict("random"));
        assertEquals("pass", verdict("mac"));
        assertTrue(out.toString().contains("no answer within 4 s"), out.toString());
    }

    @Test
    void a_wrong_password_is_a_deviation_of_the_checks_that_need_the_right() throws IOException {
        Files.writeString(pin, "00000000");
        assertEquals(1, qualify(TestDevice.library()));
        assertEquals("deviation", verdict("sign"));
        assertEquals("pass", verdict("sm3"));
        assertTrue(out.toString().contains("01000007"), out.toString());
    }

    @Test
    void what_is_no_library_or_no_file_or_opens_no_device_ends_with_3() throws IOException {
        assertEquals(3, qualify(Files.writeString(folder.resolve("text.so"), "text")));
        assertTrue(err.toString().contains("cannot be used 无法使用该库"), err.toString());
        assertEquals(3, qualify(folder.resolve("none.so")));
        assertEquals(3, qualify(TestDevice.build("libdead.so", "-DFAULTS=\"dead\"")));
        assertTrue(err.toString().contains("SDF_OpenDevice: 01000005"), err.toString());
        assertEquals(2, qualify(TestDevice.library(), "--key-index", "first"));
    }
}
