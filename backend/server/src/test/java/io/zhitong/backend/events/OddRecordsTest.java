package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Tombstone;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a device in trouble writes must be stored all the same, and must never stop its journal. */
@BothDatabases
final class OddRecordsTest {
    private static final long JOURNAL = 0x7FFF_FFFF_FFFF_FFFFL;

    private final TestDatabase database;
    private final TestEvents events;
    private final TestJournal journal = new TestJournal(1, 0xFFFF_FFFFL, JOURNAL);

    OddRecordsTest(TestDatabase database) {
        this.database = database;
        events = new TestEvents(database);
    }

    @Test
    void a_statement_of_loss_that_cannot_be_read_is_stored_and_the_journal_goes_on() {
        for (int length : new int[] {0, 1, 121, 122, 123, 1024}) {
            journal.write(EventKind.RECORDS_LOST, 0, new byte[length]);
            List<JournalRecord> all = journal.fill(1);
            assertThat(events.append(journal, all))
                    .isEqualTo(all.get(all.size() - 1).watermark());
        }
        assertThat(rows("device_event")).isEqualTo(12);
    }

    @Test
    void a_statement_that_covers_half_a_gap_does_not_explain_it() {
        List<JournalRecord> all = journal.fill(9);
        events.append(journal, all.subList(0, 1));
        events.append(journal, all.subList(6, 7));
        declare(2, 5);
        assertThat(declared()).isFalse();
        declare(2, 6);
        assertThat(declared()).isTrue();
    }

    @Test
    void a_statement_of_a_neighbour_explains_nothing_here() {
        List<JournalRecord> all = journal.fill(9);
        events.append(journal, all.subList(4, 5));
        TestJournal neighbour = new TestJournal(1, 7, JOURNAL);
        neighbour.write(EventKind.RECORDS_LOST, 0, lost(1, 4).encode());
        events.append(neighbour, neighbour.records());
        assertThat(declared()).isFalse();
    }

    @Test
    void the_time_of_a_device_is_kept_however_wrong_it_is() {
        time(1, 0, 0, "1970-01-01T00:00:00Z");
        time(2, -1, 0, "1969-12-31T23:59:59.999Z");
        time(3, 4_102_444_800_000L, Integer.MIN_VALUE, "2099-12-07T03:28:36.352Z");
        time(4, 253_402_300_799_999L, 1, "+10000-01-01T00:00:00Z");
    }

    private void time(long sequence, long deviceMillis, int offset, String happened) {
        JournalRecord record = record(sequence, deviceMillis, offset, 0xFFFF, 0xFFFF);
        events.append(journal, List.of(record));
        StoredEvent stored =
                events.reader().after(journal.community(), sequence - 1, 1).get(0);
        assertThat(stored.record()).isEqualTo(record);
        assertThat(stored.happened()).isEqualTo(happened);
        assertThat(stored.record().kind()).isEqualTo(EventKind.OTHER);
    }

    @Test
    void an_empty_batch_moves_nothing_and_answers_how_far_the_journal_is() {
        assertThat(events.append(journal, List.of())).isEqualTo(Watermark.start(journal.id()));
        events.append(journal, journal.fill(3));
        assertThat(events.append(journal, List.of()).sequence()).isEqualTo(3);
    }

    @Test
    void a_record_that_comes_back_into_a_gap_is_kept_as_a_conflict_and_not_stored_behind_the_readers() {
        List<JournalRecord> all = journal.fill(4);
        events.append(journal, all.subList(3, 4));
        events.append(journal, all.subList(1, 2));
        assertThat(database.jdbc()
                        .sql("select reason || sequence from event_conflict")
                        .query(String.class)
                        .list())
                .containsExactly("IN_A_GAP2");
        assertThat(events.reader().newest(journal.community())).isEqualTo(1);
    }

    @Test
    void the_same_contradiction_sent_again_and_again_is_noted_each_time_and_costs_no_event() {
        events.append(journal, journal.fill(1));
        TestJournal forged = new TestJournal(1, 0xFFFF_FFFFL, JOURNAL);
        forged.write(EventKind.FIRE, 1, new byte[0]);
        events.append(forged, forged.records());
        events.append(forged, forged.records());
        assertThat(rows("event_conflict")).isEqualTo(2);
        assertThat(rows("device_event")).isEqualTo(1);
    }

    /** Second implementation: a plain map from sequence to record. */
    @Test
    void however_batches_overlap_repeat_and_skip_each_record_is_stored_once_in_rising_order() {
        Random random = new Random(20260501);
        List<JournalRecord> all = journal.fill(120);
        TreeMap<Long, JournalRecord> expected = new TreeMap<>();
        for (int round = 0; round < 60; round++) {
            int from = random.nextInt(all.size());
            List<JournalRecord> batch = all.subList(from, Math.min(all.size(), from + 1 + random.nextInt(15)));
            long reached = expected.isEmpty() ? 0 : expected.lastKey();
            batch.stream().filter(r -> r.sequence() > reached).forEach(r -> expected.put(r.sequence(), r));
            long answered = events.append(journal, batch).sequence();
            assertThat(answered).isEqualTo(expected.lastKey());
        }
        List<StoredEvent> stored = events.reader().after(journal.community(), 0, 1000);
        assertThat(stored).extracting(StoredEvent::record).isEqualTo(new ArrayList<>(expected.values()));
        assertThat(stored)
                .extracting(StoredEvent::position)
                .doesNotHaveDuplicates()
                .isSorted();
        long missing = all.size() - expected.size() - (all.size() - expected.lastKey());
        assertThat(database.jdbc()
                        .sql("select coalesce(sum(last_sequence - first_sequence + 1), 0) from event_gap")
                        .query(Long.class)
                        .single())
                .isEqualTo(missing);
    }

    @Test
    void pages_of_the_past_and_of_the_future_meet_without_a_hole() {
        events.append(journal, journal.fill(25));
        List<Long> down = new ArrayList<>();
        long before = Long.MAX_VALUE;
        for (List<StoredEvent> page; !(page = page(before)).isEmpty(); before = down.get(down.size() - 1)) {
            page.forEach(event -> down.add(event.position()));
        }
        assertThat(down).hasSize(25).startsWith(25L, 24L).endsWith(2L, 1L);
        assertThat(events.reader().after(journal.community(), 20, 10)).hasSize(5);
        assertThat(events.reader().after(journal.community(), 25, 10)).isEmpty();
        assertThat(events.reader().newest(new io.zhitong.accessmodel.CommunityId(9)))
                .isZero();
    }

    private List<StoredEvent> page(long before) {
        return events.reader().before(journal.community(), before, 10);
    }

    private void declare(long first, long last) {
        events.append(
                journal,
                List.of(journal.write(
                        EventKind.RECORDS_LOST, 0, lost(first, last).encode())));
    }

    private static Tombstone lost(long first, long last) {
        return new Tombstone(Tombstone.Cause.JOURNAL_FULL, first, last, last - first + 1, Hash.ZERO, Octets.zeros(64));
    }

    /** Whether every part of the hole is explained; there must be one. */
    private boolean declared() {
        List<Boolean> parts = database.jdbc()
                .sql("select declared from event_gap where last_sequence < 9")
                .query(Boolean.class)
                .list();
        assertThat(parts).isNotEmpty();
        return parts.stream().allMatch(each -> each);
    }

    private JournalRecord record(long sequence, long deviceMillis, int offset, int kind, int point) {
        return new JournalRecord(
                journal.community(),
                journal.device(),
                journal.id(),
                sequence,
                Hash.ZERO,
                0xFFFF_FFFFL,
                deviceMillis,
                offset,
                ClockQuality.UNKNOWN,
                kind,
                new PointId(point),
                Octets.EMPTY);
    }

    private long rows(String table) {
        return database.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }
}
