package io.zhitong.backend.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where servers of the tests keep their files: in memory where that has 2 GiB free, so that no test waits for the disk of others. */
final class Scratch {
    private static final File MEMORY = new File("/dev/shm");
    // A figure is measured on the disk: see bin/bench.
    private static final boolean IN_MEMORY =
            !Boolean.getBoolean("zhitong.scratch.disk") && MEMORY.canWrite() && MEMORY.getUsableSpace() >= 2L << 30;

    private Scratch() {}

    static boolean inMemory() {
        return IN_MEMORY;
    }

    static Path directory(String prefix) {
        try {
            return IN_MEMORY ? Files.createTempDirectory(MEMORY.toPath(), prefix) : Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
