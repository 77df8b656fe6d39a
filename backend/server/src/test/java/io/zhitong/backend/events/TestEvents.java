package io.zhitong.backend.events;

import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The event store on a test's database, for tests of every module that reads events. */
public final class TestEvents {
    private final TestDatabase database;
    private final EventSignal signal = new EventSignal();
    private final EventStore store;
    private final EventReader reader;

    public TestEvents(TestDatabase database) {
        this.database = database;
        FakeClock clock = new FakeClock("2026-05-01T08:00:10Z");
        EventRows rows =
                new EventRows(database.jdbc(), new JdbcTemplate(database.application()), new TimeOrderedIds(clock));
        store = new EventStore(database.jdbc(), rows, database.transactions(), signal, clock);
        reader = new EventReader(database.jdbc());
    }

    public EventStore store() {
        return store;
    }

    public EventReader reader() {
        return reader;
    }

    public EventSignal signal() {
        return signal;
    }

    EventCursor cursor() {
        return new EventCursor(database.jdbc(), reader, database.transactions());
    }

    public Watermark append(TestJournal journal, List<JournalRecord> records) {
        return store.append(journal.community(), journal.device(), journal.id(), records);
    }

    /** Lets the consumer read everything there is. */
    public void drain(EventConsumer consumer, TestJournal journal) {
        while (cursor().advance(consumer, journal.community())) {
            // the next batch
        }
    }
}
