package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/controller-launcher} itself, with programs of a few lines in its slots. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class LauncherScriptTest {

    private static final Path SCRIPT = Path.of(System.getProperty("zhitong.root"), "bin/controller-launcher");
    private static final int EVERY_CUT = 1_000;
    /** Says where it runs and that it is well, and ends when it is told. */
    private static final String GOOD = """
            #!/bin/sh
            trap 'exit 0' TERM
            slot=$(basename "$(dirname "$(dirname "$0")")")
            echo "$slot" >>"$ZHITONG_SLOTS/ran"
            : >"$ZHITONG_SLOTS/healthy"
            while :; do sleep 0.05; done
            """;

    @TempDir
    private Path folder;

    private Path slots;
    private Optional<Process> launcher = Optional.empty();
    private int trialSeconds = 30;

    @BeforeEach
    void slots() throws IOException {
        slots = folder.resolve("slots");
        Files.createDirectory(slots);
        Files.writeString(folder.resolve("controller.yaml"), "");
        put("a", "1.0.0.1", GOOD);
        Files.writeString(slots.resolve("current"), "a\n");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (launcher.isPresent()) {
            launcher.get().destroy();
            assertTrue(launcher.get().waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, launcher.get().exitValue());
        }
    }

    private void put(String slot, String version, String program) throws IOException {
        Path bin = Files.createDirectories(slots.resolve(slot).resolve("bin"));
        Files.writeString(bin.resolve("controller"), program);
        assertTrue(bin.resolve("controller").toFile().setExecutable(true));
        Files.writeString(slots.resolve(slot).resolve("version"), version + "\n");
    }

    private void launch() throws IOException {
        launcher = Optional.of(process("sh", SCRIPT.toString(), slots.toString(), "controller.yaml"));
    }

    private Process process(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("ZHITONG_TRIAL_SECONDS", Integer.toString(trialSeconds));
        return builder.start();
    }

    private String read(String file) {
        try {
            return Files.exists(slots.resolve(file)) ? Files.readString(slots.resolve(file)) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private void trial(String program) throws IOException {
        put("b", "1.0.0.2", program);
        Durable.write(slots.resolve("trial"), "b\n");
    }

    @Test
    void current_slot_runs_and_again_when_its_program_ends() throws IOException {
        put("a", "1.0.0.1", "#!/bin/sh\necho a >>\"$ZHITONG_SLOTS/ran\"\nexit 1\n");
        launch();
        Poll.until("second start", () -> read("ran").equals("a\na\n"));
    }

    @Test
    void update_that_becomes_healthy_stays() throws IOException {
        launch();
        Poll.until("a runs", () -> read("ran").equals("a\n"));
        trial(GOOD);
        Poll.until("b is current", () -> read("current").equals("b\n"));
        assertEquals("a\nb\n", read("ran"));
        Poll.until("trial is over", () -> !Files.exists(slots.resolve("trying")));
        assertFalse(Files.exists(slots.resolve("rolled-back")));
    }

    @Test
    void update_that_ends_by_itself_is_rolled_back_and_says_so() throws IOException {
        trial("#!/bin/sh\necho b >>\"$ZHITONG_SLOTS/ran\"\nexit 3\n");
        launch();
        Poll.until("a runs again", () -> read("ran").equals("b\na\n"));
        assertEquals("1.0.0.2 ended by itself\n", read("rolled-back"));
        assertEquals("a\n", read("current"));
    }

    @Test
    void update_that_never_becomes_healthy_is_ended_and_rolled_back() throws IOException {
        trialSeconds = 1;
        trial("#!/bin/sh\necho b >>\"$ZHITONG_SLOTS/ran\"\nexec sleep 60\n");
        launch();
        Poll.until("a runs again", () -> read("ran").equals("b\na\n"));
        assertEquals("1.0.0.2 not healthy within 1 s\n", read("rolled-back"));
    }

    @Test
    void update_without_a_program_is_rolled_back() throws IOException {
        Files.writeString(slots.resolve("trial"), "b\n");
        launch();
        Poll.until("a runs", () -> read("ran").equals("a\n"));
        assertEquals("unknown ended by itself\n", read("rolled-back"));
    }

    @Test
    void trial_that_was_stopped_on_request_is_tried_again() throws Exception {
        trial("#!/bin/sh\nexec sleep 60\n");
        launch();
        Poll.until("tried", () -> Files.exists(slots.resolve("trying")));
        stop();
        assertEquals("b\n", read("trial"));
        put("b", "1.0.0.2", GOOD);
        launch();
        Poll.until("b is current", () -> read("current").equals("b\n"));
    }

    @Test
    void wrong_usage_says_so() throws Exception {
        Process process = process("sh", SCRIPT.toString(), slots.toString());
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(2, process.exitValue());
    }

    /** The launcher and what it started are killed before its n-th command; a new one has to find a slot that was good. */
    @Test
    void power_cut_before_every_command_of_a_trial_leaves_a_slot_that_runs() throws Exception {
        int step = Integer.getInteger("zhitong.rounds", 0) >= EVERY_CUT ? 1 : 17;
        int cuts = 0;
        for (int at = 1; cutBefore(at); at += step) {
            cuts++;
            Files.deleteIfExists(slots.resolve("ran"));
            launch();
            Poll.until("something runs after cut " + cuts, () -> !read("ran").isEmpty());
            Poll.until(
                    "it is what is current",
                    () -> read("ran").endsWith(read("current").isEmpty() ? "a\n" : read("current"))
                            && !Files.exists(slots.resolve("trying")));
            assertTrue(Set.of("a\n", "b\n").contains(read("current")), "cut before command " + at);
            stop();
            launcher = Optional.empty();
            Files.writeString(slots.resolve("current"), "a\n");
        }
        assertTrue(cuts >= 3, cuts + " cuts");
    }

    /** @return whether it was killed before the update was current */
    private boolean cutBefore(int command) throws Exception {
        Files.deleteIfExists(slots.resolve("healthy"));
        trial(GOOD);
        String killer = "n=0; trap 'n=$((n+1)); [ $n -lt " + command + " ] || kill -9 -- -$$' DEBUG; . " + SCRIPT;
        Process process =
                process(List.of("setsid", "bash", "-T", "-c", killer, "launcher", slots.toString(), "controller.yaml")
                        .toArray(String[]::new));
        Poll.until("cut or done", () -> !process.isAlive() || read("current").equals("b\n"));
        boolean early = !process.isAlive();
        process.destroy();
        process.waitFor(30, TimeUnit.SECONDS);
        return early;
    }
}
