package io.zhitong.systemtests;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A door controller written in another language from the published pages alone, {@code src/test/node} (另一语言的设备). */
final class NodeDevice implements AutoCloseable {
    static final String NODE = "/usr/bin/node";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;
    private int read;

    /** Enrols with the demo's token of the controller and connects. */
    NodeDevice(RunningEstate estate, Path folder) throws IOException {
        log = folder.resolve("log");
        process = new ProcessBuilder(List.of(
                        NODE,
                        program("link-client.mjs"),
                        folder.toString(),
                        "127.0.0.1",
                        Integer.toString(estate.linkPort()),
                        Integer.toString(estate.enrolPort()),
                        estate.data().resolve("vault/ca-p256.pem").toString(),
                        estate.data().resolve("backend/demo/controller.token").toString()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
    }

    static String program(String name) {
        return RunningEstate.root()
                .resolve("system-tests/src/test/node")
                .resolve(name)
                .toString();
    }

    void tell(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(log(), e);
        }
    }

    /** The next line, after those awaited before, that matches as a whole; its first group, if it has one. */
    String awaits(String regex) {
        Pattern wanted = Pattern.compile("(?m)^" + regex + "$");
        return Await.value(() -> regex + " in\n" + log(), SOON, () -> {
            Matcher found = wanted.matcher(log());
            if (!found.find(read)) {
                return Optional.empty();
            }
            read = found.end();
            return Optional.of(found.groupCount() > 0 ? found.group(1) : found.group());
        });
    }

    /** A command with one bit of its message turned round. */
    static String flipped(String hex, int octet) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        bytes[octet] ^= 1;
        return HexFormat.of().formatHex(bytes);
    }

    boolean said(String regex) {
        return Pattern.compile("(?m)^" + regex + "$").matcher(log()).find();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
