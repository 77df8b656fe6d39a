package io.zhitong.machinetls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Small files of a machine, for its owner only (私有文件), written whole or not at all: temporary name, fsync, rename, fsync of
 * the folder. Every method throws {@link MachineTlsException} {@link MachineTlsError#BAD_FILE} when the disk refuses.
 */
public final class PrivateFiles {
    private static final int MAX_BYTES = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PrivateFiles() {}

    /** Writes ASCII with mode 0600; when it returns the file survives a power cut. Makes the folder where it is missing. */
    public static void write(Path file, String text) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(
                    folder, "." + file.getFileName(), ".part", PosixFilePermissions.asFileAttribute(OWNER));
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new MachineTlsException(MachineTlsError.BAD_FILE, "cannot write " + file, e);
        }
    }

    static String read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new MachineTlsException(MachineTlsError.BAD_FILE, file + " is larger than 64 KiB");
            }
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new MachineTlsException(MachineTlsError.BAD_FILE, "cannot read " + file, e);
        }
    }

    /** Reads a secret, refusing a file that others than its owner may read or write. */
    static String readSecret(Path file) {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new MachineTlsException(
                        MachineTlsError.OPEN_KEY_FILE, file + " must have mode 0600: chmod 600 it, or enrol anew");
            }
            return read(file);
        } catch (IOException e) {
            throw new MachineTlsException(MachineTlsError.BAD_FILE, "cannot read " + file, e);
        }
    }
}
