package io.zhitong.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The pictures of docs/images (文档截图). A picture is taken where it is missing; with {@code ZHITONG_SCREENSHOTS=1} every one
 * is taken anew.
 */
final class Album {
    private static final int LARGEST = 200_000;
    private static final Path FOLDER = RunningEstate.root().resolve("docs/images");
    private static final boolean ANEW = "1".equals(System.getenv("ZHITONG_SCREENSHOTS"));

    private Album() {}

    static void take(Screen screen, String name) {
        Path file = FOLDER.resolve(name + ".png");
        if (ANEW || !Files.exists(file)) {
            byte[] picture = screen.picture();
            if (picture.length > LARGEST) {
                throw new AssertionError(name + ".png has " + picture.length + " bytes, at most " + LARGEST);
            }
            write(file, picture);
        }
    }

    /** Of a failure, beside the reports. */
    static void keep(Screen screen, String name) {
        write(Path.of("target", "browser-failures", name + ".png").toAbsolutePath(), screen.picture());
    }

    private static void write(Path file, byte[] picture) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
