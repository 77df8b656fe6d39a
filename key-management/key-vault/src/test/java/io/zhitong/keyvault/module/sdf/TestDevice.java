package io.zhitong.keyvault.module.sdf;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The test device of src/test/c, built once for each JVM. One device for all: faults are cleared before each test. */
public final class TestDevice {
    /** What the device answers to beside GM/T 0018. */
    public interface Control extends Library {
        void zt_sdf_faults(String names);

        void zt_sdf_lose(int device);

        int zt_sdf_open_sessions();

        int zt_sdf_keys();
    }

    private static final class Built {
        static final Path LIBRARY = build("libtestsdf.so");
        static final Control CONTROL = Native.load(LIBRARY.toString(), Control.class);
    }

    private TestDevice() {}

    public static Path library() {
        boolean there = Files.exists(Path.of("/usr/bin/gcc")) && Files.exists(Path.of("/usr/include/openssl/evp.h"));
        assumeTrue(there || "1".equals(System.getenv("ZHITONG_REQUIRE_ALL")), "left out: needs gcc and libssl-dev");
        return Built.LIBRARY;
    }

    public static Control control() {
        library();
        return Built.CONTROL;
    }

    public static SdfSettings settings(String pin) {
        return settings(library(), pin);
    }

    public static SdfSettings settings(Path library, String pin) {
        return new SdfSettings(library, SecretBytes.takeOver(pin.getBytes(StandardCharsets.US_ASCII)), 1, 1);
    }

    /** The library under another name or with other settings of the compiler. */
    public static Path build(String name, String... flags) {
        Path sources = Path.of(System.getProperty("zhitong.root"), "key-management/key-vault/src/test/c");
        try {
            Path folder = Files.createTempDirectory("testsdf");
            Path built = folder.resolve(name);
            List<String> command = new ArrayList<>(List.of(
                    "gcc", "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-O2", "-shared", "-fPIC"));
            command.addAll(List.of(flags));
            command.addAll(List.of(
                    "-o",
                    built.toString(),
                    sources.resolve("libsdf.c").toString(),
                    sources.resolve("sm.c").toString(),
                    "-lcrypto",
                    "-lpthread"));
            Process compiler =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = compiler.waitFor(60, TimeUnit.SECONDS);
            assertEquals("0 ", (ended ? compiler.exitValue() : -1) + " " + said);
            built.toFile().deleteOnExit();
            folder.toFile().deleteOnExit();
            return built;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
