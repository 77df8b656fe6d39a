package io.zhitong.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What one {@code bin/start} runs (bin/start 启动的演示社区), as a newcomer starts it; ended by SIGTERM. */
final class StartedEstate implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(120);
    private static final long STOP_SECONDS = 40;

    private final Path data;
    private final int port;
    private final Path output;
    private final Process process;

    private StartedEstate(Path data, int port, Path output, Process process) {
        this.data = data;
        this.port = port;
        this.output = output;
        this.process = process;
    }

    /** Ready to be used. */
    static StartedEstate on(Path folder, String database) {
        try {
            Path data = folder.toAbsolutePath().resolve(database);
            Path output = folder.toAbsolutePath().resolve(database + ".out");
            int port = RunningEstate.freePorts();
            Process process = Shell.start(
                    output,
                    Map.of(),
                    RunningEstate.root(),
                    "bin/start",
                    "--data",
                    data.toString(),
                    "--port",
                    Integer.toString(port),
                    "--db",
                    database);
            StartedEstate estate = new StartedEstate(data, port, output, process);
            estate.awaitReady();
            return estate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        try {
            Await.until("bin/start says ready", START, () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("bin/start ended:\n" + said());
                }
                return said().contains("Zhitong is ready: " + url());
            });
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    /** What bin/start has printed so far. */
    String said() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return data;
    }

    String url() {
        return "http://localhost:" + port;
    }

    InetSocketAddress till() {
        return RunningEstate.at(port + 4);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("bin/start did not stop within " + STOP_SECONDS + " s:\n" + said());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
