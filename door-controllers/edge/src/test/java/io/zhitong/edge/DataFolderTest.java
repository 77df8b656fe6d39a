package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of a device's data, and changes of its files that are whole or have not happened. */
final class DataFolderTest {
    @TempDir
    private Path folder = Path.of(".");

    private List<String> names() throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(path -> String.valueOf(path.getFileName())).sorted().toList();
        }
    }

    @Test
    void a_folder_belongs_to_one_program_until_it_is_given_back() {
        Path data = folder.resolve("deep/data");
        DataFolder held = DataFolder.lock(data);
        assertEquals(data.toString(), held.toString());
        EdgeException refused = assertThrows(EdgeException.class, () -> DataFolder.lock(data));
        assertEquals(EdgeFault.IN_USE, refused.fault());
        assertTrue(String.valueOf(refused.getMessage()).contains("stop it first"), refused::toString);
        held.close();
        DataFolder.lock(data).close();
    }

    @Test
    void a_refused_program_does_not_take_the_lock_from_the_first() {
        DataFolder held = DataFolder.lock(folder);
        for (int i = 0; i < 3; i++) {
            assertThrows(EdgeException.class, () -> DataFolder.lock(folder));
        }
        held.close();
        held.close();
    }

    /** A board that loses its power daily would fill its card within some years. */
    @Test
    void what_killed_programs_unpacked_is_gone_with_the_next_start_and_nothing_else() throws IOException {
        Path temporary = Files.createDirectories(DataFolder.temporary(folder));
        Files.write(temporary.resolve("sqlite-1.so"), new byte[1_000]);
        Files.createFile(temporary.resolve("sqlite-1.so.lck"));
        Path elsewhere = Files.writeString(folder.resolve("journal.db"), "kept");
        Files.createSymbolicLink(temporary.resolve("link"), elsewhere);
        DataFolder.lock(folder).close();
        try (var left = Files.list(temporary)) {
            assertEquals(0, left.count());
        }
        assertEquals("kept", Files.readString(elsewhere));
    }

    @Test
    void a_folder_that_is_in_use_keeps_what_its_program_unpacked() throws IOException {
        Path unpacked = Files.createDirectories(DataFolder.temporary(folder)).resolve("sqlite-2.so");
        try (DataFolder held = DataFolder.lock(folder)) {
            Files.write(unpacked, new byte[1_000]);
            assertThrows(EdgeException.class, () -> DataFolder.lock(folder));
            assertTrue(Files.exists(unpacked), held::toString);
        }
    }

    @Test
    void two_folders_are_two_programs() {
        try (DataFolder one = DataFolder.lock(folder.resolve("1"));
                DataFolder two = DataFolder.lock(folder.resolve("2"))) {
            assertFalse(one.toString().equals(two.toString()));
        }
    }

    @Test
    void a_lock_file_left_by_a_dead_program_is_no_lock() throws IOException {
        Files.writeString(folder.resolve("lock"), "4711");
        DataFolder.lock(folder).close();
    }

    @Test
    void a_file_in_the_folders_place_is_told_as_a_fault_of_the_disk() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "no folder");
        EdgeException refused = assertThrows(EdgeException.class, () -> DataFolder.lock(file));
        assertEquals(EdgeFault.IO, refused.fault());
    }

    @Test
    void a_file_is_written_under_its_name_in_one_step_and_leaves_no_part() throws IOException {
        Path file = folder.resolve("word");
        Durable.write(file, "第一");
        assertEquals("第一", Files.readString(file));
        Durable.write(file, "2");
        assertEquals("2", Files.readString(file));
        assertEquals(List.of("word"), names());
    }

    @Test
    void a_part_left_by_a_power_cut_is_written_over() throws IOException {
        Files.writeString(folder.resolve("word.part"), "half of a much longer te");
        Durable.write(folder.resolve("word"), "new");
        assertEquals("new", Files.readString(folder.resolve("word")));
        assertEquals(List.of("word"), names());
    }

    @Test
    void what_cannot_be_written_leaves_the_old_file() throws IOException {
        Path file = folder.resolve("word");
        Durable.write(file, "old");
        Files.createDirectories(folder.resolve("word.part/occupied"));
        assertThrows(IOException.class, () -> Durable.write(file, "new"));
        assertEquals("old", Files.readString(file));
        assertThrows(IOException.class, () -> Durable.write(folder.resolve("none/word"), "new"));
    }

    @Test
    void a_name_goes_over_to_the_new_file_and_nothing_has_two() throws IOException {
        Files.writeString(folder.resolve("a"), "new");
        Files.writeString(folder.resolve("b"), "old");
        Durable.rename(folder.resolve("a"), folder.resolve("b"));
        assertEquals("new", Files.readString(folder.resolve("b")));
        assertEquals(List.of("b"), names());
        assertThrows(NoSuchFileException.class, () -> Durable.rename(folder.resolve("a"), folder.resolve("b")));
        assertEquals("new", Files.readString(folder.resolve("b")));
    }

    @Test
    void a_tree_is_deleted_with_all_below_it_and_neither_its_neighbour_nor_where_a_link_leads() throws IOException {
        Files.createDirectories(folder.resolve("slot/deep/er"));
        Files.writeString(folder.resolve("slot/deep/er/f"), "x");
        Files.writeString(folder.resolve("neighbour"), "stays");
        Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(folder.resolve("elsewhere/f"), "stays");
        Files.createSymbolicLink(folder.resolve("slot/link"), folder.resolve("elsewhere"));
        Durable.delete(folder.resolve("slot"));
        assertEquals(List.of("elsewhere", "neighbour"), names());
        assertEquals("stays", Files.readString(folder.resolve("elsewhere/f")));
        Durable.delete(folder.resolve("slot"));
        assertEquals(List.of("elsewhere", "neighbour"), names(), "what is not there is no fault");
    }

    @Test
    void forcing_what_is_not_there_is_told() {
        assertThrows(NoSuchFileException.class, () -> Durable.force(folder.resolve("none"), StandardOpenOption.READ));
    }

    @Test
    void a_launcher_is_there_where_the_environment_names_its_slots() throws IOException {
        assertTrue(Launcher.of(Map.of("PATH", "/bin")).isEmpty());
        Launcher launcher =
                Launcher.of(Map.of(Launcher.SLOTS, folder.toString())).orElseThrow();
        assertEquals(Optional.empty(), launcher.rolledBack());
        launcher.healthy();
        launcher.healthy();
        assertEquals("healthy\n", Files.readString(folder.resolve("healthy")));
    }

    @Test
    void an_update_that_did_not_stay_is_told_in_a_short_line_whatever_the_launcher_wrote() throws IOException {
        Launcher launcher =
                Launcher.of(Map.of(Launcher.SLOTS, folder.toString())).orElseThrow();
        Files.writeString(folder.resolve("rolled-back"), "  1.4.0.22 no sign of health\n");
        assertEquals(Optional.of("1.4.0.22 no sign of health"), launcher.rolledBack());
        Files.writeString(folder.resolve("rolled-back"), "x".repeat(5_000));
        assertEquals(Optional.of("x".repeat(120)), launcher.rolledBack());
        Files.write(folder.resolve("rolled-back"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        assertEquals(Optional.of("unreadable"), launcher.rolledBack());
    }

    @Test
    void a_launcher_whose_folder_is_gone_is_no_reason_to_stop() {
        Launcher launcher = Launcher.of(
                        Map.of(Launcher.SLOTS, folder.resolve("gone").toString()))
                .orElseThrow();
        launcher.healthy();
        assertEquals(Optional.empty(), launcher.rolledBack());
    }

    @Test
    void faults_are_told_in_the_order_of_their_parts_each_once_and_gone_when_mended() {
        Health health = new Health();
        assertTrue(health.healthy());
        health.broken("reader door-2", "no answer");
        health.broken("board", "cut");
        health.broken("reader door-2", "wrong driver");
        assertEquals(List.of("board: cut", "reader door-2: wrong driver"), health.faults());
        assertFalse(health.healthy());
        health.working("board");
        health.working("never broken");
        assertEquals(List.of("reader door-2: wrong driver"), health.faults());
        health.working("reader door-2");
        assertTrue(health.healthy());
    }

    @Test
    void a_journal_has_at_least_16_kib_and_a_reserve_within_it() {
        var keep = java.time.Duration.ofDays(7);
        assertEquals(16_384, new JournalLimits(16_384, 0, keep, keep).maxBytes());
        assertEquals(16_383, new JournalLimits(16_384, 16_383, keep, keep).paymentReserve());
        for (long[] wrong : new long[][] {{16_383, 0}, {0, 0}, {-1, -2}, {16_384, 16_384}, {16_384, -1}}) {
            EdgeException refused =
                    assertThrows(EdgeException.class, () -> new JournalLimits(wrong[0], wrong[1], keep, keep));
            assertEquals(EdgeFault.CONFIG, refused.fault());
        }
    }

    @Test
    void a_full_disk_and_a_damaged_file_have_faults_of_their_own_also_by_extended_codes() {
        for (int full : new int[] {13, 13 | 1 << 8, 13 | 7 << 8}) {
            assertEquals(
                    EdgeFault.DISK_FULL,
                    SqlFaults.of(new java.sql.SQLException("x", "", full)).fault());
        }
        for (int damaged : new int[] {11, 26, 11 | 1 << 8}) {
            assertEquals(
                    EdgeFault.DAMAGED,
                    SqlFaults.of(new java.sql.SQLException("x", "", damaged)).fault());
        }
        for (int other : new int[] {0, 1, 10, 14, 10 | 13 << 8}) {
            assertEquals(
                    EdgeFault.IO,
                    SqlFaults.of(new java.sql.SQLException("secret", "", other)).fault());
        }
        EdgeException told = SqlFaults.of(new java.sql.SQLException("secret", "", 10));
        assertEquals(EdgeFault.IO.english() + ": SQLite answered 10", told.getMessage());
    }
}
