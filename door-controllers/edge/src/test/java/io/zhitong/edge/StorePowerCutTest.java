package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.ListGate;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.SignedList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power cuts of the list store and of the state: the log ends after, before and within every page written to it; the pages of a
 * checkpoint are on the disk in part.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StorePowerCutTest {

    private static final int WAL_HEADER = 32;
    private static final int PAGE = 4_096;
    private static final int FRAME = 24 + PAGE;
    private static final ListGate GATE =
            new ListGate(Journals.DOOR.community(), Journals.DOOR.device(), Journals.KEY.publicKey());

    @TempDir
    private Path folder;

    /** A database's two files as they lie on a disk. */
    private record Disk(byte[] database, byte[] log) {

        static Disk of(Path file) throws IOException {
            Path log = log(file);
            return new Disk(Files.readAllBytes(file), Files.exists(log) ? Files.readAllBytes(log) : new byte[0]);
        }

        private static Path log(Path file) {
            return file.resolveSibling(file.getFileName() + "-wal");
        }

        Path put(Path folder) throws IOException {
            Path file = Files.createDirectories(folder).resolve("store.db");
            Files.write(file, database);
            Files.write(log(file), log);
            return file;
        }

        Disk cut(int length) {
            return new Disk(database, Arrays.copyOf(log, length));
        }

        /** The first pages as another disk has them. */
        Disk withPages(int count, Disk other) {
            byte[] mixed = Arrays.copyOf(other.database, Math.max(database.length, other.database.length));
            int from = Math.min(count * PAGE, mixed.length);
            if (database.length > from) {
                System.arraycopy(database, from, mixed, from, database.length - from);
            }
            return new Disk(mixed, log);
        }

        /** Where a write of the log may have stopped: after every page, one byte before that, and in the middle. */
        Set<Integer> cuts() {
            Set<Integer> cuts = new TreeSet<>(List.of(0, WAL_HEADER, log.length));
            for (int end = WAL_HEADER; end <= log.length; end += FRAME) {
                cuts.addAll(List.of(end - 1, end, Math.min(log.length, end + FRAME / 2)));
            }
            return cuts;
        }
    }

    private long heldNumber(Path file) {
        try (ListStore store = ListStore.open(file, GATE)) {
            Optional<SignedList> held = store.held(ListKind.BLACKLIST);
            store.install(ListStoreTest.list(99, 1));
            assertEquals(
                    1, store.held(ListKind.BLACKLIST).orElseThrow().records().size());
            return held.map(list -> list.header().version().number()).orElse(0L);
        }
    }

    /** On the disk: list 7, whole; then what was written for list 8. */
    private Disk afterTwoLists() throws IOException {
        Path live = folder.resolve("live.db");
        try (ListStore store = ListStore.open(live, GATE)) {
            store.install(ListStoreTest.list(7, 250));
            store.install(ListStoreTest.list(8, 200));
            return Disk.of(live);
        }
    }

    @Test
    void list_is_the_old_or_the_new_one_whole_wherever_its_writing_stopped() throws IOException {
        Disk disk = afterTwoLists();
        Set<Long> seen = new TreeSet<>();
        long before = 0;
        for (int cut : disk.cuts()) {
            long held = heldNumber(disk.cut(cut).put(folder.resolve("cut" + cut)));
            assertTrue(
                    Set.of(0L, 7L, 8L).contains(held) && held >= before, "cut at " + cut + " of " + disk.log().length);
            before = held;
            seen.add(held);
        }
        assertEquals(Set.of(0L, 7L, 8L), seen);
        assertEquals(8L, before);
    }

    @Test
    void list_is_whole_whichever_pages_of_a_checkpoint_were_written() throws Exception {
        Disk before = afterTwoLists();
        Path moved = before.put(folder.resolve("moved"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + moved);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint(truncate)");
        }
        Disk after = Disk.of(moved);
        int pages = after.database().length / PAGE;
        assertTrue(pages >= 5, pages + " pages");
        for (int written = 0; written <= pages; written++) {
            Disk between = before.withPages(written, after);
            assertEquals(8, heldNumber(between.put(folder.resolve("pages" + written))), written + " pages written");
        }
    }

    @Test
    void half_a_page_in_the_log_is_noticed() throws IOException {
        Disk disk = afterTwoLists();
        byte[] torn = disk.log().clone();
        Arrays.fill(torn, torn.length - PAGE / 2, torn.length, (byte) 0xA5);
        long held = heldNumber(new Disk(disk.database(), torn).put(folder.resolve("torn")));
        assertEquals(7, held);
    }

    @Test
    void what_put_returned_is_remembered_whenever_the_power_fails() throws IOException {
        Path live = folder.resolve("state.db");
        try (DeviceState state = DeviceState.open(live)) {
            for (int i = 0; i < 12; i++) {
                state.put("mode", Optional.of("value " + i));
                Path copy = Disk.of(live).put(folder.resolve("state" + i));
                try (DeviceState survivor = DeviceState.open(copy)) {
                    assertEquals(Optional.of("value " + i), survivor.get("mode"));
                }
            }
        }
    }

    @Test
    void state_whose_writing_stopped_anywhere_is_one_that_was_put_and_can_be_put_again() throws IOException {
        Path live = folder.resolve("state.db");
        Disk disk;
        try (DeviceState state = DeviceState.open(live)) {
            state.put("mode", Optional.of("LOCKED"));
            state.put("mode", Optional.of("NORMAL"));
            state.put("mode", Optional.empty());
            disk = Disk.of(live);
        }
        Set<Optional<String>> seen = new java.util.LinkedHashSet<>();
        for (int cut : disk.cuts()) {
            Path copy = disk.cut(cut).put(folder.resolve("cut" + cut));
            try (DeviceState survivor = DeviceState.open(copy)) {
                seen.add(survivor.get("mode"));
                survivor.put("mode", Optional.of("again"));
                assertEquals(Optional.of("again"), survivor.get("mode"));
            }
        }
        assertEquals(Set.of(Optional.empty(), Optional.of("LOCKED"), Optional.of("NORMAL")), seen);
    }
}
