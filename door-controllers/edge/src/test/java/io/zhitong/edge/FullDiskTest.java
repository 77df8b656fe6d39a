package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Tombstone;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel refuses writes beyond a size, as a full disk does: the limit of the process for its files, set before it starts
 * and lifted while it runs.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FullDiskTest {
    private static final int KIB = 4_096;

    @TempDir
    Path folder;

    @Test
    void journal_whose_writes_fail_answers_everybody_stays_readable_and_goes_on_when_there_is_room() throws Exception {
        List<String> stored = new ArrayList<>();
        Process process = start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            int readable = untilLost(said, stored);
            assertTrue(stored.size() > 300, stored.size() + " records fit");
            for (int again = 0; again < 3; again++) {
                go(process);
                assertEquals(readable, untilLost(said, stored), "refused again, what is there can be read");
            }
            int before = stored.size();
            giveRoom(process);
            go(process);
            while (stored.size() < before + 200) {
                String line = said.readLine();
                assertNotNull(line, "the process lives on");
                assertTrue(line.startsWith("stored "), line);
                stored.add(line);
            }
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertNothingOfItIsLost(stored, 4);
    }

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        "/bin/bash",
                        "-c",
                        "ulimit -S -f " + KIB + " && exec \"$@\"",
                        "limited",
                        java,
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SqueezedWriter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void go(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    private static void giveRoom(Process process) throws Exception {
        Process lifting = new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited")
                .inheritIO()
                .start();
        assertEquals(0, lifting.waitFor());
    }

    /** @return how many records it could still read when the next could not be written */
    private static int untilLost(BufferedReader said, List<String> stored) throws IOException {
        String line = said.readLine();
        while (line != null && line.startsWith("stored ")) {
            stored.add(line);
            line = said.readLine();
        }
        assertNotNull(line, "the process lives on");
        assertTrue(line.startsWith("lost, readable up to "), line);
        return Integer.parseInt(line.substring("lost, readable up to ".length()));
    }

    private void assertNothingOfItIsLost(List<String> stored, int lost) {
        try (Journal survivor = Journals.open(folder)) {
            List<JournalRecord> held = Journals.all(survivor);
            assertTrue(Journals.chained(held));
            List<String> found = held.stream()
                    .map(record -> "stored " + record.sequence() + " " + record.hash())
                    .toList();
            assertTrue(found.containsAll(stored));
            List<Tombstone> tombstones = held.stream()
                    .filter(record -> record.kind() == EventKind.RECORDS_LOST)
                    .map(record -> Tombstone.decode(record.body().toByteArray()))
                    .toList();
            assertEquals(1, tombstones.size());
            assertEquals(Tombstone.Cause.NOT_WRITTEN, tombstones.get(0).cause());
            assertEquals(lost, tombstones.get(0).count());
        }
    }
}
