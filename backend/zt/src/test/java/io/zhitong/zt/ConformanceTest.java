package io.zhitong.zt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/conformance.md and docs/survival.md name as evidence is there. */
final class ConformanceTest {
    private static final Pattern METHOD = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))\\.([a-z0-9_]+)`");
    private static final Pattern BENCH = Pattern.compile("`bin/bench ([a-z0-9-]+)`");
    /** A program that ends with 1 when its bound is not held. */
    private static final Pattern PROGRAM = Pattern.compile("`bin/(?:bench [a-z0-9-]+|image)`");

    private static final SourceTree TREE = SourceTree.ofThisBuild();

    private final Map<String, List<Path>> classes = new HashMap<>();

    ConformanceTest() {
        TREE.javaFiles("test")
                .forEach(file -> classes.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>())
                        .add(file));
    }

    @ParameterizedTest
    @CsvSource({"conformance.md, 1", "survival.md, 2"})
    void every_test_and_measurement_of_the_page_is_there(String name, int tables) {
        String page = read(TREE.root().resolve("docs").resolve(name));
        assertEquals(List.of(), missing(page));
        long rows = page.lines().filter(line -> line.startsWith("| ")).count() - tables;
        long proved = page.lines()
                .filter(line -> line.startsWith("| "))
                .filter(line ->
                        METHOD.matcher(line).find() || PROGRAM.matcher(line).find())
                .count();
        assertTrue(rows > 15, () -> rows + " requirements");
        assertEquals(rows, proved, "every requirement names its evidence");
    }

    @Test
    void a_planted_name_is_missed() {
        assertEquals(
                List.of("KillTest.never_was", "NobodyIT.did", "bench warp-drive"),
                missing("`KillTest.never_was` `NobodyIT.did` `bin/bench warp-drive` `bin/bench controller`"));
    }

    private List<String> missing(String page) {
        List<String> missing = new ArrayList<>();
        Matcher named = METHOD.matcher(page);
        while (named.find()) {
            if (classes.getOrDefault(named.group(1) + ".java", List.of()).stream()
                    .noneMatch(file -> read(file).contains("void " + named.group(2) + "("))) {
                missing.add(named.group(1) + "." + named.group(2));
            }
        }
        String benches = read(TREE.root().resolve("bin/bench"));
        Matcher measured = BENCH.matcher(page);
        while (measured.find()) {
            if (!Pattern.compile("(?<![a-z-])" + measured.group(1) + "(?![a-z-])")
                    .matcher(benches)
                    .find()) {
                missing.add("bench " + measured.group(1));
            }
        }
        return missing;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
