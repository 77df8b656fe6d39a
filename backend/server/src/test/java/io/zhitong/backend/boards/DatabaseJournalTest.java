package io.zhitong.backend.boards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.uhppote.BoardCursor;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records and cursor together or not at all; from there into the event store, once. */
@BothDatabases
final class DatabaseJournalTest {
    private static final DeviceAddress DEVICE = DeviceAddress.of(1, 77);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TestDatabase database;
    private final BoardRows rows;
    private final TestEvents events;
    private final BoardEvents handing;

    DatabaseJournalTest(TestDatabase database) {
        this.database = database;
        rows = new BoardRows(database.jdbc());
        events = new TestEvents(database);
        handing = new BoardEvents(rows, events.store());
    }

    @Test
    void a_journal_begins_with_a_number_of_its_own_and_stays_the_same() {
        BoardCursor start = journal().cursor();
        assertThat(start.mark().sequence()).isZero();
        assertThat(start.mark().journal().value()).isNotZero();
        assertThat(journal().cursor()).isEqualTo(start);
    }

    @Test
    void what_is_stored_stands_with_its_cursor_and_is_handed_on_in_order() {
        TestJournal board = board();
        List<JournalRecord> records = board.fill(7);
        store(records.subList(0, 3));
        store(records.subList(3, 7));
        assertThat(rows.records(DEVICE, 100)).isEqualTo(records);
        handing.handOn(DEVICE);
        assertThat(rows.records(DEVICE, 100)).isEmpty();
        assertThat(stored()).isEqualTo(records);
    }

    @Test
    void records_that_were_handed_on_before_are_dropped_by_the_store_and_forgotten_here() {
        TestJournal board = board();
        List<JournalRecord> records = board.fill(5);
        events.append(board, records.subList(0, 4));
        store(records);
        handing.handOn(DEVICE);
        assertThat(stored()).isEqualTo(records);
        assertThat(rows.records(DEVICE, 100)).isEmpty();
    }

    @Test
    void more_than_a_batch_goes_on_until_nothing_is_left() {
        List<JournalRecord> records = board().fill(1_203);
        store(records);
        handing.handOn(DEVICE);
        assertThat(stored()).hasSize(1_203);
        assertThat(rows.records(DEVICE, 10)).isEmpty();
    }

    @Test
    void two_journals_of_one_board_are_handed_on_each_by_itself() {
        List<JournalRecord> first = board().fill(3);
        TestJournal replaced = new TestJournal(1, 77, 0x7777);
        List<JournalRecord> second = replaced.fill(2);
        store(first);
        second.forEach(rows::insert);
        handing.handOn(DEVICE);
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(concat(first, second));
        assertThat(gaps()).isZero();
    }

    @Test
    void numbers_the_board_overwrote_are_a_gap_in_the_store() {
        List<JournalRecord> records = board().fill(9);
        store(concat(records.subList(0, 2), records.subList(6, 9)));
        handing.handOn(DEVICE);
        assertThat(stored()).hasSize(5);
        assertThat(gaps()).isEqualTo(1);
    }

    @Test
    void a_store_that_fails_half_way_leaves_cursor_and_records_as_they_were() {
        List<JournalRecord> records = board().fill(3);
        store(records.subList(0, 1));
        BoardCursor before = journal().cursor();
        DatabaseJournal journal = journal();
        journal.cursor();
        List<JournalRecord> twice = concat(records.subList(1, 3), records.subList(1, 2));
        assertThatThrownBy(() -> journal.store(twice, cursor(records.get(2))))
                .isInstanceOf(org.springframework.dao.DataAccessException.class);
        assertThat(journal().cursor()).isEqualTo(before);
        assertThat(rows.records(DEVICE, 100)).isEqualTo(records.subList(0, 1));
    }

    @Test
    void of_many_workers_that_store_at_the_same_moment_one_does() throws Exception {
        JournalRecord record = board().write(EventKind.POINT_OPENED, 1, new byte[0]);
        journal().cursor();
        AtomicInteger won = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        CompletableFuture<?>[] all = IntStream.range(0, 5)
                .mapToObj(i -> {
                    DatabaseJournal mine = journal();
                    mine.cursor();
                    return CompletableFuture.runAsync(() -> storeOnce(mine, record, start, won));
                })
                .toArray(CompletableFuture[]::new);
        start.countDown();
        CompletableFuture.allOf(all).get();
        assertThat(won).hasValue(1);
        assertThat(rows.records(DEVICE, 10)).containsExactly(record);
    }

    private static void storeOnce(DatabaseJournal mine, JournalRecord record, CountDownLatch start, AtomicInteger won) {
        try {
            start.await();
            mine.store(List.of(record), cursor(record));
            won.incrementAndGet();
        } catch (CursorMovedException e) {
            assertThat(e).hasMessageContaining("another worker");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
    }

    private static TestJournal board() {
        return new TestJournal(1, 77, 0x1234);
    }

    private DatabaseJournal journal() {
        return new DatabaseJournal(DEVICE, rows, database.transactions(), RANDOM);
    }

    private void store(List<JournalRecord> records) {
        DatabaseJournal journal = journal();
        journal.cursor();
        journal.store(records, cursor(records.get(records.size() - 1)));
    }

    private static BoardCursor cursor(JournalRecord last) {
        BoardCursor start = BoardCursor.start(last.journal());
        return new BoardCursor(last.watermark(), 0, start.record());
    }

    private List<JournalRecord> stored() {
        return events.reader().after(DEVICE.community(), 0, 10_000).stream()
                .map(StoredEvent::record)
                .toList();
    }

    private long gaps() {
        return database.jdbc()
                .sql("select count(*) from event_gap")
                .query(Long.class)
                .single();
    }
}
