package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hand-written cases, each with the sentence of docs/policy.md it stands for. */
class VectorTest {

    private static final Path FOLDER = Path.of(System.getProperty("zhitong.root"), "test-vectors", "decision");

    @TestFactory
    Stream<DynamicTest> hand_written_cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> all = files.filter(f -> f.toString().endsWith(".json"))
                    .filter(f -> !read(f).has("format"))
                    .toList();
            assertTrue(all.size() >= 2, "the vectors are where they are looked for");
            return all.stream().flatMap(VectorTest::casesOf);
        }
    }

    @Test
    void changed_expectation_is_noticed() {
        VectorWorld world = new VectorWorld(read(FOLDER.resolve("doors.json")));
        JsonNode lost = StreamSupport.stream(world.cases().spliterator(), false)
                .filter(c -> c.path("name").asString().equals("lost card"))
                .findFirst()
                .orElseThrow();
        assertEquals("DENY LOST", world.outcome(lost));
    }

    private static Stream<DynamicTest> casesOf(Path file) {
        VectorWorld world = new VectorWorld(read(file));
        return StreamSupport.stream(world.cases().spliterator(), false)
                .map(c -> DynamicTest.dynamicTest(
                        file.getFileName() + ": " + c.path("name").asString(), () -> check(world, c)));
    }

    private static void check(VectorWorld world, JsonNode one) {
        assertFalse(one.path("policy").asString("").isEmpty(), "every case quotes its sentence");
        assertEquals(one.path("expect").asString(), world.outcome(one));
        Explanation explanation = Engine.explain(world.request(one), world.policy());
        if (one.has("rule")) {
            List<Long> rules = explanation.decision().rules().toList();
            assertTrue(rules.contains(one.path("rule").asLong()), () -> "rules: " + rules);
        }
        if (one.has("change")) {
            assertEquals(
                    List.of(one.path("change").asString()),
                    explanation.changes().stream().map(Change::chinese).toList());
            explanation.changes().forEach(change -> assertFalse(change.english().isBlank()));
        }
    }

    private static JsonNode read(Path file) {
        return new JsonMapper().readTree(file);
    }
}
