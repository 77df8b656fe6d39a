package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalOpened;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListGate;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.SettingKey;
import io.zhitong.accessmodel.SettingRecord;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores whose file the disk has spoiled: the door comes up all the same, and nothing is thrown away. */
class DamagedStoresTest {

    private static final ListGate GATE =
            new ListGate(Journals.DOOR.community(), Journals.DOOR.device(), Journals.KEY.publicKey());
    private static final byte[] JUNK =
            "this is no database, it is a text of more than sixteen bytes".getBytes(StandardCharsets.US_ASCII);
    private static final int PAGE = 4_096;

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();

    private Path file(String name) {
        return folder.resolve(name);
    }

    private void tell(Path aside) {
        told.add(aside.getFileName().toString());
    }

    private Journal journal() {
        return Journal.openAnew(
                file("journal.db"),
                Journals.DOOR,
                new EdgeClock(Clock.systemUTC()),
                JournalLimits.DEFAULT,
                new TombstoneSigner(message -> Sm2.sign(Journals.KEY, message, RandomSource.secure())),
                this::tell);
    }

    /** As after a kill: SQLite's log is still there, so the next program looks before it believes. */
    private void unclean(String name) throws IOException {
        Files.createFile(file(name + "-wal"));
    }

    /** Overwrites the page that holds these bytes. */
    private void spoil(String name, byte[] holding) throws IOException {
        byte[] all = Files.readAllBytes(file(name));
        int at = find(all, holding);
        assertTrue(at >= PAGE, "found beyond the first page");
        Arrays.fill(all, at / PAGE * PAGE, at / PAGE * PAGE + PAGE, (byte) 0xA5);
        Files.write(file(name), all);
    }

    private static int find(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void journal_that_is_none_is_set_aside_byte_for_byte_and_the_new_one_knows_of_no_other() throws IOException {
        Files.write(file("journal.db"), JUNK);
        try (Journal journal = journal()) {
            JournalRecord first = Journals.all(journal).get(0);
            assertEquals(EventKind.JOURNAL_OPENED, first.kind());
            assertEquals(1, first.sequence());
            assertEquals(
                    Optional.empty(),
                    JournalOpened.decode(first.body().toByteArray()).previous());
            Journals.plain(journal, 10);
        }
        assertArrayEquals(JUNK, Files.readAllBytes(file("journal.db.damaged-1")));
        assertEquals(List.of("journal.db.damaged-1"), told);
    }

    @Test
    void journal_with_a_spoiled_page_is_found_out_at_the_start_after_a_kill() throws IOException {
        JournalId before;
        byte[] hundredth;
        try (Journal journal = journal()) {
            before = journal.journal();
            for (int i = 0; i < 100; i++) {
                Journals.plain(journal, 100);
            }
            hundredth = Journals.all(journal).get(50).encode();
        }
        spoil("journal.db", Arrays.copyOf(hundredth, 40));
        unclean("journal.db");
        try (Journal journal = journal()) {
            assertNotEquals(before, journal.journal());
            assertEquals(1, journal.lastSequence());
        }
        assertEquals(List.of("journal.db.damaged-1"), told);
    }

    @Test
    void whole_journal_is_kept_whether_the_last_program_closed_it_or_was_killed() throws IOException {
        JournalId before;
        try (Journal journal = journal()) {
            before = journal.journal();
            Journals.plain(journal, 10);
        }
        unclean("journal.db");
        try (Journal journal = journal()) {
            assertEquals(before, journal.journal());
            assertEquals(2, journal.lastSequence());
        }
        assertEquals(List.of(), told);
        assertFalse(Files.exists(file("journal.db.damaged-1")));
    }

    @Test
    void lists_that_can_still_be_read_and_verified_are_taken_over() throws IOException {
        List<SettingRecord> settings = List.of(new SettingRecord(SettingKey.ZONE.code(), "Asia/Shanghai"));
        byte[] bucket;
        try (ListStore store = ListStore.openAnew(file("lists.db"), GATE, this::tell)) {
            store.install(ListStoreTest.list(7, 3_000));
            store.install(ListStoreTest.list(ListKind.SETTINGS, 3, settings));
            bucket = store.held(ListKind.BLACKLIST)
                    .orElseThrow()
                    .tree()
                    .records()
                    .get(1_500);
        }
        spoil("lists.db", bucket);
        unclean("lists.db");
        try (ListStore store = ListStore.openAnew(file("lists.db"), GATE, this::tell)) {
            assertEquals(
                    3,
                    store.held(ListKind.SETTINGS)
                            .orElseThrow()
                            .header()
                            .version()
                            .number());
            assertTrue(store.held(ListKind.BLACKLIST).isEmpty(), "what does not verify is not used");
        }
        assertEquals(List.of("lists.db.damaged-1"), told);
        try (ListStore store = ListStore.openAnew(file("lists.db"), GATE, this::tell)) {
            assertTrue(store.held(ListKind.SETTINGS).isPresent(), "and is on disk");
        }
    }

    @Test
    void of_a_damaged_state_what_can_be_read_is_remembered() throws IOException {
        try (DeviceState state = DeviceState.openAnew(file("state.db"), this::tell)) {
            for (int i = 1_000; i < 2_000; i++) {
                state.put("mode." + i, Optional.of("LOCKED " + "x".repeat(30)));
            }
        }
        spoil("state.db", "mode.1900".getBytes(StandardCharsets.US_ASCII));
        unclean("state.db");
        try (DeviceState state = DeviceState.openAnew(file("state.db"), this::tell)) {
            assertTrue(state.get("mode.1000").isPresent());
            assertEquals(Optional.empty(), state.get("mode.1900"));
            state.put("mode.1900", Optional.of("LOCKED"));
        }
        assertEquals(List.of("state.db.damaged-1"), told);
    }

    @Test
    void no_more_than_three_damaged_files_are_kept_and_the_first_ones_stay() throws IOException {
        for (int i = 1; i <= 5; i++) {
            Files.write(file("state.db"), (i + " " + new String(JUNK, StandardCharsets.US_ASCII)).getBytes());
            DeviceState.openAnew(file("state.db"), this::tell).close();
        }
        for (int i = 1; i <= SetAside.MOST; i++) {
            int kept = i == SetAside.MOST ? 5 : i;
            assertTrue(Files.readString(file("state.db.damaged-" + i)).startsWith(kept + " "));
        }
        assertFalse(Files.exists(file("state.db.damaged-4")));
    }

    @Test
    void store_of_somebody_else_s_program_or_without_room_is_no_damaged_one() {
        EdgeException busy = new EdgeException(EdgeFault.IO, "planted");
        assertEquals(
                EdgeFault.IO,
                assertThrows(
                                EdgeException.class,
                                () -> SetAside.opened(
                                        file("x.db"),
                                        () -> {
                                            throw busy;
                                        },
                                        (fresh, aside) -> fresh))
                        .fault());
        assertFalse(Files.exists(file("x.db.damaged-1")));
    }

    @Test
    void stores_are_readable_by_their_owner_only_and_so_is_what_sqlite_keeps_beside_them() throws IOException {
        Files.createFile(
                file("journal.db"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        try (Journal journal = journal();
                ListStore lists = ListStore.openAnew(file("lists.db"), GATE, this::tell);
                DeviceState state = DeviceState.openAnew(file("state.db"), this::tell)) {
            Journals.plain(journal, 10);
            lists.install(ListStoreTest.list(1, 3));
            state.put("mode.1", Optional.of("LOCKED"));
            for (String name : new String[] {"journal.db", "journal.db-wal", "lists.db", "lists.db-wal", "state.db"}) {
                assertEquals(
                        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name))), name);
            }
        }
        assertEquals(List.of(), told);
    }
}
