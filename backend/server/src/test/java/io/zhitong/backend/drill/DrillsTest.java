package io.zhitong.backend.drill;

import static io.zhitong.backend.drill.DrillResult.Verdict.LATE;
import static io.zhitong.backend.drill.DrillResult.Verdict.MISSING;
import static io.zhitong.backend.drill.DrillResult.Verdict.SEEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.identity.ConsoleUser;
import io.zhitong.backend.identity.Role;
import io.zhitong.backend.identity.TestUsers;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What counts as seen in a drill: only what these doors recorded while it went on, in the order of its steps. */
@BothDatabases
final class DrillsTest {
    private static final long DEVICE = 42;
    private static final DrillPoint GATE = new DrillPoint(new DeviceId(DEVICE), new PointId(1), "大门");
    private static final DrillPoint GARAGE = new DrillPoint(new DeviceId(DEVICE), new PointId(2), "车库");

    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final ConsoleUser guard = TestUsers.principal("guard", Role.PROPERTY);
    private final TestJournal journal = new TestJournal(1, DEVICE, 7);
    private final List<JournalRecord> unsent = new ArrayList<>();
    private final TestDatabase database;
    private final TestEvents events;
    private final Drills drills;

    DrillsTest(TestDatabase database) {
        this.database = database;
        new TestEstate(database).community(1);
        events = new TestEvents(database, (device, message, signature) -> true, clock);
        drills = new Drills(
                new DrillRows(database.jdbc()),
                events.reader(),
                TestAudit.log(database, clock),
                new TimeOrderedIds(clock),
                clock);
    }

    @Test
    void fire_drill_passes_when_every_door_told_of_the_fire_was_opened_and_is_guarded_again() {
        Drill drill = drills.start(guard, DrillKind.FIRE, List.of(GATE, GARAGE));
        for (EventKind step : DrillKind.FIRE.steps()) {
            happens(step, 1, Duration.ofMillis(300));
            happens(step, 2, Duration.ofMillis(900));
        }
        drills.end(guard, drill);
        Drill ended = drills.find(drill.community(), drill.id()).orElseThrow();
        assertThat(ended.end().orElseThrow().passed()).isTrue();
        DrillResult result = drills.result(ended);
        assertThat(result.digest()).isEqualTo(ended.end().orElseThrow().digest());
        assertThat(result.lines()).hasSize(6).allMatch(line -> line.verdict() == SEEN);
        assertThat(result.lines().get(3).point()).isEqualTo(GARAGE);
        assertThat(result.lines().get(3).seen().orElseThrow().took()).isEqualTo(Duration.ofMillis(900));
    }

    @Test
    void alarm_that_took_longer_than_two_seconds_fails_the_drill_and_a_slow_opening_does_not() {
        Drill drill = drills.start(guard, DrillKind.HELD, List.of(GATE));
        happens(EventKind.POINT_OPENED, 1, Duration.ofSeconds(9));
        happens(EventKind.HELD_OPEN, 1, Duration.ofMillis(2_001));
        happens(EventKind.HELD_ENDED, 1, Duration.ofSeconds(9));
        assertThat(verdicts(drill)).containsExactly(SEEN, LATE, SEEN);
        drills.end(guard, drill);
        assertThat(ended(drill).passed()).isFalse();
    }

    @Test
    void steps_count_only_in_their_order() {
        Drill drill = drills.start(guard, DrillKind.FIRE, List.of(GATE));
        happens(EventKind.POINT_OPENED, 1, Duration.ZERO);
        happens(EventKind.FIRE_ENDED, 1, Duration.ZERO);
        happens(EventKind.FIRE, 1, Duration.ZERO);
        assertThat(verdicts(drill)).containsExactly(SEEN, MISSING, MISSING);
        happens(EventKind.FIRE_ENDED, 1, Duration.ZERO);
        assertThat(verdicts(drill)).as("never opened while it burnt").containsExactly(SEEN, MISSING, MISSING);
    }

    @Test
    void other_doors_earlier_events_and_what_an_outage_brings_late_prove_nothing() {
        happens(EventKind.DURESS, 1, Duration.ZERO);
        clock.advance(Duration.ofMinutes(1));
        Drill drill = drills.start(guard, DrillKind.DURESS, List.of(GATE));
        happens(EventKind.DURESS, 2, Duration.ZERO);
        assertThat(verdicts(drill)).containsExactly(MISSING);
        wrote(EventKind.DURESS, 1, drill.startedAt().minusSeconds(30));
        send();
        assertThat(verdicts(drill)).as("it happened before the drill").containsExactly(MISSING);
        happens(EventKind.DURESS, 1, Duration.ofSeconds(1));
        assertThat(verdicts(drill)).containsExactly(SEEN);
    }

    @Test
    void what_happens_after_the_end_or_four_hours_changes_no_result() {
        Drill ended = drills.start(guard, DrillKind.DURESS, List.of(GATE));
        drills.end(guard, ended);
        happens(EventKind.DURESS, 1, Duration.ZERO);
        assertThat(drills.result(drills.find(ended.community(), ended.id()).orElseThrow())
                        .passed())
                .isFalse();
        drills.end(guard, ended);
        assertThat(ended(ended).passed()).as("ended once").isFalse();

        Drill forgotten = drills.start(guard, DrillKind.DURESS, List.of(GATE));
        clock.advance(Drill.LONGEST.plusSeconds(1));
        happens(EventKind.DURESS, 1, Duration.ZERO);
        assertThat(verdicts(forgotten)).containsExactly(MISSING);
    }

    @Test
    void result_is_the_same_in_whatever_order_the_store_is_read() {
        Drill drill = drills.start(guard, DrillKind.FIRE, List.of(GATE));
        DrillKind.FIRE.steps().forEach(step -> happens(step, 1, Duration.ZERO));
        var found = new ArrayList<>(events.reader().after(drill.community(), 0, 100));
        String digest = DrillResult.of(drill, found).digest();
        Collections.reverse(found);
        assertThat(DrillResult.of(drill, found).digest()).isEqualTo(digest);
        found.remove(1);
        assertThat(DrillResult.of(drill, found).digest()).isNotEqualTo(digest);
    }

    @Test
    void more_openings_than_one_look_holds_are_all_read() {
        Drill drill = drills.start(guard, DrillKind.HELD, List.of(GATE));
        write(EventKind.POINT_OPENED, 1, Duration.ZERO);
        write(EventKind.HELD_OPEN, 1, Duration.ZERO);
        for (int i = 0; i < 1_100; i++) {
            write(EventKind.POINT_OPENED, 2, Duration.ZERO);
        }
        write(EventKind.HELD_ENDED, 1, Duration.ZERO);
        send();
        assertThat(verdicts(drill)).containsExactly(SEEN, SEEN, SEEN);
    }

    @Test
    void kind_is_due_until_it_passed_and_again_when_its_days_are_over() {
        assertThat(drills.due(guard.community())).containsEntry(DrillKind.DURESS, Optional.empty());
        Drill failed = drills.start(guard, DrillKind.DURESS, List.of(GATE));
        drills.end(guard, failed);
        assertThat(drills.due(guard.community())).containsEntry(DrillKind.DURESS, Optional.empty());
        Drill passed = drills.start(guard, DrillKind.DURESS, List.of(GATE));
        happens(EventKind.DURESS, 1, Duration.ZERO);
        drills.end(guard, passed);
        assertThat(drills.due(guard.community())).containsEntry(DrillKind.DURESS, Optional.of(180L));
        clock.advance(Duration.ofDays(181));
        assertThat(drills.due(guard.community())).containsEntry(DrillKind.DURESS, Optional.of(-1L));
        assertThat(drills.due(guard.community())).containsEntry(DrillKind.FIRE, Optional.empty());
    }

    @Test
    void who_started_and_ended_it_and_how_is_audited() {
        Drill drill = drills.start(guard, DrillKind.DURESS, List.of(GATE));
        drills.end(guard, drill);
        assertThat(database.jdbc()
                        .sql("select actor || ' ' || action || ' ' || after_text from audit_entry order by number")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "guard drill.start DURESS 42:1",
                        "guard drill.end failed " + ended(drill).digest());
    }

    @Test
    void drill_of_another_community_or_of_no_point_is_none() {
        Drill drill = drills.start(guard, DrillKind.DURESS, List.of(GATE));
        new TestEstate(database).community(2);
        assertThat(drills.find(new io.zhitong.accessmodel.CommunityId(2), drill.id()))
                .isEmpty();
        assertThat(drills.find(drill.community(), new UUID(1, 2))).isEmpty();
        assertThatThrownBy(() -> drills.start(guard, DrillKind.FIRE, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a drill has 1 to 200 points, got 0");
        assertThat(drills.newest(drill.community(), 10)).extracting(Drill::id).containsExactly(drill.id());
    }

    private Drill.End ended(Drill drill) {
        return drills.find(drill.community(), drill.id()).orElseThrow().end().orElseThrow();
    }

    private List<DrillResult.Verdict> verdicts(Drill drill) {
        return drills.result(drill).lines().stream()
                .map(DrillResult.Line::verdict)
                .toList();
    }

    /** Received after that time, which passes. */
    private void happens(EventKind kind, int point, Duration took) {
        write(kind, point, took);
        send();
    }

    private void write(EventKind kind, int point, Duration took) {
        clock.advance(Duration.ofMillis(1));
        wrote(kind, point, clock.instant());
        clock.advance(took);
    }

    private void wrote(EventKind kind, int point, Instant happened) {
        unsent.add(journal.write(kind, point, new byte[0], happened, ClockQuality.values()[0]));
    }

    private void send() {
        for (int from = 0; from < unsent.size(); from += 500) {
            events.append(journal, List.copyOf(unsent.subList(from, Math.min(unsent.size(), from + 500))));
        }
        unsent.clear();
    }
}
