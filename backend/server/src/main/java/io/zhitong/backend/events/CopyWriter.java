package io.zhitong.backend.events;

import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.backend.events.EventBatch.Chained;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * {@code COPY … FROM STDIN} in PostgreSQL's binary format, straight into the day's partition (整批复制): the rows were judged under
 * the lock of their watermark before, so a stage would only write them twice, and no COPY goes into a table with row-level security.
 */
final class CopyWriter implements EventWriter {
    private static final String COPY = "copy device_event_%s (" + COLUMNS + ") from stdin (format binary)";
    private static final byte[] HEAD = "PGCOPY\n\u00FF\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] END = {-1, -1};

    /** PostgreSQL counts days and microseconds from here. */
    private static final LocalDate EPOCH_DAY = LocalDate.of(2000, 1, 1);

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int PIECE = 256;

    /** Of a row, all but the record: the count, a length a column, 5 columns of 4 bytes, 8 of 8 and the hash. */
    private static final int FIXED = 2 + COLUMN_COUNT * 4 + 5 * 4 + 8 * 8 + Hash.LENGTH;

    private final JdbcOperations jdbc;

    CopyWriter(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void write(List<Chained> rows, OrderRows.Place place, Instant now) {
        String copy = COPY.formatted(DateTimeFormatter.BASIC_ISO_DATE.format(place.day()));
        jdbc.execute((ConnectionCallback<Long>) connection ->
                copied(connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy), rows, place, now));
    }

    private static long copied(CopyIn copy, List<Chained> rows, OrderRows.Place place, Instant now)
            throws SQLException {
        try {
            send(copy, HEAD);
            for (int from = 0; from < rows.size(); from += PIECE) {
                List<Chained> piece = rows.subList(from, Math.min(rows.size(), from + PIECE));
                send(copy, encode(piece, new OrderRows.Place(place.first() + from, place.day()), now));
            }
            send(copy, END);
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void send(CopyIn copy, byte[] bytes) throws SQLException {
        copy.writeToCopy(bytes, 0, bytes.length);
    }

    private static byte[] encode(List<Chained> rows, OrderRows.Place place, Instant now) {
        long day = ChronoUnit.DAYS.between(EPOCH_DAY, place.day());
        long received = ChronoUnit.MICROS.between(EPOCH, now);
        ByteBuffer out = ByteBuffer.allocate(
                rows.stream().mapToInt(row -> FIXED + row.bytes().length).sum());
        long position = place.first();
        for (Chained row : rows) {
            encode(out, row, position++, day, received);
        }
        return out.array();
    }

    /** Number of columns 2, then per column: length 4 ‖ value, big-endian (PostgreSQL, COPY, "Binary Format"). */
    private static void encode(ByteBuffer out, Chained row, long position, long day, long received) {
        JournalRecord record = row.record();
        out.putShort((short) COLUMN_COUNT);
        four(out, record.community().value());
        four(out, (int) day);
        eight(out, position);
        eight(out, record.device().value());
        eight(out, record.journal().value());
        eight(out, record.sequence());
        four(out, record.kindCode());
        four(out, record.point().value());
        eight(out, record.boot());
        eight(out, record.deviceMillis());
        eight(out, record.offsetMillis());
        four(out, record.quality().code());
        eight(out, received);
        bytes(out, row.hash().toByteArray());
        bytes(out, row.bytes());
    }

    private static void four(ByteBuffer out, int value) {
        out.putInt(Integer.BYTES).putInt(value);
    }

    private static void eight(ByteBuffer out, long value) {
        out.putInt(Long.BYTES).putLong(value);
    }

    private static void bytes(ByteBuffer out, byte[] value) {
        out.putInt(value.length).put(value);
    }
}
