package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches of several devices in one transaction, and at the same time. */
@BothDatabases
final class TogetherTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final TestDatabase database;
    private final TestEvents events;
    private final ExecutorService devices = Executors.newCachedThreadPool();

    TogetherTest(TestDatabase database) {
        this.database = database;
        events = new TestEvents(database);
    }

    @AfterEach
    void close() {
        devices.shutdownNow();
    }

    @Test
    void several_journals_are_stored_in_one_transaction_each_in_its_order() {
        List<TestJournal> journals = IntStream.range(0, 5)
                .mapToObj(i -> new TestJournal(1, 50 + i, 7))
                .toList();
        journals.forEach(journal -> events.append(journal, journal.fill(1)));
        List<EventBatch> batches = journals.stream()
                .map(journal -> events.batch(journal, journal.fill(3).subList(1, 4)))
                .toList();
        List<Optional<Watermark>> reached = events.ingest().together(ONE, batches);
        for (int i = 0; i < 5; i++) {
            assertThat(reached.get(i)).contains(journals.get(i).records().get(3).watermark());
        }
        assertThat(positions()).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
        for (TestJournal journal : journals) {
            assertThat(sequences(journal)).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void what_needs_a_look_is_left_for_its_own_transaction_and_nothing_of_it_is_stored() {
        TestJournal known = journal(50);
        TestJournal unknown = new TestJournal(1, 51, 1);
        TestJournal skips = journal(52);
        TestJournal repeats = journal(53);
        TestJournal states = journal(54);
        states.write(EventKind.RECORDS_LOST, 0, new byte[3]);
        List<Optional<Watermark>> reached = events.ingest()
                .together(
                        ONE,
                        List.of(
                                events.batch(known, known.fill(1).subList(1, 2)),
                                events.batch(unknown, unknown.fill(1)),
                                events.batch(skips, skips.fill(3).subList(3, 4)),
                                events.batch(repeats, repeats.records()),
                                events.batch(states, states.records().subList(1, 2))));
        assertThat(reached).map(Optional::isPresent).containsExactly(true, false, false, false, false);
        assertThat(sequences(known)).containsExactly(1L, 2L);
        assertThat(count("device_event")).isEqualTo(5);
        assertThat(count("event_gap")).isZero();
    }

    @Test
    void a_journal_that_somebody_else_holds_waits_alone_and_its_neighbours_go_on() throws InterruptedException {
        TestJournal held = journal(50);
        TestJournal free = journal(51);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        CompletableFuture<Void> other = CompletableFuture.runAsync(
                () -> database.transactions().executeWithoutResult(status -> {
                    database.jdbc()
                            .sql("select sequence from device_journal where device_number = 50 for update")
                            .query(Long.class)
                            .single();
                    locked.countDown();
                    await(letGo);
                }),
                devices);
        assertThat(locked.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Watermark> stuck =
                CompletableFuture.supplyAsync(() -> events.append(held, held.fill(1)), devices);
        for (int i = 0; i < 20; i++) {
            List<JournalRecord> all = free.fill(1);
            assertThat(events.append(free, all.subList(i + 1, i + 2)).sequence())
                    .isEqualTo(i + 2);
        }
        assertThat(stuck).isNotDone();
        letGo.countDown();
        other.join();
        assertThat(stuck.join().sequence()).isEqualTo(2);
    }

    @Test
    void a_store_within_somebody_elses_transaction_is_refused_because_it_could_be_taken_back() {
        TestJournal journal = new TestJournal(1, 42, 1);
        List<JournalRecord> batch = journal.fill(1);
        assertThatThrownBy(() -> database.transactions().executeWithoutResult(status -> events.append(journal, batch)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(count("device_event")).isZero();
    }

    /** Eight devices of two communities at once, each sending again what it is not sure of; a reader looks meanwhile. */
    @Test
    void many_devices_at_once_leave_dense_positions_and_a_reader_never_sees_a_hole() {
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int device = 0; device < 8; device++) {
            TestJournal journal = new TestJournal(1 + device % 2, 60 + device, 3);
            senders.add(CompletableFuture.runAsync(() -> send(journal), devices));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new));
        long seen = 0;
        while (!all.isDone()) {
            seen = look(seen);
        }
        all.join();
        assertThat(look(seen)).isEqualTo(4 * 120);
        assertThat(count("device_event")).isEqualTo(8 * 120);
        assertThat(count("event_gap")).isZero();
        assertThat(count("event_conflict")).isZero();
    }

    private void send(TestJournal journal) {
        List<JournalRecord> all = journal.fill(120);
        for (int from = 0; from < 120; from += 10) {
            events.append(journal, all.subList(Math.max(0, from - 5), from + 10));
            events.append(journal, all.subList(from, from + 10));
        }
    }

    /** Positions appear one after the other: behind the last one seen comes the next number. */
    private long look(long seen) {
        long next = seen;
        for (StoredEvent event : events.reader().after(ONE, seen, 1_000)) {
            assertThat(event.position()).isEqualTo(++next);
        }
        return next;
    }

    @Test
    void the_signal_comes_with_the_commit() {
        long before = events.signal().count();
        journal(50);
        Eventually.holds("a signal", () -> events.signal().count() > before);
    }

    private TestJournal journal(long device) {
        TestJournal journal = new TestJournal(1, device, 1);
        events.append(journal, journal.fill(1));
        return journal;
    }

    private List<Long> positions() {
        return database.jdbc()
                .sql("select position from device_event order by position")
                .query(Long.class)
                .list();
    }

    private List<Long> sequences(TestJournal journal) {
        return database.jdbc()
                .sql("select sequence from device_event where device_number = ? order by position")
                .param(journal.device().value())
                .query(Long.class)
                .list();
    }

    private long count(String table) {
        return database.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
