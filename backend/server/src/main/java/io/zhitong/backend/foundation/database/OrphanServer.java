package io.zhitong.backend.foundation.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The PostgreSQL left behind by a backend that was killed (遗留数据库进程): it holds the data directory, so it is stopped first. */
final class OrphanServer {
    private static final Duration STOP = Duration.ofSeconds(30);

    private OrphanServer() {}

    /**
     * Stops the server that runs on this data directory, if there is one. The process number in the lock file may long
     * belong to somebody else, another PostgreSQL even: only a server started on this very directory is stopped.
     *
     * @throws DatabaseUnavailable when it does not end
     */
    static void stop(Path data) {
        Path pidFile = data.resolve("postmaster.pid");
        if (Files.exists(pidFile)) {
            pid(pidFile)
                    .flatMap(ProcessHandle::of)
                    .filter(process -> isServerOf(process, data))
                    .ifPresent(process -> stop(process, data));
        }
    }

    /** Empty for a file that a power cut left without its first line; PostgreSQL says itself what to do about it. */
    private static Optional<Long> pid(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("[1-9][0-9]{0,17}"))
                    .map(Long::valueOf);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be read: " + file, e);
        }
    }

    private static boolean isServerOf(ProcessHandle process, Path data) {
        ProcessHandle.Info info = process.info();
        return info.command().filter(command -> command.endsWith("/postgres")).isPresent()
                && info.arguments()
                        .filter(words -> Arrays.asList(words).contains(data.toString()))
                        .isPresent();
    }

    private static void stop(ProcessHandle process, Path data) {
        try {
            process.destroy();
            process.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new DatabaseUnavailable(
                    "an older PostgreSQL (process " + process.pid() + ") still holds " + data + ": stop it", e);
        }
    }
}
