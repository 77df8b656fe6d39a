package io.zhitong.settlementfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The folder in which files wait for their receivers (交换目录). Written in the order file, {@code .sig}, {@code .ok}, each
 * forced to disk and renamed into place: who sees {@code .ok} sees everything. Not for two writers at once.
 */
public final class PackageFolder {
    private final Path folder;

    /** @param folder created when the first file is put */
    public PackageFolder(Path folder) {
        this.folder = folder;
    }

    /** What {@link #put} did. */
    public enum Outcome {
        STORED,
        /** The same bytes under the same name were there already; nothing was written. */
        ALREADY_THERE
    }

    /**
     * Stores the three files; again with the same content is allowed and changes nothing.
     *
     * @throws IllegalStateException other content stands complete under this name: it was given out and stays; a
     *     correction takes the next version
     * @throws UncheckedIOException disk full or not writable; no {@code .ok} is left for a half-written file
     */
    public Outcome put(SignedPackage pack) {
        try {
            if (Files.exists(path(pack.name(), ".ok"))) {
                return sameOrRefuse(pack);
            }
            Files.createDirectories(folder);
            write(path(pack.name(), ""), pack.content());
            write(path(pack.name(), ".sig"), pack.signature());
            write(path(pack.name(), ".ok"), pack.okText());
            return Outcome.STORED;
        } catch (IOException e) {
            throw new UncheckedIOException("settlement file " + pack.name() + " could not be written to " + folder, e);
        }
    }

    /** Where the file lies, with {@code ""}, {@code ".sig"} or {@code ".ok"} as ending. */
    public Path path(PackageName name, String ending) {
        return folder.resolve(name + ending);
    }

    private Outcome sameOrRefuse(SignedPackage pack) throws IOException {
        if (!Arrays.equals(Files.readAllBytes(path(pack.name(), "")), pack.content())) {
            throw new IllegalStateException(
                    pack.name() + " was given out with other content: send the correction as the next version");
        }
        return Outcome.ALREADY_THERE;
    }

    private void write(Path target, byte[] content) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.write(part, content);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
