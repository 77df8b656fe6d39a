package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.events.EventBatch.Chained;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows copied in binary are the rows that plain statements insert. */
final class CopyWriterTest {
    private static final TestDatabase DATABASE = TestDatabase.of(DatabaseKind.PG);
    private static final Instant NOW = Instant.parse("2026-05-01T08:00:10.123456Z");

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void copied_and_inserted_rows_are_the_same_in_every_column() {
        List<Chained> rows = new ArrayList<>();
        Random random = new Random(20260501);
        rows.add(row(1, 1, 1, 0, 0, 0, 0, 0));
        rows.add(row(0xFFFF_FFFFL, -1, Long.MAX_VALUE, 0xFFFF_FFFFL, Long.MAX_VALUE, Long.MIN_VALUE, 0xFFFF, 4096));
        rows.add(row(42, Long.MIN_VALUE, 7, 1, -1, -1, 0x0101, 1));
        for (int i = 0; i < 700; i++) {
            rows.add(row(1 + i, 1 + random.nextInt(9), 1 + i, i, random.nextLong(), random.nextInt(), i, i % 90));
        }
        JdbcTemplate jdbc = new JdbcTemplate(DATABASE.application());
        new EventDays(DatabaseKind.PG, DATABASE.jdbc()).open(LocalDate.of(2026, 5, 1));
        OrderRows.Place copied = new OrderRows.Place(1, LocalDate.of(2026, 5, 1));
        OrderRows.Place inserted = new OrderRows.Place(1_001, LocalDate.of(2026, 5, 1));
        DATABASE.transactions().executeWithoutResult(status -> {
            new CopyWriter(jdbc).write(rows, copied, NOW);
            new InsertWriter(jdbc).write(rows, inserted, NOW);
        });
        List<String> first = rows(1, 1_000);
        assertThat(first).hasSize(703).isEqualTo(rows(1_001, 2_000));
        assertThat(first.get(0)).contains("2026-05-01").contains(".123456");
    }

    private static List<String> rows(long from, long to) {
        return DATABASE.jdbc()
                .sql("select to_jsonb(e) - 'position' from device_event e where position between ? and ?"
                        + " order by position")
                .params(from, to)
                .query(String.class)
                .list();
    }

    private static Chained row(
            long device, long journal, long sequence, long boot, long millis, long offset, int kind, int body) {
        return new Chained(new JournalRecord(
                new CommunityId(1),
                new DeviceId(device),
                new JournalId(journal),
                sequence,
                Hash.ZERO,
                boot,
                millis,
                offset,
                ClockQuality.values()[(int) (sequence % ClockQuality.values().length)],
                kind & 0xFFFF,
                new PointId(kind & 0xFFFF),
                Octets.zeros(body)));
    }
}
