package io.zhitong.keyvault.module.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Library;
import com.sun.jna.Native;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A SoftHSM token in a folder of its own, made once for each JVM. */
final class TestToken {
    private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    private static final String CONFIGURATION = "SOFTHSM2_CONF";

    private interface Libc extends Library {
        int setenv(String name, String value, int overwrite);
    }

    private static final class Made {
        static final Path TOKENS = make();
    }

    private TestToken() {}

    static Pkcs11Settings settings(String pin) {
        boolean there = Files.exists(LIBRARY) && Files.isExecutable(Path.of("/usr/bin/softhsm2-util"));
        assumeTrue(there || "1".equals(System.getenv("ZHITONG_REQUIRE_ALL")), "left out: needs softhsm2");
        assertEquals(true, Files.isDirectory(Made.TOKENS));
        return new Pkcs11Settings(LIBRARY, 0, SecretBytes.takeOver(pin.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("testtoken");
            Path tokens = Files.createDirectory(folder.resolve("tokens"));
            Path configuration = Files.writeString(
                    folder.resolve("softhsm2.conf"),
                    "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
            ProcessBuilder builder = new ProcessBuilder(
                    "softhsm2-util",
                    "--init-token",
                    "--free",
                    "--label",
                    "zhitong",
                    "--pin",
                    "2468",
                    "--so-pin",
                    "1357");
            builder.environment().put(CONFIGURATION, configuration.toString());
            Process util = builder.redirectErrorStream(true).start();
            String said = new String(util.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, util.waitFor(30, TimeUnit.SECONDS) ? util.exitValue() : -1, said);
            // The library reads its environment in this process, when the provider loads it.
            Native.load("c", Libc.class).setenv(CONFIGURATION, configuration.toString(), 1);
            return tokens;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Everything the token keeps on disk, as one text of bytes. */
    static String onDisk() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.walk(Made.TOKENS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
