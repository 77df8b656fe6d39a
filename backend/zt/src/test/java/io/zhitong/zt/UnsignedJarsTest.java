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
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnsignedJarsTest {
    private static final String ENGINE = "org/bouncycastle/crypto/engines/SM4Engine.class";

    @TempDir
    private Path folder;

    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void copy_of_a_signed_library_has_its_classes_and_main_attributes_and_no_signer()
            throws IOException, URISyntaxException {
        Path signed = jarOf(SM4Engine.class);
        assertTrue(UnsignedJars.isSigned(signed));
        Path copy = UnsignedJars.copied(signed, folder);
        assertEquals(signed.getFileName(), copy.getFileName());
        assertFalse(UnsignedJars.isSigned(copy));
        try (JarFile before = new JarFile(signed.toFile());
                JarFile after = new JarFile(copy.toFile())) {
            assertEquals(
                    before.getManifest().getMainAttributes(),
                    after.getManifest().getMainAttributes());
            assertTrue(after.isMultiRelease());
            assertTrue(after.getManifest().getEntries().isEmpty());
            assertArrayEquals(read(before, ENGINE), read(after, ENGINE));
            assertEquals(1, signers(before));
            assertEquals(0, signers(after));
            long signatures = before.stream()
                    .filter(each -> each.getName().matches("META-INF/BC[0-9A-Z]*\\.(SF|RSA|DSA)"))
                    .count();
            assertTrue(signatures >= 2, "signature and its certificate: " + signatures);
            assertEquals(before.size() - signatures, after.size());
        }
    }

    private static int signers(JarFile jar) {
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
        Path copy = UnsignedJars.copied(signed, Files.createDirectory(folder.resolve("lib")));
        byte[] first = Files.readAllBytes(copy);
        assertEquals(copy, UnsignedJars.copied(signed, copy.getParent()));
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
            UnsignedJars.main(arguments);
        } finally {
            System.setOut(before);
        }
        return told.toString(StandardCharsets.UTF_8);
    }
}
