package io.zhitong.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A bundle's files, written out and forced to the disk (升级包解包): no name leads out of the folder, size and number are bounded. */
final class Unpacking {

    private static final int MOST_FILES = 20_000;
    private static final long MOST_BYTES = 400L << 20;

    private Unpacking() {}

    /** @throws ZipException when the archive is none, or not a bundle */
    static void into(Path folder, Path archive) throws IOException {
        Files.createDirectories(folder);
        long left = MOST_BYTES;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.size() > MOST_FILES) {
                throw new ZipException("expected at most " + MOST_FILES + " files");
            }
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Path target = target(folder, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    try (InputStream in = zip.getInputStream(entry)) {
                        left -= copy(in, target, left);
                    }
                }
            }
        }
    }

    private static Path target(Path folder, String name) throws ZipException {
        // A name with a zero byte is one that no path can have.
        if (name.indexOf('\0') < 0) {
            Path target = folder.resolve(name).normalize();
            if (target.startsWith(folder) && !target.equals(folder)) {
                return target;
            }
        }
        throw new ZipException("expected names below the bundle's folder");
    }

    private static long copy(InputStream in, Path target, long most) throws IOException {
        Files.createDirectories(target.getParent());
        long copied = 0;
        try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                copied += n;
                if (copied > most) {
                    throw new ZipException("expected at most " + MOST_BYTES + " bytes");
                }
                out.write(buffer, 0, n);
            }
        }
        // A zip made by another system says nothing of modes: programs are what lies in a folder bin, and Java's own
        // helper.
        Path folder = Objects.requireNonNull(target.getParent(), "a file lies in a folder");
        if (folder.endsWith("bin") || target.endsWith("lib/jspawnhelper")) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-x---"));
        }
        Durable.force(target, StandardOpenOption.WRITE);
        return copied;
    }
}
