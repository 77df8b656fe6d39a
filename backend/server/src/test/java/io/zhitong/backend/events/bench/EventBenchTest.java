package io.zhitong.backend.events.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures measure what they say: every event is stored once, by both ways. */
final class EventBenchTest {
    @Test
    void made_journals_hold_chained_records_that_decode() {
        MadeJournal journal = new MadeJournal(BenchEstate.device(3), 9, 10);
        List<JournalRecord> all = journal.after(0, Integer.MAX_VALUE);
        assertThat(all).hasSize(10);
        for (int i = 1; i < 10; i++) {
            assertThat(all.get(i).previous()).isEqualTo(all.get(i - 1).hash());
        }
        assertThat(AccessEvent.decode(all.get(0).body().toByteArray())
                        .evidence()
                        .length())
                .isZero();
        assertThat(journal.after(4, 1)).containsExactly(all.get(4));
        assertThat(journal.after(10, 9)).isEmpty();
    }

    @Test
    void the_store_and_the_bare_copy_each_take_every_row() {
        try (TestDatabase database = TestDatabase.of(DatabaseKind.PG)) {
            StoreFigure figure = StoreFigure.measure(database, 6_400);
            assertThat(database.jdbc()
                            .sql("select count(*) from device_event")
                            .query(Long.class)
                            .single())
                    .isEqualTo(6 * 6_400);
            assertThat(figure.stored()).isPositive();
            assertThat(figure.line()).contains("event-store").contains("floor 0.50");
        }
    }

    @Test
    void events_of_another_process_are_stored_once_and_read_in_order(@TempDir Path folder) {
        try (TestDatabase database = TestDatabase.of(DatabaseKind.PG)) {
            LinkFigure figure = LinkFigure.measure(database, folder, 2_000);
            assertThat(database.jdbc()
                            .sql("select count(distinct (device_number, journal, sequence)) from device_event")
                            .query(Long.class)
                            .single())
                    .isEqualTo(2_000);
            assertThat(database.jdbc()
                            .sql("select count(*) from event_gap")
                            .query(Long.class)
                            .single())
                    .isZero();
            assertThat(figure.rate()).isPositive();
            assertThat(figure.readSeconds()).isGreaterThanOrEqualTo(figure.seconds());
        }
    }
}
