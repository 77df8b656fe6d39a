package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a disk would hold if the power failed: copies of the files at commit points, and the log cut anywhere. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PowerCutTest {

    @TempDir
    Path folder;

    private Path copy(Path from, String name) throws IOException {
        Path to = Files.createDirectories(folder.resolve(name));
        for (String file : List.of("journal.db", "journal.db-wal")) {
            if (Files.exists(from.resolve(file))) {
                Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return to;
    }

    @Test
    void what_append_returned_is_there_whenever_the_power_fails() throws IOException {
        Path live = Files.createDirectories(folder.resolve("live"));
        List<JournalRecord> appended = new ArrayList<>();
        List<Path> copies = new ArrayList<>();
        try (Journal journal = Journals.open(live)) {
            for (int i = 0; i < 30; i++) {
                appended.add(Journals.plain(journal, 200));
                copies.add(copy(live, "cut" + i));
            }
        }
        for (int i = 0; i < copies.size(); i++) {
            try (Journal survivor = Journals.open(copies.get(i))) {
                List<JournalRecord> held = Journals.all(survivor);
                assertEquals(appended.subList(0, i + 1), held.subList(1, held.size()));
                assertTrue(Journals.chained(held));
                assertEquals(i + 3L, Journals.plain(survivor, 1).sequence());
            }
        }
    }

    @Test
    void log_cut_at_any_place_leaves_a_whole_chain() throws IOException {
        Path live = Files.createDirectories(folder.resolve("live"));
        Path full;
        try (Journal journal = Journals.open(live)) {
            for (int i = 0; i < 20; i++) {
                Journals.plain(journal, 100);
            }
            full = copy(live, "full");
        }
        byte[] log = Files.readAllBytes(full.resolve("journal.db-wal"));
        assertTrue(log.length > 10_000);
        for (int cut = 0; cut < log.length; cut += 3_001) {
            Path torn = copy(full, "torn" + cut);
            Files.write(torn.resolve("journal.db-wal"), java.util.Arrays.copyOf(log, cut));
            try (Journal survivor = Journals.open(torn)) {
                Journals.plain(survivor, 1);
                assertTrue(Journals.chained(Journals.all(survivor)), "cut at " + cut);
            }
        }
    }

    @Test
    void settings_that_make_a_commit_durable_are_on() throws Exception {
        try (Journal journal = Journals.open(folder)) {
            Journals.plain(journal, 1);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
                    Statement ask = other.createStatement();
                    ResultSet mode = ask.executeQuery("pragma journal_mode")) {
                assertEquals("wal", mode.getString(1));
            }
        }
        EdgeDatabase database = new EdgeDatabase(
                folder.resolve("other.db"), 100, "create table if not exists t (x integer)", connection -> true);
        try (database) {
            long synchronous = database.write(connection -> JournalTables.number(connection, "pragma synchronous"));
            assertEquals(2, synchronous, "FULL");
        }
    }

    @Test
    void full_disk_refuses_by_name_keeps_the_chain_and_the_store_lives_on() {
        EdgeDatabase tiny = new EdgeDatabase(
                folder.resolve("tiny.db"), 20, "create table if not exists t (x blob)", connection -> true);
        try (tiny) {
            EdgeException full = assertThrows(EdgeException.class, () -> fill(tiny));
            assertEquals(EdgeFault.DISK_FULL, full.fault());
            long before = count(tiny);
            assertThrows(EdgeException.class, () -> insert(tiny, 50_000));
            assertEquals(before, count(tiny));
            tiny.write(connection -> JournalTables.update(connection, "delete from t"));
            insert(tiny, 1_000);
            assertEquals(1, count(tiny));
        }
    }

    @Test
    void work_that_breaks_is_answered_and_the_next_one_is_done() {
        EdgeDatabase database = new EdgeDatabase(
                folder.resolve("broken.db"), 100, "create table if not exists t (x blob)", connection -> true);
        try (database) {
            EdgeException broken = assertThrows(
                    EdgeException.class,
                    () -> database.write(connection -> {
                        JournalTables.update(connection, "insert into t (x) values (1)");
                        throw new IllegalStateException("planted");
                    }));
            assertEquals(EdgeFault.IO, broken.fault());
            assertEquals(0, count(database));
            insert(database, 10);
            assertEquals(1, count(database));
        }
    }

    private static void fill(EdgeDatabase database) {
        for (int i = 0; i < 1_000; i++) {
            insert(database, 1_000);
        }
    }

    private static void insert(EdgeDatabase database, int bytes) {
        database.write(connection -> JournalTables.update(connection, "insert into t (x) values (?)", new byte[bytes]));
    }

    private static long count(EdgeDatabase database) {
        return database.read(connection -> JournalTables.number(connection, "select count(*) from t"));
    }

    /** The limit of the file stands in for the disk: SQLite answers both with SQLITE_FULL. */
    @Test
    void journal_on_a_full_disk_counts_the_loss_and_does_not_stop_a_grant() throws Exception {
        try (Journal journal = Journals.open(folder, Journals.SMALL, Clock.systemUTC())) {
            Journals.plain(journal, 10);
        }
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
                Statement fill = other.createStatement()) {
            fill.execute("create table ballast (x blob)");
            for (int i = 0; i < 22; i++) {
                fill.execute("insert into ballast values (zeroblob(16000))");
            }
        }
        try (Journal journal = Journals.open(folder, Journals.SMALL, Clock.systemUTC())) {
            long last = journal.lastSequence();
            int lost = 0;
            for (int i = 0; i < 60; i++) {
                lost += journal.appendOrCount(EventKind.ACCESS_GRANTED, Journals.POINT, new byte[3_000])
                                .isEmpty()
                        ? 1
                        : 0;
            }
            assertTrue(lost > 0);
            assertTrue(journal.lastSequence() >= last);
            assertTrue(Journals.chained(Journals.all(journal)));
        }
    }
}
