package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RenewalKillTest {

    @TempDir
    Path folder;

    /** Each kill falls on another place of the cycle; whatever it was, key and certificate that are there belong together. */
    @Test
    void kill_9_in_the_middle_of_a_switch_leaves_one_whole_identity() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Set<String> left = new HashSet<>();
        for (int round = 0; round < 4; round++) {
            List<String> said = renewUntilKilled(data, 6 + 7 * round, round);
            String serial = MachineIdentity.load(MachineProfile.SM2, data, "device")
                    .chain()
                    .get(0)
                    .getSerialNumber()
                    .toString(16);
            assertFalse(said.subList(0, said.size() - 1).contains("serial " + serial), "never an older one");
            left.add(serial);
        }
        assertTrue(left.size() == 4, "each process switched");
    }

    private List<String> renewUntilKilled(Path data, int lines, int round) throws Exception {
        Path said = folder.resolve("said-" + round);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRenewer.class.getName(),
                        data.toString())
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Poll.until(lines + " renewals", () -> told(said).size() >= lines);
        } finally {
            process.destroyForcibly(); // SIGKILL
        }
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return told(said);
    }

    private static List<String> told(Path said) {
        try (Stream<String> lines = Files.lines(said)) {
            return lines.filter(line -> line.matches("serial [0-9a-f]{20,32}")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
