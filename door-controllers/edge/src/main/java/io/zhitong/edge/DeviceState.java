package io.zhitong.edge;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a program remembers over restarts and power cuts (设备状态): short texts by name, on disk when {@link #put} returns. Safe for
 * use by several threads.
 */
public final class DeviceState implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceState.class);
    private static final long MAX_PAGES = 1L << 14; // 64 MiB
    private static final String SCHEMA =
            "create table if not exists state (name text primary key, value text not null) without rowid;";

    private final EdgeDatabase database;

    private DeviceState(Path file) {
        database = new EdgeDatabase(file, MAX_PAGES, SCHEMA, connection -> true);
    }

    /**
     * Opens the state in this file, or begins an empty one.
     *
     * @throws EdgeException IO, DISK_FULL
     */
    public static DeviceState open(Path file) {
        return new DeviceState(file);
    }

    /** As {@link #open}; of a damaged file whatever can still be read is taken over. */
    static DeviceState openAnew(Path file, Consumer<Path> damaged) {
        return SetAside.opened(file, () -> open(file), (fresh, aside) -> {
            damaged.accept(aside);
            fresh.takeOver(aside);
            return fresh;
        });
    }

    private void takeOver(Path aside) {
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + aside.toAbsolutePath());
                Statement statement = old.createStatement();
                ResultSet rows = statement.executeQuery("select name, value from state")) {
            while (rows.next()) {
                put(rows.getString(1), Optional.of(rows.getString(2)));
            }
        } catch (SQLException e) {
            LOG.warn("what follows cannot be read in {}: {}", aside.getFileName(), e.getMessage());
        }
    }

    /** @throws EdgeException IO */
    public Optional<String> get(String name) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select value from state where name = ?")) {
                select.setString(1, name);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    /**
     * Everything whose name begins so, by name.
     *
     * @throws EdgeException IO
     */
    public Map<String, String> all(String prefix) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select name, value from state where substr(name, 1, ?) = ?")) {
                select.setInt(1, prefix.length());
                select.setString(2, prefix);
                Map<String, String> found = new TreeMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.put(rows.getString(1), rows.getString(2));
                    }
                }
                return found;
            }
        });
    }

    /**
     * Remembers the text, or, with nothing, forgets it.
     *
     * @throws EdgeException IO, DISK_FULL: what was remembered before stands
     */
    public void put(String name, Optional<String> value) {
        database.write(connection -> value.isPresent()
                ? JournalTables.update(
                        connection, "insert or replace into state (name, value) values (?, ?)", name, value.get())
                : JournalTables.update(connection, "delete from state where name = ?", name));
    }

    @Override
    public void close() {
        database.close();
    }
}
