package io.zhitong.virtualcard.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.virtualcard.CardProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell as a process of its own. */
class ShellProcessIT {
    @TempDir
    private Path directory;

    private record Outcome(int code, List<String> lines) {}

    private Outcome run(String input, String... options) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "shell", ".out");
        List<String> arguments = new ArrayList<>(List.of("shell"));
        arguments.addAll(List.of(options));
        Process process = CardProgram.start(output, arguments.toArray(String[]::new));
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return new Outcome(process.exitValue(), Files.readAllLines(output));
    }

    @Test
    void card_kept_in_a_file_is_there_in_the_next_run() throws IOException, InterruptedException {
        String file = directory.resolve("a.card").toString();
        Outcome first = run("80E00015072800 04F0F0FF00\n00D6950004A1A2A3A4\n", "--file", file);
        assertEquals(new Outcome(0, List.of("9000", "9000")), first);
        assertEquals(new Outcome(0, List.of("A1A2A3A49000")), run("00B0950000\n", "--file", file));
        Outcome other = run("00B0950000\n", "--file", file, "--profile", "psam");
        assertEquals(2, other.code());
        assertEquals(1, other.lines().size());
    }

    @Test
    void community_card_shows_a_chip_number() throws IOException, InterruptedException {
        Outcome outcome = run("00B0850000\n", "--profile", "community");
        assertEquals(0, outcome.code());
        assertTrue(outcome.lines().get(0).matches("0{16}[0-9A-F]{16}0{28}9000"), outcome.toString());
    }

    @Test
    void wrong_options_and_files_are_one_line_and_a_code() throws IOException, InterruptedException {
        Path junk = Files.writeString(directory.resolve("junk"), "no card");
        assertEquals(2, run("", "--profile", "gold").code());
        assertEquals(2, run("", "--random", "0x1").code());
        Outcome noCard = run("", "--file", junk.toString());
        assertEquals(3, noCard.code());
        assertEquals(1, noCard.lines().size());
        assertEquals(
                3,
                run("", "--profile", "community", "--transport-key", junk.toString())
                        .code());
        assertEquals(1, run("0084000008\n", "--random", "01").code());
    }
}
