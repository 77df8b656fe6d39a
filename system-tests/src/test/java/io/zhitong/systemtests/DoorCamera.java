package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import javax.imageio.ImageIO;

/** A camera at the door that writes what it sees into a folder (门口摄像机): always the same picture, known byte for byte. */
final class DoorCamera {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Path folder;
    private final byte[] picture = drawn();

    DoorCamera(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the controller's file names it. */
    String source() {
        return "folder:" + folder;
    }

    private static byte[] drawn() {
        BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 320 * 240; i++) {
            image.setRGB(i % 320, i / 320, i * 2_654_435);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Sees what is before it now. */
    void looks() {
        try {
            Path half = Files.write(folder.resolve("half"), picture);
            Files.move(half, folder.resolve("door.jpg"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a guard sees at the console is what the camera saw. */
    void isShown(Console guard) {
        Await.until("the picture has arrived", SOON, () -> event(guard).isPresent());
        String page = guard.get("/pictures/" + event(guard).orElseThrow() + "?shown=true&why=test");
        String source = Console.find(page, "src=\"(/pictures/image/[^\"]+)\"").orElseThrow();
        assertArrayEquals(picture, guard.download(source.replace("&amp;", "&")));
    }

    private static Optional<String> event(Console guard) {
        return Console.find(guard.get("/pictures"), "data-event=\"(\\d+)\" data-state=\"HERE\"");
    }
}
