package io.zhitong.zt;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies of signed jars without their signatures (去签名副本): the archive of shared classes takes no class out of a signed jar, and
 * Java checks a signature's digests at each start though nobody here trusts its certificate.
 */
final class UnsignedJars {
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private UnsignedJars() {}

    /**
     * Prints a class path: that of the second argument, with a copy in the folder of the first for each signed jar.
     *
     * @param arguments folder, jars with ':' between them
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        StringBuilder path = new StringBuilder();
        for (String each : arguments[1].split(":")) {
            Path jar = Path.of(each);
            path.append(path.isEmpty() ? "" : ":").append(isSigned(jar) ? copied(jar, folder) : jar);
        }
        System.out.println(path);
    }

    static boolean isSigned(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(UnsignedJars::isSignature);
        }
    }

    private static boolean isSignature(ZipEntry entry) {
        return SIGNATURE.matcher(entry.getName()).matches();
    }

    /** The copy in the folder, of the same name and of the same time inside; one that is there already stays as it is. */
    static Path copied(Path jar, Path folder) throws IOException {
        Path copy = folder.resolve(jar.getFileName());
        if (!Files.exists(copy)) {
            Path part = Files.createTempFile(folder, "jar", ".part");
            write(jar, part);
            Files.move(part, copy);
        }
        return copy;
    }

    private static void write(Path jar, Path to) throws IOException {
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(to)))) {
            out.setLevel(1);
            List<? extends ZipEntry> entries = Collections.list(from.entries());
            for (ZipEntry entry : entries) {
                if (!isSignature(entry)) {
                    ZipEntry kept = new ZipEntry(entry.getName());
                    kept.setTime(entry.getTime());
                    out.putNextEntry(kept);
                    try (InputStream in = from.getInputStream(entry)) {
                        out.write(entry.getName().equals(MANIFEST) ? withoutDigests(in) : in.readAllBytes());
                    }
                    out.closeEntry();
                }
            }
        }
    }

    /** The part that says how the jar is used; what follows it are the digests of its entries. */
    private static byte[] withoutDigests(InputStream manifest) throws IOException {
        Manifest read = new Manifest(manifest);
        read.getEntries().clear();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        read.write(written);
        return written.toByteArray();
    }
}
