package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program's archive of classes is taken where it is of what is built now, and never stands in the way. */
final class ArchivesIT {
    private static final Duration QUICK = Duration.ofSeconds(20);
    private static final Instant BUILT = Instant.parse("2026-11-21T10:00:00Z");

    private static final int RELEASE = Runtime.version().feature();

    @TempDir
    private Path tree;

    private Path classes;

    @BeforeAll
    static void thoseOfThisBuild() {
        Shell.run(Duration.ofMinutes(10), "bin/lib/archives").succeeded();
    }

    @BeforeEach
    void aBuiltModuleWithItsArchive() throws IOException {
        Path module = Files.createDirectories(tree.resolve("backend/zt/target"));
        classes = Files.createDirectory(module.resolve("classes"));
        Files.writeString(module.resolve("classpath"), "/lib/a.jar:/lib/signed.jar");
        Path archive = Files.createDirectories(tree.resolve("target/archives/" + RELEASE + "/zt"));
        Files.writeString(archive.resolve("of"), "/lib/a.jar:/lib/signed.jar");
        Files.writeString(archive.resolve("jars"), "/own.jar:/lib/a.jar:/copies/signed.jar\n");
        Files.writeString(archive.resolve("classes.jsa"), "no archive at all");
        Files.setLastModifiedTime(Files.writeString(classes.resolve("Own.class"), ""), FileTime.from(BUILT));
        Files.setLastModifiedTime(classes, FileTime.from(BUILT));
        Files.setLastModifiedTime(archive.resolve("classes.jsa"), FileTime.from(BUILT.plusSeconds(60)));
    }

    private String asked(Map<String, String> environment) {
        String script = ". bin/lib/java.sh; zhitong_java; zhitong_class_path " + tree
                + " backend/zt; echo \"$CLASS_PATH ${SHARED[*]}\"";
        return Shell.run(QUICK, environment, RunningEstate.root(), "/bin/bash", "-euc", script)
                .succeeded()
                .text()
                .strip();
    }

    private void withoutArchive() {
        assertEquals(classes + ":/lib/a.jar:/lib/signed.jar", asked(Map.of()));
    }

    @Test
    void archive_of_what_is_built_is_taken_with_its_own_class_path() {
        assertEquals(
                "/own.jar:/lib/a.jar:/copies/signed.jar -Xshare:auto -XX:SharedArchiveFile=" + tree
                        + "/target/archives/" + RELEASE + "/zt/classes.jsa",
                asked(Map.of()));
    }

    @Test
    void without_an_archive_classes_and_libraries_are_those_of_the_build() throws IOException {
        Files.delete(tree.resolve("target/archives/" + RELEASE + "/zt/classes.jsa"));
        withoutArchive();
    }

    @Test
    void archive_of_another_class_path_is_not_taken() throws IOException {
        Files.writeString(tree.resolve("target/archives/" + RELEASE + "/zt/of"), "/lib/a.jar:/lib/older.jar");
        withoutArchive();
    }

    @Test
    void class_compiled_after_the_archive_was_made_is_not_hidden_by_it() throws IOException {
        Files.setLastModifiedTime(classes.resolve("Own.class"), FileTime.from(BUILT.plusSeconds(61)));
        withoutArchive();
    }

    @Test
    void while_the_classes_are_learnt_none_is_taken() {
        String told = asked(Map.of("ZHITONG_CLASS_LISTS", "/lists"));
        assertTrue(
                told.matches(classes + ":/lib/a\\.jar:/lib/signed\\.jar"
                        + " -XX:DumpLoadedClassList=/lists/zt\\.[0-9]+\\.list"),
                told);
    }

    @Test
    void the_command_line_takes_its_classes_and_the_cryptographic_ones_from_the_archive() {
        String loaded = Shell.run(
                        QUICK,
                        Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load"),
                        RunningEstate.root(),
                        "bin/zt",
                        "vectors",
                        "check",
                        "test-vectors/purse-sm4.json")
                .succeeded()
                .text();
        for (String type : new String[] {"io.zhitong.zt.Zt", "org.bouncycastle.crypto.engines.SM4Engine"}) {
            assertTrue(
                    loaded.lines().anyMatch(line -> line.contains("] " + type + " source: shared objects file")),
                    type + " in " + loaded);
        }
    }

    /** A flight recording looks for the bytes of classes that came from the archive. */
    @Test
    void under_a_flight_recording_nothing_is_missed() throws IOException {
        Path vault = tree.resolve("vault");
        Shell.Result told = Shell.run(
                QUICK,
                Map.of("JDK_JAVA_OPTIONS", "-XX:StartFlightRecording=filename=" + tree.resolve("recorded.jfr")),
                RunningEstate.root(),
                "bin/zt",
                "keys",
                "init",
                "--data",
                vault.toString(),
                "--shares",
                tree.resolve("shares").toString(),
                "--needed",
                "2",
                "--dealt",
                "3");
        told.succeeded();
        for (String module : new String[] {"zt", "server", "controller", "pos"}) {
            String jars = Files.readString(
                    RunningEstate.root().resolve("target/archives/" + RELEASE + "/" + module + "/jars"));
            for (String jar : jars.strip().split(":")) {
                assertEquals(0, onlyForSomeJavas(jar), jar);
            }
        }
    }

    private static long onlyForSomeJavas(String jar) throws IOException {
        try (JarFile file = new JarFile(new File(jar), false, ZipFile.OPEN_READ, Runtime.version())) {
            return file.versionedStream()
                    .filter(each -> each.getName().endsWith(".class")
                            && !each.getName().endsWith("module-info.class")
                            && !each.getRealName().equals(each.getName()))
                    .count();
        }
    }

    @Test
    void damaged_archive_or_one_of_changed_jars_costs_time_only() throws IOException {
        Path jar = RunningEstate.root().resolve("target/archives/" + RELEASE + "/zt/jars");
        String path = Files.readString(jar).strip();
        Path damaged = Files.writeString(tree.resolve("damaged.jsa"), "no archive at all");
        assertVersionIsSaid(path, damaged);
        Path archive = RunningEstate.root().resolve("target/archives/" + RELEASE + "/zt/classes.jsa");
        Path touched = Files.copy(Path.of(path.split(":")[0]), tree.resolve("own.jar"));
        assertVersionIsSaid(path.replaceFirst("^[^:]*", touched.toString()), archive);
    }

    private static void assertVersionIsSaid(String path, Path archive) {
        String said = Shell.run(
                        QUICK,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:SharedArchiveFile=" + archive,
                        "-cp",
                        path,
                        "io.zhitong.zt.Zt",
                        "version")
                .succeeded()
                .text();
        assertTrue(said.startsWith("zhitong "), said);
        assertFalse(said.contains("warning"), said);
    }
}
