package io.zhitong.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where benchmarks keep files (基准测试目录): on the disk that is measured, below {@code zhitong.bench.data}. */
final class Workspace {
    private Workspace() {}

    /** A new empty folder. */
    static Path folder(String name) {
        try {
            Path root = Files.createDirectories(Path.of(System.getProperty("zhitong.bench.data", "target/data")));
            return Files.createTempDirectory(root.toAbsolutePath(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
