package io.zhitong.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code bin/start} at a terminal of its own (命令行启动): Ctrl-C reaches everything in its foreground, as it does at a real one. */
final class Started implements AutoCloseable {
    private final Path data;
    private final int port;
    private final Path out;
    private final Process process;

    private Started(Path data, int port, Path out, Process process) {
        this.data = data;
        this.port = port;
        this.out = out;
        this.process = process;
    }

    static Started on(Path data, int port, String... options) {
        return on(data, port, Map.of(), options);
    }

    /** With variables of the environment, for the programs. */
    static Started on(Path data, int port, Map<String, String> environment, String... options) {
        // Tests started in the background inherit an ignored SIGINT, which no shell script can take back; a terminal
        // has none.
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/setsid",
                "/usr/bin/env",
                "--default-signal=INT",
                "bin/start",
                "--data",
                data.toString(),
                "--port",
                Integer.toString(port)));
        command.addAll(List.of(options));
        try {
            Path out = Files.createTempFile("zhitong-start", ".out");
            Process process = Shell.start(out, environment, RunningEstate.root(), command.toArray(String[]::new));
            return new Started(data, port, out, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Started ready() {
        Await.until("ready", Duration.ofSeconds(90), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("bin/start ended:\n" + said());
            }
            return said().contains("Zhitong is ready: " + url());
        });
        return this;
    }

    String url() {
        return "http://localhost:" + port;
    }

    String said() {
        try {
            return new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Shell.Result status() {
        return Shell.run(Duration.ofSeconds(10), "bin/start", "--status", "--data", data.toString());
    }

    long processOf(Role role) {
        try {
            return Long.parseLong(Files.readString(data.resolve("run/" + role.word() + ".pid"))
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every process with these data on its command line, or below one that has. */
    List<ProcessHandle> left() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(each -> commandLine(each).contains(data + "/")
                            || commandLine(each).contains(data + " "))
                    .toList();
        }
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    int controlC() {
        Shell.run(Duration.ofSeconds(5), "/usr/bin/env", "kill", "-INT", "--", "-" + process.pid());
        return ended(Duration.ofSeconds(40)).orElseThrow(() -> new AssertionError("bin/start goes on:\n" + said()));
    }

    Optional<Integer> ended(Duration patience) {
        try {
            return process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)
                    ? Optional.of(process.exitValue())
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            if (ended(Duration.ofSeconds(40)).isEmpty()) {
                process.destroyForcibly();
            }
        }
        left().forEach(ProcessHandle::destroyForcibly);
    }
}
