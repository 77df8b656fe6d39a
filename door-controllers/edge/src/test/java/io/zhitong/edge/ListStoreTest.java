package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.BlacklistRecord;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.ListGate;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListStoreTest {

    private static final ListGate GATE =
            new ListGate(Journals.DOOR.community(), Journals.DOOR.device(), Journals.KEY.publicKey());

    @TempDir
    Path folder;

    private ListStore open() {
        return ListStore.open(folder.resolve("lists.db"), GATE);
    }

    static SignedList list(long number, int count) {
        List<BlacklistRecord> records = IntStream.range(0, count)
                .mapToObj(i -> new BlacklistRecord(new CredentialNumber(i + 1L), CredentialStatus.LOST))
                .toList();
        return list(ListKind.BLACKLIST, number, records);
    }

    static SignedList list(ListKind kind, long number, List<? extends ListRecord> records) {
        return SignedList.sign(
                new ListTarget(Journals.DOOR.community(), Journals.DOOR.device(), kind, new ListVersion(1, number), 1),
                records,
                Journals.KEY.publicKey(),
                message -> Sm2.sign(Journals.KEY, message, RandomSource.secure()));
    }

    @Test
    void list_and_version_live_over_a_restart() {
        SignedList list = list(7, 100);
        try (ListStore store = open()) {
            store.install(list);
        }
        try (ListStore store = open()) {
            SignedList held = store.held(ListKind.BLACKLIST).orElseThrow();
            assertEquals(list.header(), held.header());
            assertEquals(list.records(), held.records());
            assertEquals(new ListVersion(1, 7), store.states().get(0).version());
        }
    }

    @Test
    void newer_list_replaces_the_older_whole_and_listeners_are_told() {
        List<Long> told = new ArrayList<>();
        try (ListStore store = open()) {
            store.onInstalled(list -> told.add(list.header().version().number()));
            store.install(list(7, 100));
            store.install(list(8, 3));
            assertEquals(
                    3, store.held(ListKind.BLACKLIST).orElseThrow().header().count());
        }
        try (ListStore store = open()) {
            assertEquals(3, store.all().get(ListKind.BLACKLIST).records().size());
        }
        assertEquals(List.of(7L, 8L), told);
    }

    @Test
    void list_changed_on_disk_is_not_used() throws Exception {
        try (ListStore store = open()) {
            store.install(list(7, 10));
        }
        damage("delete from list_bucket where number = (select min(number) from list_bucket)");
        try (ListStore store = open()) {
            assertTrue(store.all().isEmpty());
            store.install(list(7, 10));
        }
        damage("update list set header = zeroblob(145)");
        try (ListStore store = open()) {
            assertTrue(store.held(ListKind.BLACKLIST).isEmpty());
        }
    }

    @Test
    void bucket_cut_short_on_disk_is_noticed_and_the_list_fetched_anew_is_whole() throws Exception {
        try (ListStore store = open()) {
            store.install(list(7, 10));
        }
        damage("update list_bucket set bytes = x'0009AABB' where number = (select max(number) from list_bucket)");
        try (ListStore store = open()) {
            assertTrue(store.all().isEmpty());
            store.install(list(8, 10));
        }
        try (ListStore store = open()) {
            assertEquals(10, store.all().get(ListKind.BLACKLIST).records().size());
        }
    }

    @Test
    void one_changed_record_of_three_thousand_is_one_row_on_disk_and_the_rest_is_shared_in_memory() throws Exception {
        try (ListStore store = open()) {
            store.install(list(7, 3_000));
            markAll();
            store.install(list(8, 3_001));
            SignedList held = store.held(ListKind.BLACKLIST).orElseThrow();
            assertEquals(list(8, 3_001).tree().root(), held.tree().root());
            assertEquals(1, query("select count(*) from list_bucket where bytes <> x'00'"));
        }
    }

    /** Marks every row, so that a row written after is seen. */
    private void markAll() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("lists.db"));
                Statement statement = connection.createStatement()) {
            assertTrue(statement.executeUpdate("update list_bucket set bytes = x'00'") > 2_000);
        }
    }

    private int query(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("lists.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getInt(1);
        }
    }

    @Test
    void list_that_loses_records_loses_its_rows() {
        try (ListStore store = open()) {
            store.install(list(7, 50));
            store.install(list(8, 1));
        }
        try (ListStore store = open()) {
            assertEquals(1, store.all().get(ListKind.BLACKLIST).records().size());
        }
    }

    private void damage(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("lists.db"));
                Statement statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate(sql));
        }
    }
}
