package io.zhitong.controller.camera;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A camera that writes its pictures into a folder, by FTP or over a share (目录抓拍): the newest {@code .jpg} that is whole and not older than
 * {@value #FRESH_SECONDS} s by the file's time. Waits a little for one that is just being written. Deletes nothing.
 */
public final class FolderCamera implements Camera {
    static final int FRESH_SECONDS = 10;
    static final int MOST_FILES = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long LOOK_NANOS = 100_000_000;

    private final Path folder;
    private final LongSupplier now;
    private final Duration patience;

    private record Found(Path file, long written, long size) {}

    public FolderCamera(Path folder) {
        this(folder, System::currentTimeMillis, PATIENCE);
    }

    /** @param now in the time of the files, ms since 1970 */
    FolderCamera(Path folder, LongSupplier now, Duration patience) {
        this.folder = folder;
        this.now = now;
        this.patience = patience;
    }

    @Override
    public byte[] take() {
        long end = System.nanoTime() + patience.toNanos();
        Optional<byte[]> picture = look();
        while (picture.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
            picture = look();
        }
        return picture.orElseThrow(() -> new CameraException(CameraFault.NOTHING_NEW));
    }

    private Optional<byte[]> look() {
        try {
            Optional<Found> newest =
                    newest().filter(found -> Math.abs(now.getAsLong() - found.written()) <= FRESH_SECONDS * 1_000L);
            if (newest.isEmpty()) {
                return Optional.empty();
            }
            if (newest.get().size() > LARGEST) {
                throw new CameraException(CameraFault.TOO_LARGE);
            }
            byte[] picture = Files.readAllBytes(newest.get().file());
            return ended(picture) ? Optional.of(picture) : Optional.empty();
        } catch (IOException | DirectoryIteratorException e) {
            throw new CameraException(CameraFault.NO_ANSWER, e);
        }
    }

    /** The last two bytes come last. */
    private static boolean ended(byte[] picture) {
        int length = picture.length;
        return length > 2 && (picture[length - 2] & 0xFF) == 0xFF && (picture[length - 1] & 0xFF) == 0xD9;
    }

    private Optional<Found> newest() throws IOException {
        Optional<Found> newest = Optional.empty();
        int seen = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (++seen > MOST_FILES) {
                    throw new CameraException(CameraFault.UNTIDY);
                }
                newest = later(newest, file);
            }
        }
        return newest;
    }

    private static Optional<Found> later(Optional<Found> newest, Path file) throws IOException {
        String name = file.toString().toLowerCase(java.util.Locale.ROOT);
        if (!name.endsWith(".jpg") && !name.endsWith(".jpeg")) {
            return newest;
        }
        BasicFileAttributes told = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Found found = new Found(file, told.lastModifiedTime().toMillis(), told.size());
        boolean later = newest.map(Found::written).orElse(Long.MIN_VALUE) < found.written();
        return told.isRegularFile() && later ? Optional.of(found) : newest;
    }
}
