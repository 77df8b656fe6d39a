package io.zhitong.edge;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a program remembers over restarts and power cuts (设备状态): short texts by name, on disk when {@link #put} returns. Safe for
 * use by several threads.
 */
public final class DeviceState implements AutoCloseable {

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
