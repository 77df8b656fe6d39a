package io.zhitong.keyvault.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.KeyAlgorithm;
import io.zhitong.keyapi.KeyOperation;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.machinetls.MachineProfile;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is added to the software has to be described in the evidence pack, or a test fails. */
class CompletenessTest {
    /** Classes of sm-crypto that are no algorithm: bytes, texts, errors. */
    private static final Set<String> NO_ALGORITHM = Set.of(
            "ByteReader",
            "ByteWriter",
            "Hex",
            "MalformedInput",
            "SecretAccess",
            "SecretBytes",
            "Sm2Fault",
            "package-info");

    private static final EvidenceDocument DOCUMENT = EvidencePack.of(SampleInput.sealed());

    @Test
    void every_algorithm_class_of_sm_crypto_is_in_the_inventory() throws IOException, URISyntaxException {
        Set<String> classes = classesOfSmCrypto();
        assertTrue(classes.containsAll(Set.of("Sm2", "Sm3", "Sm4", "DesCipher")), "the search finds what is there");
        assertEquals(Set.of(), undescribed(classes));
        assertEquals(Set.of("Sm9"), undescribed(Set.of("Sm3", "Sm9", "Hex")), "and a class that nobody described");
        assertTrue(classes.containsAll(NO_ALGORITHM), "an exception that is there no more");
    }

    private static Set<String> undescribed(Set<String> classes) {
        Set<String> left = new TreeSet<>(classes);
        left.removeAll(NO_ALGORITHM);
        left.removeAll(described());
        return left;
    }

    private static Set<String> described() {
        return Catalogue.read("algorithms.tsv").stream()
                .flatMap(line -> Stream.of(line.text("classes").split(" ")))
                .collect(Collectors.toSet());
    }

    private static Set<String> classesOfSmCrypto() throws IOException, URISyntaxException {
        Path place = Path.of(
                Sm3.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return names(place.resolve("io/zhitong/smcrypto"));
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return names(jar.getPath("io/zhitong/smcrypto"));
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void inventory_names_no_class_that_is_gone() throws IOException, URISyntaxException {
        Set<String> known = classesOfSmCrypto();
        Arrays.stream(KeyAlgorithm.values()).forEach(one -> known.add("KeyAlgorithm." + one));
        Arrays.stream(MachineProfile.values()).forEach(one -> known.add("MachineProfile." + one));
        Set<String> named = described();
        named.removeAll(known);
        named.remove("");
        assertEquals(Set.of(), named);
    }

    @Test
    void every_key_algorithm_and_profile_of_machines_is_in_the_inventory_and_every_suite_in_its_table() {
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            assertTrue(described().contains("KeyAlgorithm." + algorithm), algorithm.name());
        }
        for (MachineProfile profile : MachineProfile.values()) {
            assertTrue(described().contains("MachineProfile." + profile), profile.name());
            assertTrue(cells("suites", "suite").contains(profile.suite()), profile.name());
        }
    }

    @Test
    void every_usage_operation_state_signing_key_and_kind_of_record_has_its_row_or_column() {
        for (KeyUsage usage : KeyUsage.values()) {
            assertTrue(cells("usages", "code").contains(String.valueOf(usage.code())), usage.name());
            assertTrue(cells("operations", "usage").contains(usage + " " + usage.chinese()), usage.name());
        }
        List<String> columns = table("operations").columns().stream()
                .map(EvidenceTable.Column::key)
                .toList();
        for (KeyOperation operation : KeyOperation.values()) {
            assertTrue(columns.contains(operation.name().toLowerCase(Locale.ROOT)), operation.name());
        }
        for (SigningKey key : SigningKey.values()) {
            assertTrue(cells("signing-keys", "key").contains(key + " " + key.chinese()), key.name());
        }
        for (KeyState state : KeyState.values()) {
            assertTrue(cells("states", "state").contains(state.chinese()), state.name());
        }
        for (AuditKind kind : AuditKind.values()) {
            assertTrue(cells("kinds", "code").contains(String.valueOf(kind.code())), kind.name());
        }
    }

    @Test
    void separation_table_marks_what_a_usage_allows_and_nothing_else() {
        EvidenceTable table = table("operations");
        for (int row = 0; row < KeyUsage.values().length; row++) {
            for (int column = 0; column < KeyOperation.values().length; column++) {
                boolean allowed = KeyUsage.values()[row].allows(KeyOperation.values()[column]);
                assertEquals(
                        allowed ? "●" : "",
                        table.rows().get(row).get(column + 1).chinese(),
                        KeyUsage.values()[row] + " " + KeyOperation.values()[column]);
            }
        }
    }

    @Test
    void every_demand_points_at_sections_there_are_and_says_what_is_left_to_the_operator() {
        Set<String> sections =
                DOCUMENT.sections().stream().map(EvidenceSection::key).collect(Collectors.toSet());
        for (Catalogue.Line line : Catalogue.read("aspects.tsv")) {
            for (String section : line.text("sections").split(" ")) {
                assertTrue(section.isEmpty() || sections.contains(section), section);
            }
            boolean covered = line.text("covered").equals("yes");
            assertTrue(covered || !line.text("do_zh").isEmpty(), line.text("zh"));
            assertFalse(covered && line.text("sections").isEmpty(), line.text("zh"));
        }
    }

    private static EvidenceTable table(String key) {
        return DOCUMENT.sections().stream()
                .flatMap(section -> section.tables().stream())
                .filter(table -> table.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> cells(String table, String column) {
        EvidenceTable found = table(table);
        int at =
                found.columns().stream().map(EvidenceTable.Column::key).toList().indexOf(column);
        return found.rows().stream().map(row -> row.get(at).chinese()).toList();
    }
}
