package io.zhitong.zt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlainJarsTest {
    private static final String ENGINE = "org/bouncycastle/crypto/engines/SM4Engine.class";

    @TempDir
    private Path folder;

    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void copy_of_a_signed_library_has_its_main_attributes_and_no_signer() throws IOException, URISyntaxException {
        Path signed = jarOf(SM4Engine.class);
        assertFalse(PlainJars.isPlain(signed, 17));
        Path copy = PlainJars.copied(signed, folder, 17);
        assertEquals(signed.getFileName(), copy.getFileName());
        assertTrue(PlainJars.isPlain(copy, 17));
        try (JarFile before = new JarFile(signed.toFile());
                JarFile after = new JarFile(copy.toFile())) {
            Attributes wanted = before.getManifest().getMainAttributes();
            assertEquals("true", wanted.remove(Attributes.Name.MULTI_RELEASE));
            assertEquals(wanted, after.getManifest().getMainAttributes());
            assertFalse(after.isMultiRelease());
            assertTrue(after.getManifest().getEntries().isEmpty());
            assertEquals(1, signers(before));
            assertEquals(0, signers(after));
        }
    }

    /** The witness is JarFile itself, which finds a name's highest version up to the release it is asked for. */
    @Test
    void under_every_name_the_copy_has_what_java_17_finds_in_the_library() throws IOException, URISyntaxException {
        Path signed = jarOf(SM4Engine.class);
        Path copy = PlainJars.copied(signed, folder, 17);
        int newer = 0;
        try (JarFile before = new JarFile(signed.toFile(), false, ZipFile.OPEN_READ, Runtime.Version.parse("17"));
                JarFile after = new JarFile(copy.toFile())) {
            assertTrue(before.isMultiRelease());
            List<String> classes = before.versionedStream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .sorted()
                    .toList();
            assertEquals(
                    classes,
                    after.stream()
                            .map(JarEntry::getName)
                            .filter(name -> name.endsWith(".class"))
                            .sorted()
                            .toList());
            for (String name : classes) {
                JarEntry wanted = before.getJarEntry(name);
                assertEquals(wanted.getCrc(), after.getJarEntry(name).getCrc(), name);
                newer += wanted.getRealName().equals(name) ? 0 : 1;
            }
            assertTrue(newer > 50, "classes for newer Javas only: " + newer);
            assertArrayEquals(read(before, ENGINE), read(after, ENGINE));
        }
    }

    @Test
    void class_for_a_newer_java_than_this_is_left_out_and_its_jar_needs_no_copy() throws IOException {
        Path newer = jar(
                "newer.jar", "a/A.class", "META-INF/versions/21/a/A.class", "META-INF/versions/9/module-info.class");
        assertTrue(PlainJars.isPlain(newer, 17));
        assertFalse(PlainJars.isPlain(newer, 21));
        Path copy = PlainJars.copied(newer, Files.createDirectory(folder.resolve("17")), 17);
        try (JarFile after = new JarFile(copy.toFile())) {
            assertEquals(
                    List.of("a/A.class", "module-info.class"),
                    after.stream().map(JarEntry::getName).toList());
            assertEquals("a/A.class", new String(read(after, "a/A.class"), StandardCharsets.US_ASCII));
        }
        Path later = PlainJars.copied(newer, Files.createDirectory(folder.resolve("21")), 21);
        try (JarFile after = new JarFile(later.toFile())) {
            assertEquals(
                    "META-INF/versions/21/a/A.class", new String(read(after, "a/A.class"), StandardCharsets.US_ASCII));
        }
    }

    private static int signers(JarFile jar) throws IOException {
        read(jar, ENGINE);
        JarEntry read = jar.getJarEntry(ENGINE);
        return read.getCodeSigners() == null ? 0 : read.getCodeSigners().length;
    }

    private static byte[] read(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
            return in.readAllBytes();
        }
    }

    @Test
    void copy_that_is_there_stays_and_nothing_half_written_lies_beside_it() throws IOException {
        Path signed = jar("lib.jar", "META-INF/OWN.SF", "META-INF/OWN.EC", "a/A.class");
        Path copy = PlainJars.copied(signed, Files.createDirectory(folder.resolve("lib")), 17);
        byte[] first = Files.readAllBytes(copy);
        assertEquals(copy, PlainJars.copied(signed, copy.getParent(), 17));
        assertArrayEquals(first, Files.readAllBytes(copy));
        try (var all = Files.list(copy.getParent())) {
            assertEquals(List.of(copy), all.toList());
        }
    }

    @Test
    void class_path_keeps_its_order_and_every_jar_that_bears_no_signature() throws IOException {
        Path plain = jar("plain.jar", "META-INF/services/x.SF.Provider", "OWN.SF", "META-INF/deep/OWN.RSA");
        Path signed = jar("signed.jar", "META-INF/OWN.SF", "META-INF/OWN.RSA");
        Path last = jar("last.jar", "b/B.class");
        Path lib = folder.resolve("lib");
        assertEquals(
                plain + ":" + lib.resolve("signed.jar") + ":" + last + "\n",
                printed(lib.toString(), plain + ":" + signed + ":" + last));
    }

    private Path jar(String name, String... entries) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(entry.getBytes(StandardCharsets.US_ASCII));
                out.closeEntry();
            }
        }
        return jar;
    }

    private static String printed(String... arguments) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            PlainJars.main(arguments);
        } finally {
            System.setOut(before);
        }
        return told.toString(StandardCharsets.UTF_8);
    }
}
