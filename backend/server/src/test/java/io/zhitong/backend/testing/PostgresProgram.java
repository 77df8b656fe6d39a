package io.zhitong.backend.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL's program files, unpacked once for all tests: a data folder of its own would unpack them again, for seconds. */
public final class PostgresProgram {
    private PostgresProgram() {}

    /** Before the first start on that data folder. */
    public static void shareIn(Path data) {
        try {
            Path shared = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg"));
            Files.createSymbolicLink(
                    Files.createDirectories(data.resolve("backend")).resolve("pg-program"), shared);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
