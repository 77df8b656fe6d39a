package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of a bundle lies below its folder, or nowhere. */
final class UnpackingTest {
    @TempDir
    private Path folder = Path.of(".");

    private Path zip(Map<String, String> files) throws IOException {
        Path archive = folder.resolve("bundle.zip");
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return archive;
    }

    private Path slot() {
        return folder.resolve("slot");
    }

    private boolean executable(String file) throws IOException {
        return Files.getPosixFilePermissions(slot().resolve(file)).contains(PosixFilePermission.OWNER_EXECUTE);
    }

    @Test
    void files_come_out_with_their_folders_and_contents() throws IOException {
        Unpacking.into(slot(), zip(Map.of("a.txt", "甲", "deep/er/b.txt", "乙", "empty/", "")));
        assertEquals("甲", Files.readString(slot().resolve("a.txt")));
        assertEquals("乙", Files.readString(slot().resolve("deep/er/b.txt")));
        assertTrue(Files.isDirectory(slot().resolve("empty")));
    }

    @Test
    void programs_may_be_run_and_nothing_else_may() throws IOException {
        Unpacking.into(
                slot(),
                zip(Map.of(
                        "bin/java", "#", "lib/jspawnhelper", "#", "lib/modules", "#", "bin/deep/no", "#", "no", "#")));
        assertTrue(executable("bin/java"));
        assertTrue(executable("lib/jspawnhelper"));
        assertFalse(executable("lib/modules"));
        assertFalse(executable("bin/deep/no"), "a folder below bin is no bin");
        assertFalse(executable("no"));
        assertFalse(
                Files.getPosixFilePermissions(slot().resolve("bin/java")).contains(PosixFilePermission.OTHERS_WRITE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out.txt", "a/../../out.txt", "/out.txt", "..", ".", "a/..", "../slot-and-more/out.txt"})
    void a_name_that_leads_out_of_the_folder_is_refused_and_writes_nothing(String name) throws IOException {
        Path archive = zip(Map.of(name, "x"));
        ZipException refused = assertThrows(ZipException.class, () -> Unpacking.into(slot(), archive));
        assertTrue(String.valueOf(refused.getMessage()).contains("below the bundle's folder"), refused::toString);
        assertFalse(Files.exists(folder.resolve("out.txt")));
        assertFalse(Files.exists(folder.resolve("slot-and-more")));
        try (var below = Files.list(slot())) {
            assertEquals(List.of(), below.toList());
        }
    }

    @Test
    void a_name_no_file_can_have_is_refused_like_one_that_leads_out() throws IOException {
        Path archive = zip(Map.of("a\0b", "x"));
        assertThrows(IOException.class, () -> Unpacking.into(slot(), archive));
    }

    @Test
    void a_name_with_dots_that_stays_inside_is_taken() throws IOException {
        Unpacking.into(slot(), zip(Map.of("a/../b.txt", "x", "...", "y", "..c", "z")));
        assertEquals("x", Files.readString(slot().resolve("b.txt")));
        assertEquals("y", Files.readString(slot().resolve("...")));
        assertEquals("z", Files.readString(slot().resolve("..c")));
    }

    @Test
    void two_names_of_one_file_are_refused_and_the_first_is_not_overwritten() throws IOException {
        Path archive = zip(Map.of("a.txt", "first", "b/../a.txt", "second"));
        assertThrows(IOException.class, () -> Unpacking.into(slot(), archive));
        assertEquals("first", Files.readString(slot().resolve("a.txt")));
    }

    @Test
    void a_file_that_was_there_before_is_not_overwritten() throws IOException {
        Files.createDirectories(slot());
        Files.writeString(slot().resolve("a.txt"), "old");
        Path archive = zip(Map.of("a.txt", "new"));
        assertThrows(IOException.class, () -> Unpacking.into(slot(), archive));
        assertEquals("old", Files.readString(slot().resolve("a.txt")));
    }

    @Test
    void what_is_no_archive_or_a_cut_one_is_refused() throws IOException {
        Path archive = zip(Map.of("a.txt", "x".repeat(5_000)));
        byte[] whole = Files.readAllBytes(archive);
        for (int length : new int[] {0, 1, 21, whole.length / 2, whole.length - 1}) {
            Files.write(archive, java.util.Arrays.copyOf(whole, length));
            assertThrows(IOException.class, () -> Unpacking.into(folder.resolve("cut" + length), archive));
        }
        Files.writeString(archive, "no archive at all");
        assertThrows(ZipException.class, () -> Unpacking.into(slot(), archive));
    }

    @Test
    void more_files_than_any_bundle_has_are_refused_before_the_first_is_written() throws IOException {
        Path archive = folder.resolve("many.zip");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i <= 20_000; i++) {
                zip.putNextEntry(new ZipEntry("f" + i));
                zip.closeEntry();
            }
        }
        ZipException refused = assertThrows(ZipException.class, () -> Unpacking.into(slot(), archive));
        assertEquals("expected at most 20000 files", refused.getMessage());
        try (var below = Files.list(slot())) {
            assertEquals(0, below.count());
        }
    }
}
