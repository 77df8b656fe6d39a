package io.zhitong.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command as a user would (命令行). */
final class Shell {
    private Shell() {}

    /** How a command ended; {@code text} is both its streams. */
    record Result(int exitCode, String text) {
        Result succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + ":\n" + text);
            }
            return this;
        }
    }

    static Result run(Duration limit, String... command) {
        return run(limit, Map.of(), RunningEstate.root(), command);
    }

    static Result run(Duration limit, Map<String, String> environment, Path folder, String... command) {
        try {
            Path out = Files.createTempFile("zhitong", ".out");
            Process process = start(out, environment, folder, command);
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
                process.waitFor();
            }
            String text = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
            Files.delete(out);
            if (!ended) {
                throw new AssertionError(List.of(command) + " ran longer than " + limit + ":\n" + text);
            }
            return new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Started and left running; both streams go to the file. */
    static Process start(Path out, Map<String, String> environment, Path folder, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
