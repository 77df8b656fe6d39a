package io.zhitong.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of the tests under {@code target/estates}: emptied at the start, kept at the end, so that a failure can be read. */
final class Folders {
    private static final Path ALL =
            RunningEstate.root().resolve("system-tests/target/estates").toAbsolutePath();

    private Folders() {}

    static Path fresh(String name) {
        Path folder = ALL.resolve(name);
        try {
            if (Files.exists(folder)) {
                delete(folder);
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The embedded database's program lies unpacked in one place for all of them; these data will find it there. */
    static void databaseProgram(Path home) {
        try {
            Path program = Files.createDirectories(ALL.resolve("pg-program"));
            Files.createSymbolicLink(Files.createDirectories(home).resolve("pg-program"), program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }
}
