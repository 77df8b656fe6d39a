package io.zhitong.settlementfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageFolderTest {
    @TempDir
    Path dir;

    @Test
    void file_signature_and_ok_are_there_and_nothing_else() throws IOException {
        SignedPackage pack = Samples.signed(3);
        assertEquals(PackageFolder.Outcome.STORED, new PackageFolder(dir).put(pack));
        String name = "TX_44030001_20261121_0001_01";
        assertArrayEquals(pack.content(), Files.readAllBytes(dir.resolve(name)));
        assertArrayEquals(pack.signature(), Files.readAllBytes(dir.resolve(name + ".sig")));
        assertEquals(pack.digest() + "  " + name + "\n", Files.readString(dir.resolve(name + ".ok")));
        try (var files = Files.list(dir)) {
            assertEquals(3, files.count());
        }
    }

    @Test
    void same_content_again_changes_nothing_and_other_content_is_refused() throws IOException {
        PackageFolder folder = new PackageFolder(dir);
        folder.put(Samples.signed(3));
        assertEquals(PackageFolder.Outcome.ALREADY_THERE, folder.put(Samples.signed(3)));
        assertThrows(IllegalStateException.class, () -> folder.put(Samples.signed(4)));
        assertArrayEquals(Samples.signed(3).content(), Files.readAllBytes(folder.path(Samples.NAME, "")));
    }

    @Test
    void half_written_file_without_ok_is_replaced() throws IOException {
        Files.writeString(dir.resolve(Samples.NAME.toString()), "torn");
        assertEquals(PackageFolder.Outcome.STORED, new PackageFolder(dir).put(Samples.signed(3)));
    }

    @Test
    void next_version_stands_beside_the_first() {
        PackageFolder folder = new PackageFolder(dir);
        folder.put(Samples.signed(3));
        SignedPackage second = SignedPackage.make(
                Samples.NAME.nextVersion(), "SHOP0001", Samples.records(4), Samples.signer(Samples.KEY));
        assertEquals(PackageFolder.Outcome.STORED, folder.put(second));
        assertTrue(Files.exists(folder.path(Samples.NAME, ".ok")));
        assertTrue(Files.exists(folder.path(second.name(), ".ok")));
    }

    @Test
    void folder_that_cannot_be_written_is_said_and_leaves_no_ok() throws IOException {
        Path blocked = Files.createDirectory(dir.resolve("a"));
        Files.createDirectory(blocked.resolve(Samples.NAME + ".sig.part"));
        PackageFolder folder = new PackageFolder(blocked);
        String message = assertThrows(UncheckedIOException.class, () -> folder.put(Samples.signed(1)))
                .getMessage();
        assertTrue(message.contains("TX_44030001_20261121_0001_01"), message);
        assertFalse(Files.exists(folder.path(Samples.NAME, ".ok")));
    }
}
