package io.zhitong.backend.events;

import static io.zhitong.backend.events.EventStore.utc;

import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.backend.events.EventBatch.Chained;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcOperations;

/** One statement a row, sent in batches: for H2 (逐行写入). */
final class InsertWriter implements EventWriter {
    private static final String INSERT =
            "insert into device_event (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final JdbcOperations batches;

    InsertWriter(JdbcOperations batches) {
        this.batches = batches;
    }

    @Override
    public void write(List<Chained> rows, OrderRows.Place place, Instant now) {
        batches.batchUpdate(
                INSERT,
                IntStream.range(0, rows.size())
                        .mapToObj(i -> values(rows.get(i), place, place.first() + i, now))
                        .toList());
    }

    private static Object[] values(Chained row, OrderRows.Place place, long position, Instant now) {
        JournalRecord record = row.record();
        return new Object[] {
            record.community().value(),
            place.day(),
            position,
            record.device().value(),
            record.journal().value(),
            record.sequence(),
            record.kindCode(),
            record.point().value(),
            record.boot(),
            record.deviceMillis(),
            record.offsetMillis(),
            record.quality().code(),
            utc(now),
            row.hash().toByteArray(),
            row.bytes()
        };
    }
}
