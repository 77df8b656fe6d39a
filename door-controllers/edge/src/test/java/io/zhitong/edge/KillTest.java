package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.JournalRecord;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
            told.addAll(writeUntilKilled(100));
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

    private List<String> writeUntilKilled(int lines) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> told = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            while (told.size() < lines) {
                told.add(out.readLine());
            }
            process.destroyForcibly(); // SIGKILL
            // What it had said before the signal reached it is a promise as well.
            out.lines().filter(line -> line.matches("[0-9]+ [0-9A-F]{64}")).forEach(told::add);
        }
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return told;
    }
}
