package io.zhitong.edge;

import io.zhitong.accessmodel.Octets;
import io.zhitong.link.Blob;
import io.zhitong.link.BlobRefusal;
import io.zhitong.link.BlobSource;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures on their way to the backend (待传图片), one file each, named by the SHA-256 of its content and by whether an alarm hangs on it. A
 * picture is whole on disk when {@link #put} returns and stays until the backend has it, over restarts and kills, or until room or time is
 * over: plain ones give way first, the oldest of them before the others. What was given up is counted and told in the heartbeats.
 * Alarms are sent first. Thread-safe.
 */
public final class PictureStore implements BlobSource {

    private static final Logger LOG = LoggerFactory.getLogger(PictureStore.class);
    private static final String PART = "pictures";
    private static final Pattern NAME = Pattern.compile("([0-9A-F]{64})\\.(alarm|plain)");

    private final Path folder;
    private final PictureLimits limits;
    private final LongSupplier now;
    private final Health health;
    /** The oldest first. */
    private final Map<Octets, Waiting> waiting = new LinkedHashMap<>();

    private Optional<Octets> offered = Optional.empty();
    private long lost;

    private record Waiting(Octets name, int length, boolean alarm, long since) {

        Blob blob() {
            return new Blob(name, length);
        }

        String file() {
            return name + (alarm ? ".alarm" : ".plain");
        }
    }

    private PictureStore(Path folder, PictureLimits limits, LongSupplier now, Health health) {
        this.folder = folder;
        this.limits = limits;
        this.now = now;
        this.health = health;
    }

    /**
     * Takes over what waits in the folder, which need not be there yet. A folder that cannot be read keeps no door shut: nothing waits then.
     *
     * @param now the device's time, ms since 1970
     */
    public static PictureStore open(Path folder, PictureLimits limits, LongSupplier now, Health health) {
        PictureStore store = new PictureStore(folder, limits, now, health);
        try {
            store.load();
        } catch (IOException | UncheckedIOException e) {
            LOG.error("pictures in {} cannot be read", folder, e);
            health.broken(PART, "those that wait cannot be read");
        }
        return store;
    }

    private void load() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted(Comparator.comparing(PictureStore::written)).toList();
        }
        for (Path file : files) {
            Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
            long length = Files.size(file);
            if (name.matches() && length > 0 && length <= Blob.MAX_LENGTH) {
                Octets hash = Octets.of(Hex.parse(name.group(1)));
                boolean alarm = name.group(2).equals("alarm");
                waiting.put(
                        hash,
                        new Waiting(hash, (int) length, alarm, written(file).toMillis()));
            } else {
                Files.delete(file);
            }
        }
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Keeps a picture until the backend has it.
     *
     * @param alarm whether an alarm hangs on it
     * @return its name; nothing when it is empty, too large, or there is no room for it
     */
    public synchronized Optional<Octets> put(byte[] picture, boolean alarm) {
        if (picture.length == 0 || picture.length > Blob.MAX_LENGTH) {
            return Optional.empty();
        }
        Octets name = Octets.of(sha256(picture));
        try {
            Waiting here = waiting.get(name);
            if (here != null) {
                if (alarm && !here.alarm()) {
                    raise(here);
                }
                return Optional.of(name);
            }
            dropAged();
            return makeRoom(picture.length, alarm) ? Optional.of(write(name, picture, alarm)) : lost();
        } catch (IOException e) {
            LOG.error("a picture cannot be kept", e);
            return lost();
        }
    }

    private Octets write(Octets name, byte[] picture, boolean alarm) throws IOException {
        Waiting fresh = new Waiting(name, picture.length, alarm, now.getAsLong());
        Path part = folder.resolve(fresh.file() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(part, picture, StandardOpenOption.WRITE);
        Files.setLastModifiedTime(part, FileTime.fromMillis(fresh.since()));
        Durable.force(part, StandardOpenOption.WRITE);
        Durable.rename(part, folder.resolve(fresh.file()));
        waiting.put(name, fresh);
        return name;
    }

    /** The same picture again, of an alarm this time. */
    private void raise(Waiting plain) throws IOException {
        Waiting alarm = new Waiting(plain.name(), plain.length(), true, plain.since());
        Durable.rename(folder.resolve(plain.file()), folder.resolve(alarm.file()));
        waiting.put(plain.name(), alarm);
    }

    private boolean makeRoom(int length, boolean alarm) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        while (!room(length)) {
            Optional<Waiting> oldest = oldest(each -> !each.alarm());
            if (oldest.isEmpty() && alarm) {
                oldest = oldest(each -> true);
            }
            if (oldest.isEmpty()) {
                return false;
            }
            drop(oldest.get());
            lost();
        }
        return true;
    }

    private boolean room(int length) throws IOException {
        long here = waiting.values().stream().mapToLong(Waiting::length).sum();
        return here + length <= limits.maxBytes()
                && Files.getFileStore(folder).getUsableSpace() - length >= limits.leastFree();
    }

    /** Never the one that is being sent: its parts would end in the middle. */
    private Optional<Waiting> oldest(Predicate<Waiting> which) {
        return waiting.values().stream()
                .filter(each -> !offered.equals(Optional.of(each.name())))
                .filter(which)
                .findFirst();
    }

    private void dropAged() throws IOException {
        long before = now.getAsLong() - limits.keep().toMillis();
        for (Waiting each : List.copyOf(waiting.values())) {
            if (each.since() < before && !offered.equals(Optional.of(each.name()))) {
                drop(each);
                lost();
            }
        }
    }

    private void drop(Waiting gone) throws IOException {
        waiting.remove(gone.name());
        Files.deleteIfExists(folder.resolve(gone.file()));
    }

    private Optional<Octets> lost() {
        lost++;
        LOG.warn("a picture was given up, {} since the start", lost);
        health.broken(PART, lost + " given up since the start");
        return Optional.empty();
    }

    /** Pictures that were given up since the start. */
    public synchronized long givenUp() {
        return lost;
    }

    @Override
    public synchronized Optional<Blob> next() {
        try {
            dropAged();
            for (Waiting each : List.copyOf(waiting.values())) {
                if (!Files.exists(folder.resolve(each.file()))) {
                    drop(each);
                    lost();
                }
            }
        } catch (IOException e) {
            LOG.error("pictures cannot be tidied", e);
        }
        Optional<Waiting> next =
                offered.map(waiting::get).or(() -> oldest(Waiting::alarm)).or(() -> oldest(each -> true));
        offered = next.map(Waiting::name);
        return next.map(Waiting::blob);
    }

    @Override
    public synchronized byte[] read(Blob blob, int from, int length) {
        Waiting here = Objects.requireNonNull(waiting.get(blob.name()), "a picture offered");
        try (InputStream in = Files.newInputStream(folder.resolve(here.file()))) {
            in.skipNBytes(from);
            return in.readNBytes(length);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture cannot be read", e);
        }
    }

    @Override
    public synchronized void stored(Octets name) {
        done(name);
        if (waiting.isEmpty()) {
            health.working(PART);
        }
    }

    @Override
    public synchronized void refused(Octets name, BlobRefusal reason) {
        LOG.warn("a picture was refused reason={}", reason);
        if (reason == BlobRefusal.TOO_LARGE || reason == BlobRefusal.OTHER_CONTENT) {
            done(name);
            lost();
        }
        offered = Optional.empty();
    }

    private void done(Octets name) {
        offered = Optional.empty();
        Waiting gone = waiting.remove(name);
        try {
            if (gone != null) {
                Files.deleteIfExists(folder.resolve(gone.file()));
            }
        } catch (IOException e) {
            LOG.error("a picture that arrived cannot be deleted", e);
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
