package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/start} promises in its help: a start, a second start, a stop, and every way not to start. */
final class StartIT {
    private static final Duration QUICK = Duration.ofSeconds(20);

    private static Shell.Result start(String... options) {
        String[] command = new String[options.length + 1];
        command[0] = "bin/start";
        System.arraycopy(options, 0, command, 1, options.length);
        return Shell.run(QUICK, command);
    }

    private static void assertOneLine(int exitCode, String words, Shell.Result result) {
        assertEquals(exitCode, result.exitCode(), result.text());
        assertEquals(1, result.text().lines().count(), result.text());
        assertTrue(result.text().contains(words), result.text());
    }

    @Test
    void wrong_options_are_one_line_and_exit_code_2() {
        assertOneLine(2, "unknown option --nonsense", start("--nonsense"));
        assertOneLine(2, "--port needs a number", start("--port", "http"));
        assertOneLine(2, "--port needs a number", start("--port", "80"));
        assertOneLine(2, "--port needs a value", start("--port"));
        assertOneLine(2, "--db is h2 or pg", start("--db", "oracle"));
    }

    @Test
    void help_names_every_option() {
        Shell.Result help = start("--help").succeeded();
        for (String option : List.of("--port", "--data", "--db h2|pg", "--no-demo", "--status", "--help")) {
            assertTrue(help.text().contains(option), option);
        }
    }

    @Test
    void taken_port_is_named_before_anything_starts(@TempDir Path data) throws IOException {
        int port = RunningEstate.freePorts();
        try (ServerSocket taken = new ServerSocket(port + 3, 1, InetAddress.getLoopbackAddress())) {
            assertOneLine(
                    3,
                    "port " + taken.getLocalPort() + " is taken",
                    start("--data", data.toString(), "--port", Integer.toString(port)));
        }
        assertFalse(Files.exists(data.resolve("logs/vault.log")), "nothing was started");
    }

    @Test
    void folder_that_cannot_be_written_is_named(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertOneLine(3, "cannot write to " + file + "/data", start("--data", file + "/data"));
    }

    @Test
    void full_disk_is_named(@TempDir Path folder) throws IOException {
        Path tools = tool(folder, "df", "echo Filesystem; echo /dev/x 100 99 1024 99% /");
        Shell.Result result = Shell.run(
                QUICK,
                Map.of("PATH", tools + ":" + System.getenv("PATH")),
                RunningEstate.root(),
                "bin/start",
                "--data",
                folder.resolve("data").toString());
        assertOneLine(3, "has 1 MB free, 128 MB are needed", result);
    }

    @Test
    void older_java_is_named_with_what_to_do(@TempDir Path folder) throws IOException {
        Path tools = tool(folder, "java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
        Shell.Result result = Shell.run(
                QUICK,
                Map.of("PATH", tools + ":" + System.getenv("PATH"), "JAVA_HOME", ""),
                RunningEstate.root(),
                "bin/start",
                "--data",
                folder.resolve("data").toString());
        assertOneLine(3, "JDK 17 or later is needed", result);
        assertTrue(result.text().contains("is 11: set JAVA_HOME"), result.text());
        Shell.Result none =
                Shell.run(QUICK, Map.of("JAVA_HOME", folder.toString()), RunningEstate.root(), "bin/zt", "version");
        assertOneLine(3, "no Java found", none);
    }

    @Test
    void the_command_line_loads_nothing_that_only_one_of_its_commands_needs() {
        Map<String, String> telling = Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load");
        String loaded = Shell.run(QUICK, telling, RunningEstate.root(), "bin/zt", "version")
                .succeeded()
                .text();
        assertTrue(loaded.contains("picocli.CommandLine "), "the classes are told");
        for (String costly : List.of("java.net.http.", "sun.security.ssl.", "org.bouncycastle.", "tools.jackson.")) {
            assertFalse(loaded.contains("] " + costly), costly);
        }
    }

    private static Path tool(Path folder, String name, String script) throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        Path tool = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        return tools;
    }

    @Test
    void status_of_a_folder_on_which_nothing_ran_is_one_line(@TempDir Path data) {
        assertOneLine(3, "nothing was ever started", start("--status", "--data", data.toString()));
    }

    /** One story, because each start costs seconds: run, stop, run again, lose a program. */
    @Test
    void what_was_done_before_a_stop_is_there_after_it_and_a_program_that_dies_takes_all_down() throws IOException {
        Path data = Folders.fresh("start");
        int port = RunningEstate.freePorts();
        try (Started first = Started.on(data, port).ready()) {
            assertTrue(first.said().contains("password zhitong-demo"), first.said());
            Shell.Result status = first.status().succeeded();
            assertEquals(
                    5,
                    status.text()
                            .lines()
                            .filter(line -> line.contains(" ready "))
                            .count(),
                    status.text());
            assertTrue(status.text().contains(first.url()), status.text());
            assertOneLine(
                    3,
                    "is in use by another bin/start",
                    start("--data", data.toString(), "--port", Integer.toString(port + 6)));
            try (Hands hands = new Hands(port + 5)) {
                Desk desk = new Desk(first.url(), hands);
                desk.issue("card-1");
                desk.load("card-1", 75);
            }
            assertStopsCleanly(first);
        }
        try (Started second = Started.on(data, port).ready()) {
            try (Hands hands = new Hands(port + 5)) {
                assertTrue(
                        new Desk(second.url(), hands).shown("card-1").contains("data-fen=\"7500\""),
                        "the card is issued and has its money");
                assertEquals(7_500, hands.balance("card-1", "desk"));
            }
            String wall = Console.of(second.url(), "property").get("/wall");
            assertTrue(wall.contains("新建日志"), "the first event of the first run is kept: " + wall);
            assertDiesWithItsLog(second, Role.CARDWORLD);
        }
    }

    static void assertStopsCleanly(Started started) {
        assertFalse(started.left().isEmpty(), "the search for processes finds those that run");
        assertEquals(0, started.controlC(), started.said());
        assertTrue(started.said().contains("stopped"), started.said());
        assertFalse(started.said().contains("was killed"), started.said());
        assertEquals(List.of(), started.left(), "processes left");
    }

    private static void assertDiesWithItsLog(Started started, Role role) {
        assertTrue(ProcessHandle.of(started.processOf(role)).orElseThrow().destroyForcibly());
        assertEquals(1, started.ended(Duration.ofSeconds(40)).orElseThrow(), started.said());
        assertTrue(started.said().contains(role.word() + " ended by itself (exit code 137)"), started.said());
        assertTrue(started.said().contains("logs/" + role.word() + ".log"), started.said());
        assertFalse(started.said().contains("was killed"), started.said());
        assertEquals(List.of(), started.left(), "processes left");
        assertEquals(1, started.status().exitCode(), started.status().text());
    }
}
