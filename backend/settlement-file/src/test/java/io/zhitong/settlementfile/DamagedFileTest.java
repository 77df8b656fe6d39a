package io.zhitong.settlementfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Every way a file can be damaged is named, at its place. */
class DamagedFileTest {
    private static final byte[] FILE = Samples.signed(9).content();
    private static final List<String> LINES = new String(FILE, StandardCharsets.ISO_8859_1)
            .lines()
            .map(line -> line + "\n")
            .toList();

    /** The short round of a test that repeats unless {@code -Dzhitong.rounds=N} asks for more. */
    private static final int ROUNDS = Integer.getInteger("zhitong.rounds", 50);

    private static final byte[] OTHERS = {'0', 'F', '|', ' ', (byte) 0xC3};

    /** Every byte gets one other value in turn; in a long round each of them. */
    @Test
    void every_byte_changed_one_by_one_is_found_at_its_line_with_what_stood_there() {
        int each = ROUNDS >= 1000 ? OTHERS.length : 1;
        int line = 1;
        for (int at = 0; at < FILE.length; at++) {
            for (int i = 0; i < each; i++) {
                byte other = OTHERS[(at + i) % OTHERS.length];
                if (FILE[at] != other) {
                    assertNamed(at, other, line);
                }
            }
            line += FILE[at] == '\n' ? 1 : 0;
        }
        assertEquals(LINES.size() + 1, line);
    }

    private static void assertNamed(int at, byte other, int line) {
        byte[] damaged = FILE.clone();
        damaged[at] = other;
        List<Finding> findings = PackageParser.parse(damaged).findings();
        String where = "byte " + at + " to " + other + ": " + findings;
        assertFalse(findings.isEmpty(), where);
        Finding first = findings.get(0);
        assertEquals(line, first.line(), where);
        if (FILE[at] != '\n' && !inLastCheck(at)) {
            assertEquals(Problem.CHANGED, first.problem(), where);
            assertEquals(1, findings.size(), where);
            assertTrue(LINES.get(line - 1).contains(first.expected()), where);
        }
    }

    /** After the last check value nothing follows that could vouch for it, so strange characters are a matter of form. */
    private static boolean inLastCheck(int at) {
        return at >= FILE.length - 17;
    }

    @Property(tries = 300)
    void any_other_byte_value_anywhere_is_refused_at_its_line(
            @ForAll @IntRange(min = 0, max = 100_000) int place, @ForAll byte other) {
        int at = place % FILE.length;
        if (FILE[at] == other) {
            return;
        }
        byte[] damaged = FILE.clone();
        damaged[at] = other;
        List<Finding> findings = PackageParser.parse(damaged).findings();
        long line = 1
                + new String(FILE, 0, at, StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        assertEquals(line, findings.get(0).line(), findings.toString());
    }

    @Test
    void changed_amount_is_named_with_both_values() {
        byte[] damaged = replaced("R|4|", "|550|", "|950|");
        assertEquals(
                List.of(new Finding(Problem.CHANGED, 5, "amount", "550", "950")),
                PackageParser.parse(damaged).findings());
    }

    @Test
    void changed_check_value_is_told_from_changed_content() {
        String check = LINES.get(3).substring(LINES.get(3).length() - 17).strip();
        String other = (check.charAt(0) == '0' ? "1" : "0") + check.substring(1);
        byte[] damaged = replaced("R|3|", check, other);
        assertEquals(
                List.of(new Finding(Problem.CHANGED, 4, "check", check, other)),
                PackageParser.parse(damaged).findings());
    }

    @Test
    void line_changed_in_several_places_is_named_as_a_whole() {
        byte[] damaged = replaced("R|4|", "20261121101530", "20270101000000");
        Finding only = only(damaged);
        assertEquals(Problem.CHANGED_LINE, only.problem());
        assertEquals(5, only.line());
    }

    @Test
    void each_dropped_line_is_named() {
        for (int drop = 0; drop < LINES.size(); drop++) {
            List<String> lines = new ArrayList<>(LINES);
            lines.remove(drop);
            Finding first = first(bytes(lines));
            if (drop == 0) {
                assertEquals(Problem.HEADER_EXPECTED, first.problem());
            } else if (drop == LINES.size() - 1) {
                assertEquals(Problem.TRUNCATED, first.problem());
            } else {
                assertEquals(Problem.MISSING, first.problem(), first.text());
                assertEquals("record " + drop, first.expected());
                assertEquals(drop + 1, first.line());
            }
        }
    }

    @Test
    void each_swap_of_two_records_is_named_at_the_first_of_them() {
        for (int a = 1; a < LINES.size() - 2; a++) {
            for (int b = a + 1; b < LINES.size() - 1; b++) {
                List<String> lines = new ArrayList<>(LINES);
                Collections.swap(lines, a, b);
                Finding expected =
                        new Finding(Problem.REORDERED, a + 1, "number", String.valueOf(a), String.valueOf(b));
                assertEquals(
                        List.of(expected), PackageParser.parse(bytes(lines)).findings(), a + "/" + b);
            }
        }
    }

    @Test
    void record_standing_twice_is_named() {
        List<String> lines = new ArrayList<>(LINES);
        lines.add(5, LINES.get(3));
        Finding first = first(bytes(lines));
        assertEquals(Problem.DUPLICATE, first.problem());
        assertEquals(6, first.line());
        assertEquals("record 3 again", first.found());
    }

    @Test
    void header_in_the_middle_and_lines_after_the_trailer_are_named() {
        List<String> twoHeads = new ArrayList<>(LINES);
        twoHeads.add(4, LINES.get(0));
        assertEquals(Problem.LINE_KIND, first(bytes(twoHeads)).problem());
        List<String> afterEnd = new ArrayList<>(LINES);
        afterEnd.add(LINES.get(2));
        assertEquals(Problem.AFTER_TRAILER, first(bytes(afterEnd)).problem());
        assertEquals(12, first(bytes(afterEnd)).line());
    }

    @Test
    void each_cut_is_called_truncated_at_the_line_of_the_cut() {
        for (int length = 1; length < FILE.length; length++) {
            byte[] cut = Arrays.copyOf(FILE, length);
            List<Finding> findings = PackageParser.parse(cut).findings();
            assertEquals(1, findings.size(), "cut at " + length + ": " + findings);
            assertEquals(Problem.TRUNCATED, findings.get(0).problem(), "cut at " + length);
        }
    }

    @Test
    void empty_and_oversized_files_are_refused_unread() {
        assertEquals(Problem.EMPTY, only(new byte[0]).problem());
        assertEquals(
                Problem.TOO_LARGE, only(new byte[PackageParser.MAX_BYTES + 1]).problem());
    }

    @Test
    void arbitrary_bytes_are_refused_without_an_exception() {
        Random random = new Random(42);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] noise = new byte[1 + random.nextInt(2000)];
            random.nextBytes(noise);
            assertFalse(PackageParser.parse(noise).consistent());
        }
    }

    @Test
    void forger_who_recomputes_checks_but_not_totals_is_caught_by_the_totals() {
        List<SettlementRecord> dearer = new ArrayList<>(Samples.records(3));
        dearer.set(1, Samples.record(1, 999_99));
        String honest = text(Samples.signed(3).content());
        String forged = text(SignedPackage.make(Samples.NAME, "SHOP0001", dearer, Samples.signer(Samples.KEY))
                .content());
        String mixed =
                rechecked(firstLine(honest) + forged.substring(firstLine(forged).length()));
        Finding first = first(mixed.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(Problem.TOTAL, first.problem());
        assertEquals("amount", first.field());
    }

    private static String rechecked(String file) {
        StringBuilder out = new StringBuilder();
        String link = CheckChain.START;
        for (String line : file.lines().toList()) {
            String content = line.substring(0, line.length() - 16);
            link = CheckChain.next(link, content);
            out.append(content).append(link).append('\n');
        }
        return out.toString();
    }

    private static byte[] replaced(String lineStart, String from, String to) {
        return bytes(LINES.stream()
                .map(line -> line.startsWith(lineStart) ? line.replace(from, to) : line)
                .toList());
    }

    private static Finding first(byte[] file) {
        return PackageParser.parse(file).findings().get(0);
    }

    private static Finding only(byte[] file) {
        List<Finding> findings = PackageParser.parse(file).findings();
        assertEquals(1, findings.size(), findings.toString());
        return findings.get(0);
    }

    private static String firstLine(String file) {
        return file.substring(0, file.indexOf('\n') + 1);
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(List<String> lines) {
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }
}
