package io.zhitong.settlementfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files whose check values, digest and signature could all be right, and which are still not of the published form. */
class FieldFormTest {
    private static final byte[] FILE = Samples.signed(3).content();

    @Test
    void a_forger_who_changes_nothing_makes_the_same_file() {
        assertEquals(text(FILE), text(new Forger(FILE).file()));
        assertTrue(PackageParser.parse(new Forger(FILE).file()).consistent());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 2, format",
        "0, 1, 01, format",
        "0, 2, tx, type",
        "0, 3, 4403-001, sender",
        "0, 3, '', sender",
        "0, 4, shop, receiver",
        "0, 4, A2345678901234567, receiver",
        "0, 5, 2026-11-21, day",
        "0, 6, 1, sequence",
        "0, 7, 001, version",
        "0, 8, 03, count",
        "0, 8, -3, count",
        "0, 9, 1050.00, amount",
        "0, 9, +1050, amount",
        "0, 10, 0123456789abcdef, key id",
        "1, 1, 0, number",
        "1, 1, 01, number",
        "1, 2, 0000000044030000000G, card serial",
        "1, 2, 000000004403000000, card serial",
        "1, 3, ' 7', card counter",
        "1, 4, 00000000004, terminal",
        "1, 5, '', psam",
        "1, 6, 4e3, terminal sequence",
        "1, 7, 6, type",
        "1, 8, 0, amount",
        "1, 8, -250, amount",
        "1, 8, 2_50, amount",
        "1, 9, 00, balance",
        "1, 10, 2026112110153, time",
        "1, 10, 20261121T01530, time",
        "1, 11, 0a1b2c3d, TAC",
        "1, 12, 1, key version",
        "1, 13, X, TAC state",
        "1, 13, v, TAC state"
    })
    void a_field_of_another_form_is_named_with_its_line(int line, int field, String value, String name) {
        Finding first = first(new Forger(FILE).set(line, field, value).file());
        assertEquals(Problem.FORM, first.problem());
        assertEquals(line + 1, first.line());
        assertEquals(name, first.field());
        assertEquals(value, first.found());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2, ZZ",
        "0, 5, 20260230",
        "0, 5, 20261301",
        "0, 5, 19991231",
        "0, 6, 0000",
        "0, 7, 00",
        "0, 8, 10001",
        "0, 9, 9999999999999999",
        "1, 3, 65536",
        "1, 6, 4294967296",
        "1, 8, 4294967296",
        "1, 9, 9999999999"
    })
    void a_field_of_right_form_and_impossible_value_is_refused_at_its_line(int line, int field, String value) {
        Finding first = first(new Forger(FILE).set(line, field, value).file());
        assertEquals(Problem.FORM, first.problem());
        assertEquals(line + 1, first.line());
    }

    @ParameterizedTest
    @CsvSource({"0, 12, 11", "1, 15, 14", "4, 5, 4"})
    void a_line_with_a_field_too_few_is_counted(int line, int expected, int found) {
        Finding first = first(new Forger(FILE).drop(line, 1).file());
        assertEquals(Problem.FORM, first.problem());
        assertEquals(expected + " fields", first.expected());
        assertEquals(found + " fields", first.found());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8, 4, MISSING",
        "0, 8, 2, TOTAL",
        "0, 9, 1051, TOTAL",
        "4, 1, 2, TOTAL",
        "4, 2, 1049, TOTAL",
        "1, 8, 251, TOTAL",
        "2, 1, 3, DUPLICATE",
        "3, 1, 5, MISSING"
    })
    void sums_and_numbers_that_do_not_agree_are_found_although_every_check_value_does(
            int line, int field, String value, Problem problem) {
        assertEquals(
                problem, first(new Forger(FILE).set(line, field, value).file()).problem());
    }

    @Test
    void a_wrong_digest_is_told_from_a_wrong_sum() {
        String[] lines = text(FILE).split("\n");
        String trailer = lines[4];
        String digest = trailer.split("\\|")[3];
        String wrong = (digest.charAt(0) == '0' ? "1" : "0") + digest.substring(1);
        String before = lines[3].substring(lines[3].length() - 16);
        String content = trailer.substring(0, trailer.length() - 16).replace(digest, wrong);
        lines[4] = content + CheckChain.next(before, content);
        Finding first = first((String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(Problem.DIGEST, first.problem());
        assertEquals(5, first.line());
        assertEquals(digest, first.expected());
    }

    @Test
    void the_ends_of_every_range_are_written_and_read_back() {
        SettlementRecord least = new SettlementRecord(
                "0".repeat(20),
                0,
                "0".repeat(12),
                "0".repeat(20),
                0,
                0,
                1,
                0,
                "0".repeat(14),
                "0".repeat(8),
                0,
                TacState.U);
        SettlementRecord most = new SettlementRecord(
                "F".repeat(20),
                0xFFFF,
                "F".repeat(12),
                "F".repeat(20),
                0xFFFF_FFFFL,
                0xFF,
                0xFFFF_FFFFL,
                0xFFFF_FFFFL,
                "9".repeat(14),
                "F".repeat(8),
                0xFF,
                TacState.V);
        PackageName name = new PackageName(FileType.TX, "Z".repeat(16), LocalDate.of(9999, 12, 31), 9999, 99);
        byte[] file = PackageWriter.write(name, "A", "F".repeat(16), List.of(least, most));
        ParsedPackage parsed = PackageParser.parse(file);
        assertEquals(List.of(), parsed.findings());
        assertEquals(List.of(least, most), parsed.records());
        assertEquals(name, parsed.header().orElseThrow().name());
        assertEquals(4_294_967_296L, parsed.header().orElseThrow().amountFen());
    }

    @Test
    void after_the_last_version_there_is_no_next() {
        PackageName last = new PackageName(FileType.TX, "A", LocalDate.of(2026, 11, 21), 1, 99);
        assertThrows(IllegalArgumentException.class, last::nextVersion);
    }

    @Test
    void as_many_records_as_a_file_may_hold_are_written_and_one_more_is_not() {
        List<SettlementRecord> full = Collections.nCopies(PackageHeader.MAX_RECORDS, Samples.record(1, 0xFFFF_FFFFL));
        byte[] file = PackageWriter.write(Samples.NAME, "SHOP0001", "0".repeat(16), full);
        assertTrue(file.length <= PackageParser.MAX_BYTES, file.length + " bytes");
        assertTrue(PackageParser.parse(file).consistent());
        List<SettlementRecord> more = new ArrayList<>(full);
        more.add(Samples.record(1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> PackageWriter.write(Samples.NAME, "SHOP0001", "0".repeat(16), more));
    }

    @Test
    void a_large_file_with_everything_shuffled_is_refused_in_seconds() {
        List<String> lines =
                new ArrayList<>(text(Samples.signed(2_000).content()).lines().toList());
        List<String> records = lines.subList(1, lines.size() - 1);
        Collections.shuffle(records, new Random(5));
        byte[] shuffled = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        assertTimeout(
                Duration.ofSeconds(10),
                () -> assertFalse(PackageParser.parse(shuffled).consistent()));
        assertEquals(Problem.REORDERED, first(shuffled).problem());
    }

    @Test
    void a_file_in_which_every_line_was_changed_names_the_first_fifty_and_ends() {
        String changed = text(Samples.signed(500).content()).replace("|20261121101530|", "|20261121101531|");
        List<Finding> findings = PackageParser.parse(changed.getBytes(StandardCharsets.ISO_8859_1))
                .findings();
        assertTrue(findings.size() >= 50 && findings.size() <= 52, findings.size() + " findings");
        assertEquals(new Finding(Problem.CHANGED, 2, "time", "20261121101530", "20261121101531"), findings.get(0));
    }

    @ParameterizedTest
    @CsvSource({"'\r\n'", "'\n\n'", "'\u0000\n'", "' \n'"})
    void another_line_end_is_not_the_file_that_was_signed(String end) {
        byte[] file = text(FILE).replace("\n", end).getBytes(StandardCharsets.ISO_8859_1);
        assertFalse(PackageParser.parse(file).consistent());
    }

    @Test
    void a_mark_of_utf_8_in_front_is_not_the_file_that_was_signed() {
        byte[] file = ("\u00EF\u00BB\u00BF" + text(FILE)).getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(1, first(file).line());
    }

    private static Finding first(byte[] file) {
        List<Finding> findings = PackageParser.parse(file).findings();
        assertFalse(findings.isEmpty(), "nothing found");
        return findings.get(0);
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }
}
