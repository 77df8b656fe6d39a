package io.zhitong.zt;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies of jars without their signatures, and with the classes for one Java only (类归档用的平整副本): the archive of shared
 * classes takes none out of a signed jar, and a Java machine under an agent or a flight recording ends when it looks for the bytes of a shared
 * class that its jar has for some Javas only.
 */
final class PlainJars {
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/([1-9][0-9]{0,3})/(.+)");
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private PlainJars() {}

    /**
     * Prints a class path: that of the second argument, with a copy in the folder of the first for each jar that is not plain
     * to the Java that runs this.
     *
     * @param arguments folder, jars with ':' between them
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int release = Runtime.version().feature();
        StringBuilder path = new StringBuilder();
        for (String each : arguments[1].split(":")) {
            Path jar = Path.of(each);
            path.append(path.isEmpty() ? "" : ":").append(isPlain(jar, release) ? jar : copied(jar, folder, release));
        }
        System.out.println(path);
    }

    /** Bears no signature and no class for some Javas only, up to this release. */
    static boolean isPlain(Path jar, int release) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .noneMatch(name -> SIGNATURE.matcher(name).matches()
                            || name.endsWith(".class")
                                    && !name.endsWith("module-info.class")
                                    && VERSIONED.matcher(name).matches()
                                    && version(name) <= release);
        }
    }

    /** 0 where an entry is for every Java. */
    private static int version(String name) {
        Matcher versioned = VERSIONED.matcher(name);
        return versioned.matches() ? Integer.parseInt(versioned.group(1)) : 0;
    }

    /** The copy in the folder, of the same name and of the same times inside; one that is there already stays as it is. */
    static Path copied(Path jar, Path folder, int release) throws IOException {
        Path copy = folder.resolve(jar.getFileName());
        if (!Files.exists(copy)) {
            Path part = folder.resolve(
                    jar.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            write(jar, part, release);
            Files.move(part, copy);
        }
        return copy;
    }

    private static void write(Path jar, Path to, int release) throws IOException {
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(to)))) {
            out.setLevel(1);
            for (Map.Entry<String, ZipEntry> each : forRelease(from, release).entrySet()) {
                ZipEntry kept = new ZipEntry(each.getKey());
                kept.setTime(each.getValue().getTime());
                out.putNextEntry(kept);
                try (InputStream in = from.getInputStream(each.getValue())) {
                    out.write(each.getKey().equals(MANIFEST) ? withoutDigests(in) : in.readAllBytes());
                }
                out.closeEntry();
            }
        }
    }

    /** What this release finds under each name, as JarFile says: the highest version up to it. */
    private static Map<String, ZipEntry> forRelease(ZipFile jar, int release) {
        Map<String, ZipEntry> found = new LinkedHashMap<>();
        for (ZipEntry entry : Collections.list(jar.entries())) {
            Matcher versioned = VERSIONED.matcher(entry.getName());
            String name = versioned.matches() ? versioned.group(2) : entry.getName();
            boolean ours = !SIGNATURE.matcher(entry.getName()).matches()
                    && !name.startsWith("META-INF/versions/")
                    && version(entry.getName()) <= release;
            if (ours) {
                found.merge(name, entry, (a, b) -> version(a.getName()) > version(b.getName()) ? a : b);
            }
        }
        return found;
    }

    /** The part that says how the jar is used; what follows it are the digests of its entries. */
    private static byte[] withoutDigests(InputStream manifest) throws IOException {
        Manifest read = new Manifest(manifest);
        read.getEntries().clear();
        read.getMainAttributes().remove(Attributes.Name.MULTI_RELEASE);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        read.write(written);
        return written.toByteArray();
    }
}
