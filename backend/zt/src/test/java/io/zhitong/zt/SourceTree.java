package io.zhitong.zt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The tree of sources under test: its modules and their files. */
final class SourceTree {
    private final Path root;

    private SourceTree(Path root) {
        this.root = root;
    }

    static SourceTree ofThisBuild() {
        return new SourceTree(Path.of(Objects.requireNonNull(System.getProperty("zhitong.root"), "run by Maven")));
    }

    Path root() {
        return root;
    }

    /** Module name → its folder. */
    Map<String, Path> modules() {
        Map<String, Path> found = new TreeMap<>();
        for (Path pom : walk(root, 3, "pom.xml")) {
            Path folder = Objects.requireNonNull(pom.getParent());
            if (!folder.equals(root)) {
                found.put(Objects.requireNonNull(folder.getFileName()).toString(), folder);
            }
        }
        return found;
    }

    /** Every Java file below {@code src/main/java} or {@code src/test/java} of every module. */
    List<Path> javaFiles(String kind) {
        return modules().values().stream()
                .map(each -> each.resolve("src").resolve(kind).resolve("java"))
                .filter(Files::isDirectory)
                .flatMap(each -> walk(each, 20, ".java").stream())
                .toList();
    }

    private static List<Path> walk(Path from, int depth, String ending) {
        try (Stream<Path> all = Files.walk(from, depth)) {
            return all.filter(each -> each.toString().endsWith(ending))
                    .filter(each -> !from.relativize(each).toString().contains("target/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
