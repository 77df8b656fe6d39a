package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.TestSettings;
import io.zhitong.backend.foundation.database.Databases;
import io.zhitong.backend.foundation.database.OpenDatabase;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.PostgresProgram;
import io.zhitong.backend.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/** The database server is killed while devices send: what was answered is there afterwards, and nothing is there twice. */
final class CommitBeforeAnswerTest {
    private static final int DEVICES = 6;
    private static final int RECORDS = 2_000;
    private static final int BATCH = 10;
    private static final int ANSWERS_BEFORE_THE_KILL = 60;

    @TempDir
    Path data;

    private final List<TestJournal> journals = new ArrayList<>();
    private final long[] answered = new long[DEVICES];
    private final AtomicInteger answers = new AtomicInteger();

    @Test
    void what_was_answered_before_the_kill_is_stored_after_it_and_the_rest_comes_again() throws Exception {
        for (int i = 0; i < DEVICES; i++) {
            TestJournal journal = new TestJournal(1, 42 + i, 7);
            journal.fill(RECORDS);
            journals.add(journal);
        }
        TestJournal torn = new TestJournal(2, 9, 7);
        PostgresProgram.shareIn(data);
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        try (OpenDatabase before = open()) {
            TestEvents events = events(before);
            Path lock = data.resolve("backend/pg/postmaster.pid");
            for (int i = 0; i < DEVICES; i++) {
                int device = i;
                senders.add(CompletableFuture.runAsync(() -> send(events, device)));
            }
            CountDownLatch stored = new CountDownLatch(1);
            CountDownLatch killed = new CountDownLatch(1);
            senders.add(CompletableFuture.runAsync(() -> storeWithoutCommit(before, events, torn, stored, killed)));
            assertThat(stored.await(60, TimeUnit.SECONDS)).isTrue();
            Eventually.holds("some answers", () -> answers.get() >= ANSWERS_BEFORE_THE_KILL);
            kill(Long.parseLong(Files.readAllLines(lock).get(0).strip()));
            killed.countDown();
        }
        CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
        try (OpenDatabase after = open()) {
            TestEvents events = events(after);
            for (int i = 0; i < DEVICES; i++) {
                TestJournal journal = journals.get(i);
                Watermark stated = events.store().watermark(journal.community(), journal.device(), journal.id());
                assertThat(stated.sequence())
                        .isGreaterThanOrEqualTo(answered[i])
                        .isLessThan(RECORDS);
                assertThat(stated)
                        .isEqualTo(journal.records()
                                .get((int) stated.sequence() - 1)
                                .watermark());
                assertThat(sequences(after, journal)).isEqualTo(upTo(stated.sequence()));
                // What was on the way when it happened is sent again, as is what was answered.
                List<JournalRecord> again = journal.records()
                        .subList((int) Math.max(0, stated.sequence() - 2 * BATCH), (int) stated.sequence() + BATCH);
                events.append(journal, again);
                assertThat(sequences(after, journal)).isEqualTo(upTo(stated.sequence() + BATCH));
            }
            assertThat(sequences(after, torn)).as("stored, never committed").isEmpty();
            assertThat(count(after, "event_gap") + count(after, "event_conflict"))
                    .isZero();
            assertThat(positions(after)).isEqualTo(upTo(count(after, "device_event")));
        }
    }

    private OpenDatabase open() {
        OpenDatabase database = Databases.open(TestSettings.of("data", data.toString(), "database.kind", "pg"));
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("show fsync")
                        .query(String.class)
                        .single())
                .isEqualTo("on");
        return database;
    }

    private static TestEvents events(OpenDatabase database) {
        return new TestEvents(new TestDatabase(DatabaseKind.PG, database.dataSource(), database.dataSource()));
    }

    /** Until the server is gone. */
    private void send(TestEvents events, int device) {
        TestJournal journal = journals.get(device);
        try {
            for (int from = 0; from < RECORDS; from += BATCH) {
                Watermark reached = events.append(journal, journal.records().subList(from, from + BATCH));
                answered[device] = reached.sequence();
                answers.incrementAndGet();
            }
        } catch (DataAccessException | TransactionException gone) {
            assertThat(answered[device]).isPositive();
        }
    }

    /** A batch whose commit the kill forestalls. */
    private static void storeWithoutCommit(
            OpenDatabase database,
            TestEvents events,
            TestJournal journal,
            CountDownLatch stored,
            CountDownLatch killed) {
        try {
            new TestDatabase(DatabaseKind.PG, database.dataSource(), database.dataSource())
                    .transactions()
                    .executeWithoutResult(status -> {
                        events.ingest().alone(events.batch(journal, journal.fill(3)));
                        stored.countDown();
                        try {
                            assertThat(killed.await(60, TimeUnit.SECONDS)).isTrue();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    });
        } catch (DataAccessException | TransactionException gone) {
            assertThat(killed.getCount()).isZero();
        }
    }

    /** The server and every process of it, at once and without a word. */
    private static void kill(long server) {
        ProcessHandle postgres = ProcessHandle.of(server).orElseThrow();
        assertThat(postgres.info().command().orElse("")).endsWith("postgres");
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postgres), postgres.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static List<Long> sequences(OpenDatabase database, TestJournal journal) {
        return JdbcClient.create(database.dataSource())
                .sql("select sequence from device_event where community_id = ? and device_number = ? order by sequence")
                .params(journal.community().value(), journal.device().value())
                .query(Long.class)
                .list();
    }

    private static List<Long> positions(OpenDatabase database) {
        return JdbcClient.create(database.dataSource())
                .sql("select position from device_event order by position")
                .query(Long.class)
                .list();
    }

    private static long count(OpenDatabase database, String table) {
        return JdbcClient.create(database.dataSource())
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }
}
