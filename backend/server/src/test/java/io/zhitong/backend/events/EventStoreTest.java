package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Tombstone;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

@BothDatabases
final class EventStoreTest {
    private final TestDatabase database;
    private final TestEvents events;
    private final TestJournal journal = new TestJournal(1, 42, 0x1122334455667788L);

    EventStoreTest(TestDatabase database) {
        this.database = database;
        this.events = new TestEvents(database);
    }

    @Test
    void a_batch_sent_twice_is_stored_once_and_answered_with_the_same_watermark() {
        List<JournalRecord> batch = journal.fill(3);
        Watermark first = events.append(journal, batch);
        Watermark second = events.append(journal, batch);
        assertThat(first).isEqualTo(batch.get(2).watermark());
        assertThat(second).isEqualTo(first);
        assertThat(events.store().watermark(journal.community(), journal.device(), journal.id()))
                .isEqualTo(first);
        assertThat(stored()).containsExactly(1L, 2L, 3L);
        assertThat(rows("event_conflict")).isZero();
    }

    @Test
    void a_batch_that_overlaps_what_is_stored_adds_only_the_rest() {
        List<JournalRecord> all = journal.fill(5);
        events.append(journal, all.subList(0, 3));
        events.append(journal, all.subList(1, 5));
        assertThat(stored()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void the_record_bytes_are_kept_as_received() {
        JournalRecord record = journal.write(EventKind.FIRE, 7, new byte[] {1, 2, 3});
        events.append(journal, List.of(record));
        StoredEvent event = events.reader().after(journal.community(), 0, 10).get(0);
        assertThat(event.record().encode()).isEqualTo(record.encode());
        assertThat(event.received()).isEqualTo("2026-05-01T08:00:10Z");
        assertThat(event.happened()).isEqualTo("2026-05-01T08:00:00.250Z");
        assertThat(database.jdbc()
                        .sql("select kind, point from device_event")
                        .query((row, n) -> row.getInt(1) + "/" + row.getInt(2))
                        .list())
                .containsExactly("266/7");
    }

    @Test
    void left_out_numbers_become_a_gap_that_the_devices_own_statement_explains() {
        List<JournalRecord> all = journal.fill(5);
        events.append(journal, all.subList(0, 1));
        events.append(journal, all.subList(4, 5));
        assertThat(gaps()).containsExactly("2-4 false");
        Tombstone lost =
                new Tombstone(Tombstone.Cause.JOURNAL_FULL, 2, 4, 3, all.get(3).hash(), Octets.zeros(64));
        events.append(journal, List.of(journal.write(EventKind.RECORDS_LOST, 0, lost.encode())));
        assertThat(gaps()).containsExactly("2-4 true");
        assertThat(stored()).containsExactly(1L, 5L, 6L);
    }

    @Test
    void statements_about_parts_of_a_hole_explain_these_parts_and_no_more() {
        List<JournalRecord> all = journal.fill(12);
        events.append(journal, all.subList(0, 1));
        events.append(journal, all.subList(11, 12));
        assertThat(gaps()).containsExactly("2-11 false");
        events.append(journal, List.of(statement(4, 6)));
        assertThat(gaps()).containsExactly("2-3 false", "4-6 true", "7-11 false");
        events.append(journal, List.of(statement(7, 9)));
        events.append(journal, List.of(statement(1, 3)));
        assertThat(gaps()).containsExactly("2-3 true", "4-6 true", "7-9 true", "10-11 false");
        events.append(journal, List.of(statement(10, 30)));
        assertThat(gaps()).containsExactly("2-3 true", "4-6 true", "7-9 true", "10-11 true");
    }

    private JournalRecord statement(long first, long last) {
        Tombstone lost =
                new Tombstone(Tombstone.Cause.JOURNAL_FULL, first, last, last - first + 1, Hash.ZERO, Octets.zeros(64));
        return journal.write(EventKind.RECORDS_LOST, 0, lost.encode());
    }

    @Test
    void another_content_under_a_stored_identity_is_kept_apart_and_changes_nothing() {
        List<JournalRecord> honest = journal.fill(2);
        events.append(journal, honest);
        TestJournal forged = new TestJournal(1, 42, 0x1122334455667788L);
        forged.write(EventKind.ACCESS_DENIED, 1, new byte[0]);
        events.append(forged, forged.records());
        assertThat(conflicts()).containsExactly("1 OTHER_CONTENT");
        assertThat(events.reader().after(journal.community(), 0, 10))
                .extracting(StoredEvent::record)
                .isEqualTo(honest);
    }

    @Test
    void a_record_that_does_not_follow_from_its_predecessor_is_stored_and_noted() {
        events.append(journal, journal.fill(1));
        JournalRecord second = journal.write(EventKind.DEVICE_STOPPED, 0, new byte[0]);
        JournalRecord broken = new JournalRecord(
                second.community(),
                second.device(),
                second.journal(),
                2,
                Hash.ZERO,
                1,
                second.deviceMillis(),
                0,
                second.quality(),
                second.kindCode(),
                second.point(),
                second.body());
        events.append(journal, List.of(broken));
        assertThat(conflicts()).containsExactly("2 CHAIN_BROKEN");
        assertThat(stored()).containsExactly(1L, 2L);
    }

    @Test
    void records_of_another_device_or_community_are_refused_and_nothing_of_the_batch_is_stored() {
        JournalRecord own = journal.fill(1).get(0);
        for (TestJournal other : List.of(
                new TestJournal(1, 43, 0x1122334455667788L),
                new TestJournal(2, 42, 0x1122334455667788L),
                new TestJournal(1, 42, 5))) {
            List<JournalRecord> mixed = List.of(own, other.fill(1).get(0));
            assertThatThrownBy(() -> events.append(journal, mixed)).isInstanceOf(WrongSenderException.class);
        }
        assertThat(rows("device_event")).isZero();
    }

    @Test
    void the_same_sequence_in_another_journal_or_of_another_device_is_another_event() {
        TestJournal replaced = new TestJournal(1, 42, 9);
        TestJournal neighbour = new TestJournal(1, 43, 0x1122334455667788L);
        events.append(journal, journal.fill(1));
        events.append(replaced, replaced.fill(1));
        events.append(neighbour, neighbour.fill(1));
        assertThat(rows("device_event")).isEqualTo(3);
    }

    private List<Long> stored() {
        return database.jdbc()
                .sql("select sequence from device_event order by position")
                .query(Long.class)
                .list();
    }

    private List<String> gaps() {
        return database.jdbc()
                .sql("select first_sequence, last_sequence, declared from event_gap order by first_sequence")
                .query((row, n) -> row.getLong(1) + "-" + row.getLong(2) + " " + row.getBoolean(3))
                .list();
    }

    private List<String> conflicts() {
        return database.jdbc()
                .sql("select sequence, reason from event_conflict order by sequence")
                .query((row, n) -> row.getLong(1) + " " + row.getString(2))
                .list();
    }

    private long rows(String table) {
        return database.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }
}
