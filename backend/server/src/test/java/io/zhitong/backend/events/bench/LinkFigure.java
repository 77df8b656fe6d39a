package io.zhitong.backend.events.bench;

import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.link.LinkServer;
import io.zhitong.link.LinkServerOptions;
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
import java.time.Clock;
import java.util.Locale;

/**
 * Devices in another process bring over TLS what gathered in their journals while the backend was away (断网补传): from their
 * first connection to the last acknowledgement, and until a reader of the store has seen all.
 */
record LinkFigure(int events, double seconds, double readSeconds) {
    static final int DEVICES = 20;

    static LinkFigure measure(TestDatabase database, Path folder, int events) {
        Durable.require(database);
        BenchEstate estate = BenchEstate.create(folder, DEVICES);
        TestEvents store = new TestEvents(database, (device, message, signature) -> true, Clock.systemUTC());
        CountingReader reader = new CountingReader(store.reader());
        LinkServerOptions options = LinkServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (LinkServer server = LinkServer.start(options, estate::backend, new StoringHandler(store.store()))) {
            return measure(folder, server.port(), events, reader);
        }
    }

    private static LinkFigure measure(Path folder, int port, int events, CountingReader reader) {
        try {
            Process devices = start(folder, port, events);
            try (BufferedReader said = new BufferedReader(
                            new InputStreamReader(devices.getInputStream(), StandardCharsets.UTF_8));
                    Writer tell = new OutputStreamWriter(devices.getOutputStream(), StandardCharsets.UTF_8)) {
                expect(said, "ready");
                long begun = System.nanoTime();
                tell.write("go\n");
                tell.flush();
                reader.start();
                expect(said, "done");
                double seconds = (System.nanoTime() - begun) / 1e9;
                reader.finish(events);
                return new LinkFigure(events, seconds, (System.nanoTime() - begun) / 1e9);
            } finally {
                devices.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(Path folder, int port, int events) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx768m",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BenchDevices.class.getName(),
                        folder.toString(),
                        String.valueOf(port),
                        String.valueOf(DEVICES),
                        String.valueOf(events / DEVICES))
                .redirectError(
                        Files.createDirectories(folder).resolve("devices.log").toFile())
                .start();
    }

    private static void expect(BufferedReader said, String word) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.equals(word)) {
                return;
            }
        }
        throw new IllegalStateException("the devices' process ended before it said " + word);
    }

    double rate() {
        return events / seconds;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "断网补传: %,d events of %d devices in another process, TLS, chain check, stored: %.1f s, %s; read by a"
                        + " cursor after %.1f s (target 10,000/s; 1,000,000 in 120 s)",
                events,
                DEVICES,
                seconds,
                EventBench.perSecond(rate()),
                readSeconds);
    }
}
