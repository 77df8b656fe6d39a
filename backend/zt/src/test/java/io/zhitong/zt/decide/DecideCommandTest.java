package io.zhitong.zt.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DecideCommandTest {

    private static final String ESTATE = """
            {
              "zone": "Asia/Shanghai",
              "groups": [{"id": 1, "rights": [{"point": 1, "rule": 7}]}],
              "points": [{"id": 1, "name": "1号楼大门", "methods": ["SEALED"], "pulse": 4000}],
              "credentials": [
                {"number": "4403010100000001", "groups": [1]},
                {"number": "4403010100000002", "status": "LOST", "groups": [1]}
              ]
            }
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String estate, String request, String... more) throws IOException {
        Files.writeString(folder.resolve("estate.json"), estate);
        Files.writeString(folder.resolve("request.json"), request);
        List<String> arguments = new ArrayList<>(List.of(
                "--estate", folder.resolve("estate.json").toString(),
                "--request", folder.resolve("request.json").toString()));
        arguments.addAll(List.of(more));
        CommandLine line = Programs.withHandlers(new CommandLine(new DecideCommand().command()));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments.toArray(String[]::new));
    }

    private static String asks(String credential) {
        return "{\"point\": 1, \"presented\": {\"credential\": \"" + credential
                + "\"},\n \"now\": \"2026-11-21T12:00:00+08:00\"}";
    }

    @Test
    void resident_is_granted_with_exit_code_0() throws IOException {
        assertEquals(0, run(ESTATE, asks("4403010100000001")));
        assertEquals("GRANT 4000 ms 正常通行", out.toString().strip());
    }

    @Test
    void lost_card_is_denied_with_exit_code_1_trace_and_change_in_english() throws IOException {
        assertEquals(1, run(ESTATE, asks("4403010100000002"), "--explain", "--lang", "en"));
        List<String> lines = out.toString().lines().toList();
        assertEquals("DENY LOST the card was reported lost", lines.get(0));
        assertTrue(lines.contains("  status of the credential: refused: the card was reported lost"), out::toString);
        assertTrue(lines.get(lines.size() - 1).startsWith("→ make credential 4403010100000002 active"), out::toString);
        assertEquals(23, lines.size());
    }

    @Test
    void unknown_field_is_told_with_file_and_line() throws IOException {
        assertEquals(2, run(ESTATE.replace("\"pulse\"", "\"puls\""), asks("4403010100000001")));
        assertTrue(err.toString().contains("estate.json:4: /points/0/puls"), err::toString);
    }

    @Test
    void wrong_word_is_told_with_file_and_line() throws IOException {
        assertEquals(2, run(ESTATE.replace("LOST", "GONE"), asks("4403010100000001")));
        assertTrue(err.toString().contains("estate.json:7: /credentials/1/status"), err::toString);
    }

    @Test
    void time_without_offset_is_told_with_file_and_line() throws IOException {
        assertEquals(2, run(ESTATE, asks("4403010100000001").replace("+08:00", "")));
        assertTrue(err.toString().contains("request.json:2: /now"), err::toString);
    }

    @Test
    void what_is_no_json_is_told_with_file_and_line() throws IOException {
        assertEquals(2, run("{\n\"zone\": \n]", asks("4403010100000001")));
        assertTrue(err.toString().contains("estate.json:3"), err::toString);
    }

    /** Every vector whose estate stands for itself, through the files and the command line. */
    @TestFactory
    Stream<DynamicTest> vectors_come_out_as_written() throws IOException {
        Path vectors = Path.of(System.getProperty("zhitong.root"), "test-vectors", "decision");
        List<Path> files;
        try (Stream<Path> all = Files.list(vectors)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        return files.stream()
                .map(file -> JsonMapper.shared().readTree(file))
                .filter(file -> file.path("format").asInt(0) == 2)
                .flatMap(file -> file.path("cases")
                        .valueStream()
                        .limit(8)
                        .map(one -> DynamicTest.dynamicTest(one.path("name").asString(), () -> asWritten(file, one))));
    }

    private void asWritten(JsonNode file, JsonNode one) throws IOException {
        JsonNode estate = estate(file, one.path("estate").asString());
        JsonNode expect = one.path("expect");
        out.getBuffer().setLength(0);
        int exit = run(estate.toString(), one.path("request").toString());
        assertEquals(expect.has("deny") ? 1 : 0, exit, err::toString);
        String first = out.toString().lines().findFirst().orElseThrow();
        String start = expect.has("deny")
                ? "DENY " + expect.path("deny").asString() + " "
                : "GRANT " + expect.path("grant").path("pulse").asLong() + " ms";
        assertTrue(first.startsWith(start), first);
    }

    private static JsonNode estate(JsonNode file, String name) {
        ObjectNode own = (ObjectNode) file.path("estates").path(name).deepCopy();
        if (own.has("like")) {
            ObjectNode all = (ObjectNode) estate(file, own.path("like").asString());
            own.remove("like");
            all.setAll(own);
            return all;
        }
        return own;
    }
}
