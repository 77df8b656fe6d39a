package io.zhitong.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A second backend beside the one of an estate (第二个后台): a process of its own with its own folder and machine certificate, on the
 * same PostgreSQL and the same vault. Between it and the devices lies a {@link Cable} of its own.
 */
final class SecondBackend implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final int CABLES = 10;

    private final Path data = Folders.fresh("second-backend");
    private final int port = RunningEstate.freePorts();
    private final String url;
    private final int vaultPort;
    private final Cable link = new Cable(port + CABLES + 1, port + 1);
    private final Cable enrolment = new Cable(port + CABLES + 2, port + 2);
    private Process process;

    /** What an installer does: the authority's certificate and a token for this machine. */
    SecondBackend(Path vault, int vaultPort, String databaseUrl) {
        this.url = databaseUrl;
        this.vaultPort = vaultPort;
        try {
            Path folder = Files.createDirectories(data.resolve("vault"));
            for (String each : new String[] {"ca.pem", "ca-p256.pem", "backend.token"}) {
                Files.copy(vault.resolve(each), folder.resolve(each));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = start();
    }

    private Process start() {
        try {
            ProcessBuilder program = new ProcessBuilder(
                            RunningEstate.root().resolve("bin/lib/program").toString(),
                            "backend",
                            "--data",
                            data.toString(),
                            "--port",
                            Integer.toString(port),
                            "--db",
                            "pg",
                            "--no-demo")
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(Redirect.appendTo(log().toFile()));
            program.environment()
                    .put(
                            "ZHITONG_BACKEND_OPTIONS",
                            "--zhitong.database.url=" + url + " --zhitong.vault-port=" + vaultPort);
            Process started = program.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return data.resolve("backend.log");
    }

    void awaitReady() {
        Await.until("the second backend's devices may connect", START, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the second backend ended while starting:\n" + said());
            }
            return RunningEstate.listening(port + 1);
        });
    }

    private String said() {
        try {
            return Files.readString(log(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL, and what devices had with it ends. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void startAgain() {
        process = start();
        awaitReady();
    }

    String consoleUrl() {
        return "http://localhost:" + port;
    }

    /** The cable by which devices reach it. */
    Cable link() {
        return link;
    }

    /** As a device's configuration names it: HOST:LINK:ENROL. */
    String address() {
        return "127.0.0.1:" + (port + CABLES + 1) + ":" + (port + CABLES + 2);
    }

    @Override
    public void close() {
        process.destroy();
        link.close();
        enrolment.close();
    }
}
