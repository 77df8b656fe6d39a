package io.zhitong.keyvault.store;

import io.zhitong.keyvault.VaultException;
import io.zhitong.keyvault.VaultFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.function.Predicate;

/** Files of the vault's folder: mode 0600, written whole or not at all. */
public final class SafeFiles {
    /** The store of a community has some kilobytes; this bounds what a wrong file can cost. */
    private static final long MOST = 64L * 1024 * 1024;

    private SafeFiles() {}

    /** Writes to a temporary name, forces it to disk, renames it, forces the folder. */
    public static void write(Path file, byte[] bytes) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path part = folder.resolve(file.getFileName() + ".part");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                out.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            force(folder);
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot write " + file, e);
        }
    }

    /** A whole file of any length an array can have. */
    public static byte[] readAll(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot read " + file, e);
        }
    }

    /** Moves a file, over one that is there, and forces both folders. */
    public static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            force(Objects.requireNonNull(to.toAbsolutePath().getParent()));
            force(Objects.requireNonNull(from.toAbsolutePath().getParent()));
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot move " + from + " to " + to, e);
        }
    }

    /** Deletes a file and forces its folder. */
    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
            force(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot delete " + file, e);
        }
    }

    static byte[] read(Path file) {
        try {
            if (Files.size(file) > MOST) {
                throw new VaultException(VaultFault.FILE, file + " is larger than 64 MiB");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new VaultException(VaultFault.FILE, "cannot read " + file, e);
        }
    }

    /** A damaged file about to be replaced is moved aside: it may be evidence. */
    static void keepIfDamaged(Path file, Predicate<Path> intact) {
        if (Files.exists(file) && !intact.test(file)) {
            try {
                Files.move(
                        file,
                        file.resolveSibling(file.getFileName() + ".damaged"),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new VaultException(VaultFault.FILE, "cannot move " + file + " aside", e);
            }
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
