package io.zhitong.edge;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The SQL of a journal (日志表). Every call runs inside the caller's transaction. */
final class JournalTables {

    static final String SCHEMA = """
            create table if not exists meta (name text primary key, value integer not null) without rowid;
            create table if not exists record (
              sequence integer primary key,
              lane integer not null,
              written integer not null,
              bytes blob not null);
            create index if not exists record_lane on record (lane, sequence);
            create table if not exists claim (key blob primary key, expiry integer not null) without rowid;
            """;

    private JournalTables() {}

    static Optional<Long> meta(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select value from meta where name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    static void setMeta(Connection connection, String name, long value) throws SQLException {
        update(connection, "insert or replace into meta (name, value) values (?, ?)", name, value);
    }

    static void insert(Connection connection, JournalRecord record, byte[] bytes) throws SQLException {
        update(
                connection,
                "insert into record (sequence, lane, written, bytes) values (?, ?, ?, ?)",
                record.sequence(),
                record.kind().lane().ordinal(),
                record.deviceMillis(),
                bytes);
    }

    static List<JournalRecord> after(Connection connection, long sequence, int limit) throws SQLException {
        return records(
                connection, "select bytes from record where sequence > ? order by sequence limit ?", sequence, limit);
    }

    static Optional<JournalRecord> newest(Connection connection) throws SQLException {
        return records(connection, "select bytes from record order by sequence desc limit ?", 1).stream()
                .findFirst();
    }

    /** Oldest records of a lane, acknowledged ones first or only. */
    static List<JournalRecord> oldest(
            Connection connection, EventKind.Lane lane, long upTo, long writtenBefore, int limit) throws SQLException {
        return records(
                connection,
                "select bytes from record where lane = ? and sequence <= ? and written < ? order by sequence limit ?",
                lane.ordinal(),
                upTo,
                writtenBefore,
                limit);
    }

    static void delete(Connection connection, long sequence) throws SQLException {
        update(connection, "delete from record where sequence = ?", sequence);
    }

    static long number(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select, values);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            bind(update, values);
            return update.executeUpdate();
        }
    }

    private static List<JournalRecord> records(Connection connection, String sql, Object... values)
            throws SQLException {
        List<JournalRecord> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select, values);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(JournalRecord.decode(rows.getBytes(1)));
                }
            }
        }
        return found;
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
