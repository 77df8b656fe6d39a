package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Two writers, one held open: what a reader sees must be a beginning of the final order. */
@BothDatabases
final class LateCommitTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final TestDatabase database;
    private final TestEvents events;

    LateCommitTest(TestDatabase database) {
        this.database = database;
        this.events = new TestEvents(database);
    }

    @Test
    void a_row_that_commits_late_is_never_behind_a_reader_that_has_passed() throws InterruptedException {
        TestJournal before = new TestJournal(1, 41, 1);
        events.append(before, before.fill(1));
        TestJournal slow = new TestJournal(1, 42, 1);
        TestJournal quick = new TestJournal(1, 43, 1);
        CountDownLatch slowHasStored = new CountDownLatch(1);
        CountDownLatch slowMayCommit = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();

        Thread first = started(
                failure,
                () -> database.transactions().executeWithoutResult(status -> {
                    events.ingest().alone(events.batch(slow, slow.fill(2)));
                    slowHasStored.countDown();
                    await(slowMayCommit);
                }));
        await(slowHasStored);
        Thread second = started(failure, () -> events.append(quick, quick.fill(2)));
        // Long enough to have committed, if it did not have to wait for its turn.
        second.join(500);
        assertThat(second.isAlive()).isTrue();

        Recorder reader = new Recorder();
        events.cursor().advance(reader, ONE);
        assertThat(reader.positions).containsExactly(1L);
        slowMayCommit.countDown();
        first.join(TimeUnit.SECONDS.toMillis(30));
        second.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(failure.get()).isNull();
        events.cursor().advance(reader, ONE);
        assertThat(reader.positions).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void a_consumer_that_fails_gets_the_same_events_again_and_loses_what_it_wrote() {
        TestJournal journal = new TestJournal(1, 42, 1);
        events.append(journal, journal.fill(3));
        Recorder failing = new Recorder() {
            @Override
            public void consume(CommunityId community, List<StoredEvent> batch) {
                database.jdbc()
                        .sql("insert into event_cursor (community_id, name, position) values (1, 'side effect', 9)")
                        .update();
                throw new IllegalStateException("the vault is sealed");
            }
        };
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> events.cursor().advance(failing, ONE))
                .hasMessage("the vault is sealed");
        assertThat(database.jdbc()
                        .sql("select count(*) from event_cursor")
                        .query(Long.class)
                        .single())
                .isZero();
        Recorder healthy = new Recorder();
        events.cursor().advance(healthy, ONE);
        events.cursor().advance(healthy, ONE);
        assertThat(healthy.positions).containsExactly(1L, 2L, 3L);
    }

    @Test
    void kinds_that_are_not_wanted_are_passed_over_and_the_cursor_still_moves() {
        TestJournal journal = new TestJournal(1, 42, 1);
        journal.fill(600);
        journal.write(EventKind.FIRE, 1, new byte[0]);
        events.append(journal, journal.records());
        Recorder fire = new Recorder(Set.of(EventKind.FIRE));
        events.drain(fire, journal);
        assertThat(fire.positions).containsExactly(601L);
    }

    private static Thread started(AtomicReference<Throwable> failure, Runnable work) {
        Thread thread = new Thread(work);
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static class Recorder implements EventConsumer {
        final List<Long> positions = new ArrayList<>();
        private final Set<EventKind> kinds;

        Recorder() {
            this(Set.of(EventKind.values()));
        }

        Recorder(Set<EventKind> kinds) {
            this.kinds = kinds;
        }

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public Set<EventKind> kinds() {
            return kinds;
        }

        @Override
        public void consume(CommunityId community, List<StoredEvent> batch) {
            batch.forEach(event -> positions.add(event.position()));
        }
    }
}
