package io.zhitong.backend.events.bench;

import io.zhitong.backend.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The limit: the same rows with COPY into a stage and from there, in one statement, into a table with the keys of
 * {@code device_event}; nothing is judged, locked or hashed (裸写入).
 */
final class BareCopy {
    private final TestDatabase database;
    private int round;

    BareCopy(TestDatabase database) {
        this.database = database;
    }

    /**
     * @param groups rows of each transaction, as text of COPY
     * @return seconds
     */
    double run(List<byte[]> groups) {
        String table = "bare_" + ++round;
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table " + table + " (like device_event including all)");
            statement.execute("create temp table stage (like device_event) on commit delete rows");
            connection.setAutoCommit(false);
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            long begun = System.nanoTime();
            for (byte[] group : groups) {
                copies.copyIn("copy stage from stdin", new ByteArrayInputStream(group));
                statement.execute("insert into " + table + " select * from stage");
                connection.commit();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            statement.execute("drop table " + table);
            connection.commit();
            return seconds;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One row as text of COPY. */
    static void row(
            StringBuilder out, long position, int device, long journal, long sequence, byte[] hash, byte[] bytes) {
        HexFormat hex = HexFormat.of();
        out.append("1\t2026-05-01\t")
                .append(position)
                .append('\t')
                .append(device)
                .append('\t')
                .append(journal);
        out.append('\t').append(sequence).append("\t257\t1\t1\t1767225600000\t250\t2\t2026-05-01 08:00:00+00\t\\\\x");
        out.append(hex.formatHex(hash))
                .append("\t\\\\x")
                .append(hex.formatHex(bytes))
                .append('\n');
    }

    static byte[] group(StringBuilder rows) {
        return rows.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
