package io.zhitong.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine reads no clock, does no input or output, starts no thread and logs nothing: its class files name none of it. */
class PureTest {

    private static final List<String> FORBIDDEN = List.of(
            "java/io/",
            "java/nio/file/",
            "java/nio/channels/",
            "java/net/",
            "java/sql/",
            "java/lang/System",
            "java/lang/Thread",
            "java/util/concurrent",
            "java/time/Clock",
            "java/util/Random",
            "java/util/logging",
            "org/slf4j",
            "InstantSource");

    @Test
    void class_files_name_no_clock_no_file_no_thread_no_log() throws IOException {
        Path classes = Path.of("target/classes/io/zhitong/decision");
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            assertTrue(all.size() > 20, "the classes are where they are looked for");
            for (Path file : all) {
                assertEquals(List.of(), namedIn(Files.readAllBytes(file)), file.toString());
            }
        }
    }

    @Test
    void search_finds_what_it_looks_for() throws IOException {
        byte[] self = Files.readAllBytes(Path.of("target/test-classes/io/zhitong/decision/PureTest.class"));
        assertTrue(namedIn(self).contains("java/nio/file/"));
    }

    private static List<String> namedIn(byte[] classFile) {
        String text = new String(classFile, StandardCharsets.ISO_8859_1);
        return FORBIDDEN.stream().filter(text::contains).toList();
    }
}
