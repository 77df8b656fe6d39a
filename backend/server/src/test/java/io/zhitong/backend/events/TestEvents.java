package io.zhitong.backend.events;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The event store on a test's database, for tests of every module that reads events. */
public final class TestEvents {
    private final TestDatabase database;
    private final EventSignal signal = new EventSignal();
    private final EventIngest ingest;
    private final EventStore store;
    private final EventReader reader;

    /** Every statement of loss counts as signed. */
    public TestEvents(TestDatabase database) {
        this(database, (device, message, signature) -> true);
    }

    public TestEvents(TestDatabase database, DeviceSignatures signatures) {
        this(database, signatures, new FakeClock("2026-05-01T08:00:10Z"));
    }

    public TestEvents(TestDatabase database, DeviceSignatures signatures, Clock clock) {
        this.database = database;
        JdbcTemplate batches = new JdbcTemplate(database.application());
        ingest = new EventIngest(
                new JournalRows(database.jdbc(), batches),
                new OrderRows(database.jdbc()),
                new GapRows(database.jdbc(), new TimeOrderedIds(clock), signatures),
                EventConfiguration.writer(database.kind(), batches),
                new EventDays(database.kind(), database.jdbc()),
                database.transactions(),
                clock);
        store = new EventStore(ingest, signal);
        reader = new EventReader(database.jdbc());
    }

    EventIngest ingest() {
        return ingest;
    }

    public EventStore store() {
        return store;
    }

    public EventReader reader() {
        return reader;
    }

    public GapQuery gaps() {
        return new GapQuery(database.jdbc());
    }

    public EventSignal signal() {
        return signal;
    }

    EventCursor cursor() {
        return new EventCursor(database.jdbc(), reader, database.transactions());
    }

    EventBatch batch(TestJournal journal, List<JournalRecord> records) {
        return EventBatch.of(new DeviceAddress(journal.community(), journal.device()), journal.id(), records);
    }

    public Watermark append(TestJournal journal, List<JournalRecord> records) {
        return store.append(journal.community(), journal.device(), journal.id(), records);
    }

    /** Runs nothing by itself. */
    public EventSubscriptions subscriptions() {
        return new EventSubscriptions(List.of(), cursor(), signal);
    }

    /** Lets the consumer read everything there is. */
    public void drain(EventConsumer consumer, TestJournal journal) {
        drain(consumer, journal.community());
    }

    /** Everything there is of a community. */
    public void drain(EventConsumer consumer, CommunityId community) {
        while (cursor().advance(consumer, community)) {
            // the next batch
        }
    }
}
