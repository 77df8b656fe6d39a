package io.zhitong.edge;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Changes of files that are whole or have not happened, over a power cut too (断电安全的文件操作). */
final class Durable {

    private Durable() {}

    /** Writes a small file under its name in one step. */
    static void write(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text);
        force(part, StandardOpenOption.WRITE);
        rename(part, file);
    }

    /** A whole folder or file gets its name in one step; what had it is gone before. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        folder(to);
    }

    /** The folder in which a name came or went. */
    static void folder(Path entry) throws IOException {
        force(Objects.requireNonNull(entry.toAbsolutePath().getParent()), StandardOpenOption.READ);
    }

    static void force(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    /** With all that is below; nothing if it is not there. */
    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
        folder(root);
    }
}
