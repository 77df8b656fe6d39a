package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.link.Blob;
import io.zhitong.link.BlobKeeper;
import io.zhitong.link.BlobRefusal;
import io.zhitong.link.BlobRefusedException;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Pictures of devices as files outside the database (图片文件): DATA/backend/pictures/COMMUNITY-DEVICE/SHA-256, readable by the owner
 * only; what has not come whole ends in {@code .part}. The name is proved before the file gets it. Thread-safe.
 */
@Component
final class Pictures implements BlobKeeper {
    /** Pictures of a device that may be half there; the oldest one gives way. */
    static final int MOST_PARTS = 4;

    /** Below it no picture is taken: the database is worth more. */
    private static final long LEAST_FREE = 1L << 30;

    private static final String PART = ".part";

    private final Path root;
    private final long leastFree;

    @Autowired
    Pictures(ZhitongSettings settings) {
        this(settings.home().resolve("pictures"), LEAST_FREE);
    }

    /** @param leastFree bytes of the disk that stay free */
    Pictures(Path root, long leastFree) {
        this.root = root;
        this.leastFree = leastFree;
    }

    @Override
    public synchronized int offered(DeviceAddress device, Blob blob) {
        try {
            Path whole = file(device, blob.name());
            if (Files.exists(whole)) {
                return blob.length();
            }
            Path part = part(whole);
            if (Files.exists(part) && Files.size(part) < blob.length()) {
                return Math.toIntExact(Files.size(part));
            }
            if (Files.getFileStore(Objects.requireNonNull(whole.getParent())).getUsableSpace() - blob.length()
                    < leastFree) {
                throw new BlobRefusedException(BlobRefusal.NO_ROOM);
            }
            // As long as this one and not proved: it was begun as another.
            Files.deleteIfExists(part);
            forgetOldest(Objects.requireNonNull(whole.getParent()));
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("pictures cannot be kept in " + root, e);
        }
    }

    private static void forgetOldest(Path folder) throws IOException {
        List<Path> parts;
        try (Stream<Path> files = Files.list(folder)) {
            parts = files.filter(file -> file.toString().endsWith(PART))
                    .sorted(Comparator.comparing(Pictures::changed))
                    .toList();
        }
        for (int i = 0; i <= parts.size() - MOST_PARTS; i++) {
            Files.delete(parts.get(i));
        }
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized int append(DeviceAddress device, Blob blob, int from, byte[] data) {
        try {
            Path whole = file(device, blob.name());
            Path part = part(whole);
            try (FileChannel out = FileChannel.open(
                    part,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                if (out.size() != from) {
                    return Math.toIntExact(out.size());
                }
                out.write(ByteBuffer.wrap(data), from);
                if (from + data.length < blob.length()) {
                    return from + data.length;
                }
                out.force(true);
            }
            return proved(whole, part, blob);
        } catch (IOException e) {
            throw new UncheckedIOException("pictures cannot be kept in " + root, e);
        }
    }

    private static int proved(Path whole, Path part, Blob blob) throws IOException {
        if (!Octets.of(sha256(Files.readAllBytes(part))).equals(blob.name())) {
            Files.delete(part);
            throw new BlobRefusedException(BlobRefusal.OTHER_CONTENT);
        }
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        return blob.length();
    }

    /** A picture that came whole. */
    synchronized Optional<byte[]> read(DeviceAddress device, Octets name) {
        try {
            Path whole = file(device, name);
            return Files.exists(whole) ? Optional.of(Files.readAllBytes(whole)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("a picture cannot be read in " + root, e);
        }
    }

    private Path file(DeviceAddress device, Octets name) throws IOException {
        Path folder = root.resolve(device.certificateName());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return folder.resolve(Hex.of(name.toByteArray()));
    }

    private static Path part(Path whole) {
        return whole.resolveSibling(whole.getFileName() + PART);
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
