package io.zhitong.controller.camera;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCameraTest {
    private static final long NOW = 1_790_000_000_000L;
    private static final byte[] PICTURE = PointCameraTest.PICTURE;

    @TempDir
    private Path folder;

    private FolderCamera camera(Duration patience) {
        return new FolderCamera(folder, () -> NOW, patience);
    }

    private byte[] take() {
        return camera(Duration.ZERO).take();
    }

    private CameraFault fault() {
        return assertThrows(CameraException.class, this::take).fault();
    }

    private Path write(String name, byte[] content, long ageMillis) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        return Files.setLastModifiedTime(file, FileTime.fromMillis(NOW - ageMillis));
    }

    /** Told apart by a byte in the middle. */
    private static byte[] picture(int which) {
        byte[] picture = PICTURE.clone();
        picture[50] = (byte) which;
        return picture;
    }

    @Test
    void newest_picture_is_taken_whatever_else_lies_there() throws IOException {
        write("b.jpg", picture(1), 3_000);
        write("a.JPEG", picture(2), 1_000);
        write("c.jpg", picture(3), 2_000);
        write("d.txt", picture(4), 0);
        Files.createDirectory(folder.resolve("e.jpg"));
        assertArrayEquals(picture(2), take());
    }

    @Test
    void picture_of_ten_seconds_ago_still_shows_who_was_there_and_an_older_one_does_not() throws IOException {
        Path file = write("a.jpg", picture(1), 10_000);
        assertArrayEquals(picture(1), take());
        Files.setLastModifiedTime(file, FileTime.fromMillis(NOW - 10_001));
        assertEquals(CameraFault.NOTHING_NEW, fault());
        Files.setLastModifiedTime(file, FileTime.fromMillis(NOW + 10_001));
        assertEquals(CameraFault.NOTHING_NEW, fault(), "a clock that is wrong");
    }

    @Test
    void picture_that_is_just_being_written_is_waited_for() throws IOException {
        Path half = write("a.jpg", Arrays.copyOf(picture(1), 60), 0);
        assertEquals(CameraFault.NOTHING_NEW, fault());
        CompletableFuture<byte[]> taken = CompletableFuture.supplyAsync(
                () -> camera(Duration.ofSeconds(20)).take());
        Files.write(half, picture(1));
        Files.setLastModifiedTime(half, FileTime.fromMillis(NOW));
        assertArrayEquals(picture(1), taken.join());
    }

    @Test
    void too_large_a_file_is_not_read_and_a_link_not_followed() throws IOException {
        byte[] huge = new byte[Camera.LARGEST + 1];
        write("a.jpg", huge, 0);
        assertEquals(CameraFault.TOO_LARGE, fault());
        Files.delete(folder.resolve("a.jpg"));
        Path elsewhere = Files.createTempFile(folder, "secret", ".key");
        Files.write(elsewhere, PICTURE);
        Files.createSymbolicLink(folder.resolve("b.jpg"), elsewhere);
        assertEquals(CameraFault.NOTHING_NEW, fault());
    }

    @Test
    void folder_that_is_not_there_does_not_answer() throws IOException {
        Files.delete(folder);
        assertEquals(CameraFault.NO_ANSWER, fault());
        Files.createDirectory(folder);
    }
}
