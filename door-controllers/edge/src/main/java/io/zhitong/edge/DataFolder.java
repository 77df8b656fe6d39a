package io.zhitong.edge;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/** A device's data folder, for one process at a time (数据目录): two writers would fork the journal. */
final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws EdgeException IN_USE, or IO if the folder cannot be made */
    static DataFolder lock(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (acquire(channel).isEmpty()) {
                channel.close();
                throw new EdgeException(EdgeFault.IN_USE, path + " belongs to a running program: stop it first");
            }
            emptied(temporary(path));
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.IO, "cannot use the data folder " + path, e);
        }
    }

    /**
     * Where SQLite's driver unpacks its library: the system's temporary folder may be mounted noexec. A program that was killed
     * leaves a megabyte there each time.
     */
    static Path temporary(Path data) {
        return data.resolve("tmp");
    }

    private static void emptied(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> left = Files.list(folder)) {
                for (Path file : left.filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                        .toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static Optional<FileLock> acquire(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EdgeException(EdgeFault.IO, "cannot release the data folder " + path, e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
