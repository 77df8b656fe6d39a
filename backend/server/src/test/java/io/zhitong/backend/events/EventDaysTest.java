package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Days of receipt: partitions on PostgreSQL, a column on H2. */
@BothDatabases
final class EventDaysTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final TestDatabase database;
    private final FakeClock clock = new FakeClock("2025-03-30T23:59:59Z");
    private final TestEvents events;
    private final EventDays days;
    private final TestJournal journal = new TestJournal(1, 42, 1);

    EventDaysTest(TestDatabase database) {
        this.database = database;
        events = new TestEvents(database, (device, message, signature) -> true, clock);
        days = new EventDays(database.kind(), database.jdbc());
    }

    @Test
    void each_day_of_receipt_has_rows_of_its_own_and_a_reader_passes_from_one_to_the_next() {
        for (int day = 0; day < 4; day++) {
            store(2);
            clock.advance(Duration.ofDays(1));
        }
        assertThat(receiptDays()).containsExactly("2025-03-30 1", "2025-03-31 3", "2025-04-01 5", "2025-04-02 7");
        for (long from = 0; from < 8; from++) {
            assertThat(events.reader().after(ONE, from, 100)).hasSize((int) (8 - from));
        }
        assertThat(events.reader().before(ONE, 6, 3))
                .extracting(StoredEvent::position)
                .containsExactly(5L, 4L, 3L);
        assertThat(events.reader().newest(ONE)).isEqualTo(8);
        assertThat(events.reader().count(ONE, Instant.parse("2025-04-01T00:00:00Z"), Set.of(EventKind.values())))
                .isEqualTo(4);
    }

    @Test
    void a_clock_that_goes_back_does_not_take_the_days_back() {
        store(1);
        clock.advance(Duration.ofDays(2));
        store(1);
        clock.advance(Duration.ofDays(-2));
        store(1);
        assertThat(receiptDays()).containsExactly("2025-03-30 1", "2025-04-01 2");
        assertThat(events.reader().after(ONE, 1, 9))
                .extracting(StoredEvent::position)
                .containsExactly(2L, 3L);
        assertThat(events.reader().after(ONE, 2, 9).get(0).received()).isEqualTo("2025-03-30T23:59:59Z");
    }

    /** However far back it lies: a rare kind among many others is found, page by page, over the borders of days. */
    @Test
    void pages_of_the_past_pass_over_days_and_find_what_is_rare() {
        journal.write(EventKind.FIRE, 1, new byte[0]);
        events.append(journal, journal.records());
        for (int day = 0; day < 5; day++) {
            store(60);
            clock.advance(Duration.ofDays(1));
        }
        List<Long> down = new ArrayList<>();
        long before = Long.MAX_VALUE;
        for (List<StoredEvent> page; !(page = events.reader().before(ONE, before, 7)).isEmpty(); ) {
            page.forEach(event -> down.add(event.position()));
            before = down.get(down.size() - 1);
        }
        assertThat(down).hasSize(301).startsWith(301L).endsWith(2L, 1L).doesNotHaveDuplicates();
        assertThat(events.reader().before(ONE, Long.MAX_VALUE, Set.of(EventKind.FIRE), 3))
                .extracting(StoredEvent::position)
                .containsExactly(1L);
        assertThat(events.reader().before(ONE, 1, Set.of(EventKind.FIRE), 3)).isEmpty();
    }

    private List<String> receiptDays() {
        return database.jdbc()
                .sql("select received_day, first_position from event_day order by received_day")
                .query((row, n) -> row.getObject(1, LocalDate.class) + " " + row.getLong(2))
                .list();
    }

    @Test
    void on_one_table_there_is_nothing_to_drop_and_on_partitions_nothing_that_is_young() {
        store(3);
        assertThat(days.thinOut(LocalDate.of(2025, 3, 30))).isEmpty();
        assertThat(events.reader().after(ONE, 0, 9)).hasSize(3);
    }

    private void store(int count) {
        List<JournalRecord> all = journal.fill(count);
        events.append(journal, all.subList(all.size() - count, all.size()));
    }
}
