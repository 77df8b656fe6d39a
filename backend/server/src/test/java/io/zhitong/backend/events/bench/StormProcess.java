package io.zhitong.backend.events.bench;

import io.zhitong.machinetls.MachineProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts, asks and kills a {@link StormBackend} (网关进程控制). One caller. */
final class StormProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;
    private final Writer tell;
    private final int port;

    /** Returns when it listens. */
    StormProcess(Path folder, MachineProfile profile, String url, int port) {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx2g",
                            "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                            "-cp",
                            System.getProperty("java.class.path"),
                            StormBackend.class.getName(),
                            folder.toString(),
                            profile.name(),
                            url,
                            String.valueOf(port))
                    .redirectError(Files.createDirectories(folder)
                            .resolve("backend.log")
                            .toFile())
                    .start();
            said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            tell = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
            this.port = Integer.parseInt(line("ready ").substring("ready ".length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line(String beginning) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IllegalStateException("the backend's process ended before it said " + beginning);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Bytes in use after a collection. */
    long memory() {
        try {
            tell.write("memory\n");
            tell.flush();
            return Long.parseLong(said.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
