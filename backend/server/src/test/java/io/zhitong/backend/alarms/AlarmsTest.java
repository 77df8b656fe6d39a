package io.zhitong.backend.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.Notices;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the copy that hurries ahead to the record, its end, and somebody who saw to it. */
@BothDatabases
final class AlarmsTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final Actor GUARD = new Actor("property");
    private static final Instant T = Instant.parse("2026-05-01T08:00:00Z");

    private final FakeClock clock = new FakeClock("2026-05-01T08:00:10Z");
    private final TestDatabase database;
    private final TestEvents events;
    private final TestJournal door = new TestJournal(1, 42, -7);
    private final Notices notices;
    private final AlarmCopies copies;
    private final AlarmBook book;
    private final Alarms alarms;
    private int sent;

    AlarmsTest(TestDatabase database) {
        this.database = database;
        events = new TestEvents(database);
        notices = TestBackend.on(database).notices();
        copies = new AlarmCopies(notices, clock);
        AlarmRows rows = new AlarmRows(database.jdbc());
        book = new AlarmBook(rows);
        alarms = new Alarms(rows, copies, TestAudit.log(database, clock), clock);
    }

    @BeforeEach
    void listen() {
        notices.start();
    }

    @AfterEach
    void stop() {
        notices.stop();
    }

    @Test
    void an_alarm_is_open_until_somebody_sees_to_it_and_then_tells_who_when_and_what_was_done() {
        tell(EventKind.FORCED_OPEN, 1, T);
        read();
        assertThat(open()).singleElement().satisfies(alarm -> {
            assertThat(alarm.kind()).isEqualTo(EventKind.FORCED_OPEN);
            assertThat(alarm.happened()).isEqualTo(T);
            assertThat(alarm.seen()).isEmpty();
            assertThat(alarm.ahead()).isFalse();
        });
        assertThat(alarms.open(ONE)).isEqualTo(1);
        long position = open().get(0).position();
        assertThat(alarms.acknowledge(ONE, position, GUARD, " 已到场查看 ")).isTrue();
        assertThat(open()).isEmpty();
        assertThat(alarms.newest(ONE, false, 10).get(0).seen())
                .hasValue(new Alarm.Seen(clock.instant(), "property", "已到场查看"));
        assertThat(audited()).isEqualTo(1);
    }

    @Test
    void only_the_first_acknowledgement_counts_and_none_of_another_community() {
        tell(EventKind.FORCED_OPEN, 1, T);
        read();
        long position = open().get(0).position();
        assertThat(alarms.acknowledge(new CommunityId(2), position, GUARD, "")).isFalse();
        assertThat(alarms.acknowledge(ONE, position, GUARD, "first")).isTrue();
        assertThat(alarms.acknowledge(ONE, position, new Actor("admin"), "second"))
                .isFalse();
        assertThat(alarms.newest(ONE, false, 10).get(0).seen().orElseThrow().note())
                .isEqualTo("first");
        assertThat(audited()).isEqualTo(1);
    }

    @Test
    void of_many_who_press_at_once_one_is_written_down() {
        tell(EventKind.FORCED_OPEN, 1, T);
        read();
        long position = open().get(0).position();
        AtomicInteger won = new AtomicInteger();
        CompletableFuture<?>[] all = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    boolean mine = Boolean.TRUE.equals(database.transactions()
                            .execute(status -> alarms.acknowledge(ONE, position, new Actor("a" + i), "")));
                    won.addAndGet(mine ? 1 : 0);
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
        assertThat(won).hasValue(1);
    }

    @Test
    void long_notes_are_cut_between_characters_and_no_note_breaks_the_database() {
        tell(EventKind.FORCED_OPEN, 1, T);
        read();
        alarms.acknowledge(ONE, open().get(0).position(), GUARD, "\0" + "😀".repeat(300));
        String note = alarms.newest(ONE, false, 1).get(0).seen().orElseThrow().note();
        assertThat(note.codePointCount(0, note.length())).isEqualTo(100);
        assertThat(note).endsWith("😀").doesNotContain("\0");
    }

    @Test
    void the_end_of_an_alarm_is_told_beside_it_and_does_not_acknowledge_it() {
        tell(EventKind.HELD_OPEN, 1, T);
        tell(EventKind.HELD_OPEN, 2, T);
        tell(EventKind.FORCED_OPEN, 1, T);
        tell(EventKind.HELD_ENDED, 1, T.plusSeconds(40));
        read();
        assertThat(open()).hasSize(3);
        assertThat(open())
                .filteredOn(alarm -> alarm.ended().isPresent())
                .singleElement()
                .satisfies(alarm -> {
                    assertThat(alarm.point().value()).isEqualTo(1);
                    assertThat(alarm.kind()).isEqualTo(EventKind.HELD_OPEN);
                    assertThat(alarm.ended()).hasValue(T.plusSeconds(40));
                });
    }

    @Test
    void an_end_ends_what_began_before_it_and_not_what_comes_again() {
        tell(EventKind.TAMPER, 1, T);
        tell(EventKind.TAMPER_ENDED, 1, T.plusSeconds(5));
        tell(EventKind.TAMPER, 1, T.plusSeconds(9));
        read();
        assertThat(open()).extracting(alarm -> alarm.ended().isPresent()).containsExactly(false, true);
    }

    @Test
    void every_kind_in_the_alarm_lane_is_an_alarm_and_every_end_belongs_to_one() {
        Set<EventKind> lane = EnumSet.noneOf(EventKind.class);
        for (EventKind kind : EventKind.values()) {
            if (kind.lane() == EventKind.Lane.ALARM) {
                lane.add(kind);
                tell(kind, 1, T);
            }
        }
        read();
        assertThat(alarms.newest(ONE, true, 100)).extracting(Alarm::kind).containsExactlyInAnyOrderElementsOf(lane);
        assertThat(AlarmKinds.ENDED_BY.values()).doesNotHaveDuplicates().allMatch(lane::contains);
        assertThat(AlarmKinds.ENDED_BY.keySet()).noneMatch(lane::contains);
        for (EventKind kind : EventKind.values()) {
            assertThat(AlarmKinds.ENDED_BY.containsKey(kind))
                    .as(kind.name())
                    .isEqualTo(kind.name().matches(".*_ENDED|LOCKED_AGAIN|PASSAGE_CLEAR|(BOARD|READER)_BACK"));
        }
    }

    @Test
    void what_is_no_alarm_is_none_and_pages_go_on_where_they_ended() {
        for (int i = 0; i < 7; i++) {
            tell(EventKind.FORCED_OPEN, i + 1, T.plusSeconds(i));
            tell(EventKind.POINT_OPENED, i + 1, T.plusSeconds(i));
        }
        read();
        List<Alarm> first = alarms.newest(ONE, true, 4);
        assertThat(first).extracting(alarm -> alarm.point().value()).containsExactly(7, 6, 5, 4);
        assertThat(alarms.before(ONE, true, first.get(3).position(), 4))
                .extracting(alarm -> alarm.point().value())
                .containsExactly(3, 2, 1);
    }

    // ---- copies

    @Test
    void a_copy_is_shown_at_once_in_every_process_and_replaced_by_its_record() {
        Notices there = TestBackend.on(database).notices();
        AlarmCopies others = new AlarmCopies(there, clock);
        there.start();
        try {
            JournalRecord record = tell(EventKind.FIRE, 3, T);
            heard(record, copies);
            assertThat(alarms.open(ONE)).isEqualTo(1);
            if (database.kind() == DatabaseKind.PG) {
                heard(record, others);
            }
        } finally {
            there.stop();
        }
        assertThat(open()).singleElement().satisfies(alarm -> {
            assertThat(alarm.ahead()).isTrue();
            assertThat(alarm.kind()).isEqualTo(EventKind.FIRE);
            assertThat(alarm.point().value()).isEqualTo(3);
            assertThat(alarm.happened()).isEqualTo(T);
        });
        read();
        assertThat(open())
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.ahead()).isFalse());
        assertThat(alarms.open(ONE)).isEqualTo(1);
        assertThat(copies.of(ONE)).isEmpty();
    }

    @Test
    void a_copy_that_comes_after_its_record_or_twice_shows_nothing_more() {
        JournalRecord record = tell(EventKind.FORCED_OPEN, 1, T);
        read();
        heard(record, copies);
        copies.received(record);
        assertThat(open()).hasSize(1);
    }

    @Test
    void copies_are_bounded_in_number_and_time_and_kept_by_community() {
        TestJournal other = new TestJournal(2, 42, 9);
        heard(other.write(EventKind.FIRE, 1, new byte[0]), copies);
        assertThat(alarms.open(ONE)).isZero();
        for (int i = 0; i < AlarmCopies.MOST + 5; i++) {
            copies.received(tell(EventKind.FIRE, 1, T));
        }
        JournalRecord last = door.records().get(door.records().size() - 1);
        Eventually.holds(
                "all heard", () -> copies.of(ONE).stream().anyMatch(copy -> copy.sequence() == last.sequence()));
        assertThat(copies.of(ONE)).hasSize(AlarmCopies.MOST);
        assertThat(copies.of(ONE).get(0).sequence()).isEqualTo(last.sequence());
        assertThat(copies.of(new CommunityId(2))).isEmpty();
        clock.advance(Duration.ofMinutes(11));
        assertThat(copies.of(ONE)).isEmpty();
    }

    @Test
    void the_state_changes_with_every_alarm_end_and_acknowledgement_and_with_nothing_else() {
        String before = alarms.state(ONE);
        tell(EventKind.POINT_OPENED, 1, T);
        read();
        assertThat(alarms.state(ONE)).isEqualTo(before);
        tell(EventKind.TAMPER, 1, T);
        read();
        String open = alarms.state(ONE);
        assertThat(open).isNotEqualTo(before);
        tell(EventKind.TAMPER_ENDED, 1, T);
        read();
        String ended = alarms.state(ONE);
        assertThat(ended).isNotEqualTo(open);
        alarms.acknowledge(ONE, open().get(0).position(), GUARD, "");
        assertThat(alarms.state(ONE)).isNotEqualTo(ended);
    }

    /** Told again until it is heard: a process that begins to listen may miss a word. */
    private void heard(JournalRecord copy, AlarmCopies by) {
        Eventually.holds("heard", () -> {
            copies.received(copy);
            return !by.of(copy.community()).isEmpty();
        });
    }

    private JournalRecord tell(EventKind kind, int point, Instant at) {
        return door.write(kind, point, new byte[0], at, ClockQuality.SYNCHRONISED);
    }

    private void read() {
        events.append(door, door.records().subList(sent, door.records().size()));
        sent = door.records().size();
        events.drain(book, door);
    }

    private List<Alarm> open() {
        return alarms.newest(ONE, true, 20);
    }

    private long audited() {
        return database.jdbc()
                .sql("select count(*) from audit_entry where action = 'alarm.acknowledge'")
                .query(Long.class)
                .single();
    }
}
