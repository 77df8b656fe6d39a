package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.link.Blob;
import io.zhitong.link.BlobKeeper;
import io.zhitong.link.BlobRefusal;
import io.zhitong.link.BlobRefusedException;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Pictures of devices as files outside the database (图片文件): DATA/backend/pictures/COMMUNITY-DEVICE/SHA-256, readable by the owner
 * only; what has not come whole ends in {@code .part}. The name is proved before the file gets it. Whole and half ones are encrypted
 * ({@link PictureFile}): who steals the disk has no picture. Thread-safe.
 */
@Component
public final class Pictures implements BlobKeeper {
    /** How long a picture is kept: what the counter-terrorism law (反恐怖主义法, art. 32) asks for; longer is nobody's business. */
    public static final Duration KEPT = Duration.ofDays(90);

    /** Pictures of a device that may be half there; the oldest one gives way. */
    static final int MOST_PARTS = 4;

    /** Below it no picture is taken: the database is worth more. */
    private static final long LEAST_FREE = 1L << 30;

    private static final String PART = ".part";

    private final Path root;
    private final PictureKeys keys;
    private final long leastFree;
    private final SecureRandom random = new SecureRandom();

    @Autowired
    Pictures(ZhitongSettings settings, PictureKeys keys) {
        this(settings.home().resolve("pictures"), keys, LEAST_FREE);
    }

    /** @param leastFree bytes of the disk that stay free */
    Pictures(Path root, PictureKeys keys, long leastFree) {
        this.root = root;
        this.keys = keys;
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
            int here = begun(device, part);
            if (here > 0 && here < blob.length()) {
                return here;
            }
            if (Files.getFileStore(Objects.requireNonNull(whole.getParent())).getUsableSpace() - blob.length()
                    < leastFree) {
                throw new BlobRefusedException(BlobRefusal.NO_ROOM);
            }
            // As long as this one and not proved: it was begun as another.
            Files.deleteIfExists(part);
            forgetOldest(Objects.requireNonNull(whole.getParent()));
            keys.key(device.community(), keys.current(device.community()));
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("pictures cannot be kept in " + root, e);
        } catch (KeyServiceException | MachineTlsException e) {
            // Without the vault there is no room for a picture that nobody could read: it comes again.
            throw new BlobRefusedException(BlobRefusal.NO_ROOM);
        }
    }

    /** How much of the picture is there, 0 when its key is no more. */
    private int begun(DeviceAddress device, Path part) throws IOException {
        if (!Files.exists(part)) {
            return 0;
        }
        boolean readable = PictureFile.of(first(part))
                .flatMap(file -> keys.key(device.community(), file.key()))
                .isPresent();
        return readable ? Math.toIntExact(Files.size(part)) - PictureFile.HEADER : 0;
    }

    private static byte[] first(Path part) throws IOException {
        try (InputStream in = Files.newInputStream(part)) {
            return in.readNBytes(PictureFile.HEADER);
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
            int here = begun(device, part);
            if (here != from) {
                return here;
            }
            PictureFile file = from == 0
                    ? begin(device, part)
                    : PictureFile.of(first(part)).orElseThrow();
            SecretBytes key = keys.key(device.community(), file.key()).orElseThrow();
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(file.crypt(key, from, data)), PictureFile.HEADER + (long) from);
                if (from + data.length < blob.length()) {
                    return from + data.length;
                }
                out.force(true);
            }
            return proved(device, whole, part, blob);
        } catch (IOException e) {
            throw new UncheckedIOException("pictures cannot be kept in " + root, e);
        } catch (KeyServiceException | MachineTlsException e) {
            throw new BlobRefusedException(BlobRefusal.NO_ROOM);
        }
    }

    private PictureFile begin(DeviceAddress device, Path part) throws IOException {
        byte[] nonce = new byte[PictureFile.NONCE];
        random.nextBytes(nonce);
        PictureFile file = new PictureFile(keys.current(device.community()), Octets.of(nonce));
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(part, file.header());
        return file;
    }

    private int proved(DeviceAddress device, Path whole, Path part, Blob blob) throws IOException {
        Optional<byte[]> clear = clear(device, part);
        if (clear.map(content -> !Octets.of(sha256(content)).equals(blob.name()))
                .orElse(true)) {
            Files.delete(part);
            throw new BlobRefusedException(BlobRefusal.OTHER_CONTENT);
        }
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        return blob.length();
    }

    /** Nothing when the key is no more. */
    private Optional<byte[]> clear(DeviceAddress device, Path path) throws IOException {
        byte[] stored = Files.readAllBytes(path);
        return PictureFile.of(stored)
                .flatMap(file -> keys.key(device.community(), file.key())
                        .map(key -> file.crypt(key, 0, Arrays.copyOfRange(stored, PictureFile.HEADER, stored.length))));
    }

    /**
     * Removes what came before that time, also of devices that are no more.
     *
     * @return how many that were whole, by device
     */
    synchronized SortedMap<String, Integer> remove(CommunityId community, Instant before) {
        SortedMap<String, Integer> gone = new TreeMap<>();
        if (Files.isDirectory(root)) {
            try {
                for (Path folder : listed(root)) {
                    String device = String.valueOf(folder.getFileName());
                    if (device.startsWith(community.value() + "-")) {
                        gone.put(device, removed(folder, before));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("pictures cannot be removed from " + root, e);
            }
        }
        return gone;
    }

    private static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static int removed(Path folder, Instant before) throws IOException {
        int gone = 0;
        for (Path file : listed(folder)) {
            if (changed(file).toInstant().isBefore(before)) {
                Files.delete(file);
                gone += file.toString().endsWith(PART) ? 0 : 1;
            }
        }
        return gone;
    }

    /** Whether a picture came whole. */
    public boolean here(DeviceAddress device, Octets name) {
        return Files.exists(root.resolve(device.certificateName()).resolve(hex(name)));
    }

    /**
     * A picture that came whole, whose key is still there, and that nobody has changed.
     *
     * @throws KeyServiceException when its key is not known here yet and the vault is away
     */
    public synchronized Optional<byte[]> read(DeviceAddress device, Octets name) {
        try {
            Path whole = file(device, name);
            Optional<byte[]> clear = Files.exists(whole) ? clear(device, whole) : Optional.empty();
            return clear.filter(content -> Octets.of(sha256(content)).equals(name));
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
        return folder.resolve(hex(name));
    }

    private static String hex(Octets name) {
        return Hex.of(name.toByteArray());
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
