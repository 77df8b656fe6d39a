package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.foundation.WorkerTurns;
import io.zhitong.backend.foundation.database.EmbeddedServer;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The partitions of PostgreSQL: made ahead, out of reach, thinned out when their time is over. */
final class EventPartitionsTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final TestDatabase database = TestDatabase.of(DatabaseKind.PG);
    private final JdbcClient owner = JdbcClient.create(database.owner());
    private final FakeClock clock = new FakeClock("2025-03-30T23:59:59Z");
    private final TestEvents events = new TestEvents(database, (device, message, signature) -> true, clock);
    private final EventDays days = new EventDays(database.kind(), database.jdbc());
    private final WorkerTurns turns = TestBackend.on(database).turns();
    private final TestJournal journal = new TestJournal(1, 42, 1);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void partitions_are_made_a_week_ahead_and_again_makes_none() {
        new EventDayKeeper(days, turns, clock, 0).look();
        new EventDayKeeper(new EventDays(database.kind(), database.jdbc()), turns, clock, 0).look();
        assertThat(partitions("device_event_2025%"))
                .containsExactly(
                        "device_event_20250330",
                        "device_event_20250331",
                        "device_event_20250401",
                        "device_event_20250402",
                        "device_event_20250403",
                        "device_event_20250404",
                        "device_event_20250405",
                        "device_event_20250406");
    }

    @Test
    void a_partition_is_made_while_others_write_and_read() throws InterruptedException {
        store(1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread writer = new Thread(() -> database.transactions().executeWithoutResult(status -> {
            events.ingest().alone(events.batch(journal, journal.fill(1)));
            inside.countDown();
            await(end);
        }));
        writer.start();
        await(inside);
        days.open(LocalDate.of(2025, 6, 1));
        assertThat(partitions("device_event_202506%")).containsExactly("device_event_20250601");
        end.countDown();
        writer.join(30_000);
        assertThat(events.reader().newest(ONE)).isEqualTo(2);
    }

    @Test
    void two_backends_may_ask_for_the_same_day_at_once() {
        for (int day = 1; day <= 10; day++) {
            LocalDate same = LocalDate.of(2025, 7, day);
            List<CompletableFuture<Void>> asked = IntStream.range(0, 6)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> new EventDays(database.kind(), database.jdbc()).open(same)))
                    .toList();
            asked.forEach(CompletableFuture::join);
        }
        assertThat(partitions("device_event_202507%")).hasSize(10);
    }

    @Test
    void nobody_reaches_past_the_parent_into_a_partition() {
        store(1);
        for (String act : new String[] {"SELECT", "UPDATE", "DELETE", "TRUNCATE"}) {
            assertThat(owner.sql("select has_table_privilege(?, 'device_event_20250330', ?)")
                            .params(EmbeddedServer.APPLICATION, act)
                            .query(Boolean.class)
                            .single())
                    .as(act)
                    .isFalse();
        }
        assertThat(owner.sql("select relrowsecurity from pg_class where relname = 'device_event'")
                        .query(Boolean.class)
                        .single())
                .as("rows are added to a partition, and read behind the wall")
                .isTrue();
        assertThatThrownBy(() ->
                        database.jdbc().sql("drop table device_event_20250330").update())
                .hasStackTraceContaining("must be owner");
        assertThatThrownBy(() -> database.jdbc()
                        .sql("select event_day_attach('person', date '2025-01-01')")
                        .query(String.class)
                        .optional())
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> days.open(LocalDate.of(2200, 1, 1))).isInstanceOf(DataAccessException.class);
    }

    @Test
    void of_two_backends_one_has_the_turn_and_the_other_makes_nothing_until_the_first_is_silent() {
        TestBackend first = TestBackend.on(database);
        TestBackend second = TestBackend.on(database);
        assertThat(new EventDayKeeper(days, first.turns(), clock, 0).look()).isEqualTo(Duration.ofHours(1));
        long made = partitions("device_event_2025%").size();
        clock.advance(Duration.ofDays(3));
        EventDayKeeper other = new EventDayKeeper(days, second.turns(), clock, 0);
        assertThat(other.look()).isEqualTo(Duration.ofMinutes(1));
        assertThat(partitions("device_event_2025%")).hasSize((int) made);
        first.silent();
        assertThat(other.look()).isEqualTo(Duration.ofHours(1));
        assertThat(partitions("device_event_2025%")).hasSizeGreaterThan((int) made);
    }

    @Test
    void what_is_younger_than_half_a_year_is_not_dropped_for_anybody() {
        LocalDate today =
                owner.sql("select current_date").query(LocalDate.class).single();
        days.open(today.minusDays(179));
        assertThatThrownBy(() -> days.thinOut(today)).hasStackTraceContaining("180 days");
        assertThatThrownBy(() -> new EventDayKeeper(days, turns, clock, 179)).hasMessageContaining("at least 180");
        assertThatCode(() -> new EventDayKeeper(days, turns, clock, 180)).doesNotThrowAnyException();
    }

    @Test
    void of_a_day_whose_time_is_over_alarms_payments_and_strangers_stay() {
        for (EventKind kind : EventKind.values()) {
            if (kind != EventKind.RECORDS_LOST) {
                journal.write(kind, 1, new byte[kind.code() % 5]);
            }
        }
        events.append(journal, journal.records());
        clock.advance(Duration.ofDays(1));
        List<JournalRecord> all = journal.fill(1);
        events.append(journal, all.subList(all.size() - 1, all.size()));
        clock.advance(Duration.ofDays(400));
        new EventDayKeeper(days, turns, clock, 400).look();
        List<JournalRecord> left = events.reader().after(ONE, 0, 100).stream()
                .map(StoredEvent::record)
                .toList();
        assertThat(left)
                .filteredOn(record -> record.kind().lane() != EventKind.Lane.PLAIN || record.kind() == EventKind.OTHER)
                .isEqualTo(all.stream()
                        .filter(record ->
                                record.kind().lane() != EventKind.Lane.PLAIN || record.kind() == EventKind.OTHER)
                        .toList());
        assertThat(left).extracting(JournalRecord::kind).doesNotContain(EventKind.ACCESS_GRANTED);
        assertThat(left.get(left.size() - 1)).isEqualTo(all.get(all.size() - 1));
        assertThat(partitions("device_event_202503%"))
                .containsExactly("device_event_20250330_thin", "device_event_20250331");
        assertThat(days.thinOut(LocalDate.of(2025, 3, 31))).isEmpty();
        // Once more from the device: what is gone is no contradiction.
        events.append(journal, all);
        assertThat(database.jdbc()
                        .sql("select count(*) from event_conflict")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(partitions("device_event_20250330%")).containsExactly("device_event_20250330_thin");
    }

    /** Read out of the function itself: it may name only what the journal calls plain. */
    @Test
    void only_plain_kinds_are_ever_dropped() {
        Matcher numbers = Pattern.compile("array\\[([0-9, ]+)\\]")
                .matcher(owner.sql("select prosrc from pg_proc where proname = 'event_day_thin_out'")
                        .query(String.class)
                        .single());
        int lists = 0;
        while (numbers.find()) {
            lists++;
            assertThat(numbers.group(1).split(", "))
                    .hasSize(9)
                    .extracting(code -> EventKind.of(Integer.parseInt(code)))
                    .allMatch(kind -> kind.lane() == EventKind.Lane.PLAIN && kind != EventKind.OTHER)
                    .contains(EventKind.ACCESS_GRANTED, EventKind.ACCESS_DENIED);
        }
        assertThat(lists).isEqualTo(2);
    }

    private void store(int count) {
        List<JournalRecord> all = journal.fill(count);
        events.append(journal, all.subList(all.size() - count, all.size()));
    }

    private List<String> partitions(String like) {
        return owner.sql("select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                        + " where i.inhparent = 'device_event'::regclass and c.relname like ? order by 1")
                .param(like)
                .query(String.class)
                .list();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
