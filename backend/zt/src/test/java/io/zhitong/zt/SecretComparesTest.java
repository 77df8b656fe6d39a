package io.zhitong.zt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.zhitong.cos.Card;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** MACs, PINs and keys are compared in constant time, on the card and in the terminal. */
final class SecretComparesTest {
    /** What the search is for. */
    static final class Planted {
        private Planted() {}

        static boolean same(SecretBytes secret, byte[] sent) {
            return Arrays.equals(secret.export(SecretAccess.TOKEN), sent);
        }

        static boolean harmless(byte[] one, byte[] other) {
            return Arrays.equals(one, other);
        }
    }

    @Test
    void search_finds_a_planted_comparison_and_no_other() {
        List<String> found = SecretCompares.in(new ClassFileImporter().importClasses(Planted.class, Card.class));
        assertEquals(1, found.size(), found.toString());
        assertTrue(found.get(0).contains("Planted.same"), found.toString());
    }

    @Test
    void no_method_of_card_or_terminal_that_holds_a_secret_compares_byte_by_byte() {
        Map<String, Path> modules = SourceTree.ofThisBuild().modules();
        List<Path> paths = Stream.of("sm-crypto", "card-spec", "cos", "card-terminal", "key-vault")
                .map(module -> modules.get(module).resolve("target").resolve("classes"))
                .toList();
        JavaClasses classes = new ClassFileImporter().importPaths(paths);
        assertTrue(classes.size() > 150, "classes read: " + classes.size());
        assertEquals(List.of(), SecretCompares.in(classes));
    }
}
