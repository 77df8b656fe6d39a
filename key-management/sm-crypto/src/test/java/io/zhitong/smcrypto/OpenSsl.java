package io.zhitong.smcrypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The openssl command as a witness that shares no line with ours; data go in by standard input. */
final class OpenSsl {
    private record Ended(int status, byte[] output) {}

    private OpenSsl() {}

    static byte[] run(byte[] input, String... arguments) {
        Ended ended = ended(input, arguments);
        if (ended.status() != 0) {
            throw new AssertionError("openssl " + arguments[0] + " failed");
        }
        return ended.output();
    }

    static boolean succeeds(byte[] input, String... arguments) {
        return ended(input, arguments).status() == 0;
    }

    private static Ended ended(byte[] input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // both ways at once: a pipe holds less than a long input
            CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            }
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("openssl " + arguments[0] + " does not end");
            }
            return new Ended(process.exitValue(), output.join());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] all(InputStream in) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            in.transferTo(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
