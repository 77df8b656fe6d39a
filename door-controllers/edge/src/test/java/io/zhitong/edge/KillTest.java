package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.JournalRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KillTest {

    @TempDir
    Path folder;

    @Test
    void kill_9_loses_nothing_that_append_returned_and_doubles_nothing() throws Exception {
        List<String> told = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            told.addAll(writeUntilKilled(100, round));
        }
        try (Journal survivor = Journals.open(folder)) {
            List<JournalRecord> held = Journals.all(survivor);
            assertTrue(Journals.chained(held));
            List<String> stored = held.stream()
                    .map(record -> record.sequence() + " " + record.hash())
                    .toList();
            assertTrue(stored.containsAll(told));
            assertEquals(stored.size(), stored.stream().distinct().count());
            assertEquals(4, survivor.boot());
        }
    }

    /** What the process had said by the time it was gone, as whole lines; its output is a file that outlives it. */
    private List<String> writeUntilKilled(int lines, int round) throws Exception {
        Path said = folder.resolve("said-" + round);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString())
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Poll.until(lines + " records", () -> told(said).size() >= lines);
        } finally {
            process.destroyForcibly(); // SIGKILL
        }
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return told(said);
    }

    private static List<String> told(Path said) {
        try (Stream<String> lines = Files.lines(said)) {
            return lines.filter(line -> line.matches("[0-9]+ [0-9A-F]{64}")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
