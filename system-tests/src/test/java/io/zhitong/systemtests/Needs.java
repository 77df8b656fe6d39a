package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a test needs of the machine: without it the test is left out, or fails when all are required. */
final class Needs {
    private Needs() {}

    static void program(String path, String debianPackage) {
        need(Files.isExecutable(Path.of(path)), debianPackage);
    }

    static void nothing(Optional<String> missingPackage) {
        need(missingPackage.isEmpty(), missingPackage.orElse(""));
    }

    static void file(Path path, String debianPackage) {
        need(Files.isReadable(path), debianPackage);
    }

    private static void need(boolean there, String debianPackage) {
        if (!there && "1".equals(System.getenv("ZHITONG_REQUIRE_ALL"))) {
            fail("all tests are required: install " + debianPackage);
        }
        assumeTrue(there, () -> "left out: needs the Debian package " + debianPackage);
    }
}
