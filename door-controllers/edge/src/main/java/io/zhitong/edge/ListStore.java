package io.zhitong.edge;

import io.zhitong.accessmodel.ListGate;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusedException;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.link.ListState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signed lists a device holds (名单库): on disk with their version in one transaction, in memory as values that are
 * switched at once. At start every list is verified again; one that does not verify is not used. Safe for use by several
 * threads.
 */
public final class ListStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ListStore.class);
    private static final long MAX_PAGES = 1L << 18; // 1 GiB
    private static final String SCHEMA = """
            create table if not exists list (kind integer primary key, header blob not null);
            create table if not exists list_bucket (
                kind integer not null, number integer not null, bytes blob not null, primary key (kind, number))
                without rowid;
            """;

    private final EdgeDatabase database;
    private final ListGate gate;
    private final AtomicReference<Map<ListKind, SignedList>> held = new AtomicReference<>(Map.of());
    private final List<Consumer<SignedList>> listeners = new CopyOnWriteArrayList<>();

    private ListStore(Path file, ListGate gate) {
        this.gate = gate;
        database = new EdgeDatabase(file, MAX_PAGES, SCHEMA, connection -> true);
        Map<ListKind, SignedList> loaded = new EnumMap<>(ListKind.class);
        for (ListKind kind : ListKind.values()) {
            database.read(connection -> load(kind, sql -> blobs(connection, sql, kind)))
                    .ifPresent(list -> loaded.put(kind, list));
        }
        held.set(Map.copyOf(loaded));
    }

    /**
     * Opens the store in this file, or begins an empty one.
     *
     * @param gate what is verified again
     */
    static ListStore open(Path file, ListGate gate) {
        return new ListStore(file, gate);
    }

    /** As {@link #open}; of a damaged file every list that can still be read and verified is taken over. */
    static ListStore openAnew(Path file, ListGate gate, Consumer<Path> damaged) {
        return SetAside.opened(file, () -> open(file, gate), (fresh, aside) -> {
            damaged.accept(aside);
            fresh.takeOver(aside);
            return fresh;
        });
    }

    private void takeOver(Path aside) {
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + aside.toAbsolutePath())) {
            for (ListKind kind : ListKind.values()) {
                try {
                    load(kind, sql -> blobs(old, sql, kind)).ifPresent(this::install);
                } catch (SQLException e) {
                    LOG.warn("list cannot be read in {} kind={}", aside.getFileName(), kind);
                }
            }
        } catch (SQLException e) {
            LOG.warn("nothing can be read in {}: {}", aside.getFileName(), e.getMessage());
        }
    }

    /** All lists as of now; the map never changes. */
    public Map<ListKind, SignedList> all() {
        return Objects.requireNonNull(held.get());
    }

    public Optional<SignedList> held(ListKind kind) {
        return Optional.ofNullable(all().get(kind));
    }

    /** Calls {@code listener} after each switch, on the link's thread; it must be quick. */
    public void onInstalled(Consumer<SignedList> listener) {
        listeners.add(listener);
    }

    List<ListState> states() {
        return all().values().stream()
                .map(list -> new ListState(
                        list.header().kind(),
                        list.header().version(),
                        list.header().root()))
                .toList();
    }

    /** Stores and switches; version and records are on disk when it returns. */
    void install(SignedList fetched) {
        Optional<SignedList> before = held(fetched.header().kind());
        SignedList list = before.map(fetched::sharing).orElse(fetched);
        database.write(connection -> store(connection, before, list));
        held.updateAndGet(old -> {
            Map<ListKind, SignedList> next = new EnumMap<>(ListKind.class);
            next.putAll(old);
            next.put(list.header().kind(), list);
            return Map.copyOf(next);
        });
        listeners.forEach(listener -> listener.accept(list));
    }

    /** Writes the buckets that differ from those of the list before: one changed credential among a million is one row. */
    private static Boolean store(Connection connection, Optional<SignedList> before, SignedList list)
            throws SQLException {
        int kind = list.header().kind().code();
        if (before.isEmpty()) { // what did not verify is still on disk
            JournalTables.update(connection, "delete from list_bucket where kind = ?", kind);
        }
        MerkleTree old = before.map(SignedList::tree)
                .orElseGet(() -> MerkleTree.of(list.header().kind(), List.of()));
        try (PreparedStatement insert = connection.prepareStatement(
                "insert or replace into list_bucket (kind, number, bytes) values (?, ?, ?)")) {
            for (int number : list.tree().differing(old)) {
                insert.setInt(1, kind);
                insert.setInt(2, number);
                insert.setBytes(3, list.tree().bucketBytes(number));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        JournalTables.update(
                connection,
                "insert or replace into list (kind, header) values (?, ?)",
                kind,
                list.header().encode());
        return true;
    }

    /** Answers a question about one kind of list. */
    @FunctionalInterface
    private interface Rows {
        List<byte[]> of(String sql) throws SQLException;
    }

    private Optional<SignedList> load(ListKind kind, Rows rows) throws SQLException {
        List<byte[]> headers = rows.of("select header from list where kind = ?");
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        try {
            ListHeader header = gate.admit(headers.get(0), kind, ListVersion.NONE);
            List<byte[]> records = rows.of("select bytes from list_bucket where kind = ? order by number").stream()
                    .flatMap(bucket -> MerkleTree.split(bucket).stream())
                    .toList();
            return Optional.of(SignedList.join(header, records));
        } catch (ListRefusedException e) {
            LOG.error("stored list does not verify and is not used kind={} reason={}", kind, e.reason());
        } catch (ModelException e) {
            LOG.error("stored list is damaged and is not used kind={} reason={}", kind, e.reason());
        }
        return Optional.empty();
    }

    private static List<byte[]> blobs(Connection connection, String sql, ListKind kind) throws SQLException {
        List<byte[]> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, kind.code());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getBytes(1));
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        database.close();
    }
}
