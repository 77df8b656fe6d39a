package io.zhitong.backend.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From passages to whereabouts: by time, whatever the order of delivery, and again from the beginning. */
@BothDatabases
final class PresenceBookTest {
    private static final CredentialNumber WANG = TestPresence.card(1);
    private static final CredentialNumber WANGS_PHONE = TestPresence.card(2);
    private static final CredentialNumber LI = TestPresence.card(3);
    private static final CredentialNumber NOBODYS = TestPresence.card(9);
    private static final Instant T = TestPresence.START;
    private static final Actor WARDEN = new Actor("property");

    private final FakeClock clock = new FakeClock("2026-05-01T20:00:00Z");
    private final TestPresence site;

    PresenceBookTest(TestDatabase database) {
        site = new TestPresence(database, clock);
    }

    /** Point 1 leads in, 2 out, 3 from area 7 into 8, 4 within area 7. */
    @BeforeEach
    void points() {
        site.holder(WANG, 1);
        site.holder(WANGS_PHONE, 1);
        site.holder(LI, 2);
        site.points(0, 7, 7, 0, 7, 8, 7, 7);
    }

    @Test
    void who_was_let_in_is_in_the_area_since_then_and_who_was_let_out_is_outside() {
        site.granted(42, 1, WANG, T);
        site.read();
        long wang = site.everybody().get(0).subject();
        assertThat(wang).isEqualTo(1);
        assertThat(site.of(wang).area()).isEqualTo(7);
        assertThat(site.of(wang).since()).isEqualTo(T);
        assertThat(site.of(wang).device()).hasValue(new DeviceId(42));
        assertThat(site.of(wang).point().value()).isEqualTo(1);
        site.granted(43, 2, WANGS_PHONE, T.plusSeconds(60));
        site.read();
        assertThat(site.of(wang).area()).as("the phone is the same person's").isZero();
        assertThat(site.everybody()).hasSize(1);
    }

    @Test
    void a_credential_of_nobody_stands_for_itself() {
        site.granted(42, 1, NOBODYS, T);
        site.read();
        assertThat(site.everybody()).singleElement().satisfies(at -> {
            assertThat(at.subject()).isEqualTo(NOBODYS.value());
            assertThat(at.holder()).isFalse();
        });
    }

    @Test
    void what_a_device_delivers_late_does_not_overtake_what_happened_later() {
        site.granted(43, 1, WANG, T);
        site.granted(42, 2, WANG, T.plusSeconds(600));
        site.send(42);
        site.read();
        assertThat(site.of(1).area()).isZero();
        assertThat(site.of(1).since()).isEqualTo(T.plusSeconds(600));
    }

    @Test
    void a_grant_nobody_came_through_by_is_taken_back_and_the_passage_before_stands() {
        site.granted(42, 1, WANG, T);
        site.told(42, EventKind.POINT_OPENED, 1, T.plusSeconds(1));
        site.granted(42, 2, WANG, T.plusSeconds(300));
        site.told(42, EventKind.NOT_OPENED, 2, T.plusSeconds(303));
        site.read();
        assertThat(site.of(1).area()).isEqualTo(7);
        assertThat(site.of(1).since()).isEqualTo(T);
    }

    @Test
    void the_only_passage_taken_back_leaves_nothing_known() {
        site.granted(42, 1, WANG, T);
        site.told(42, EventKind.NOT_OPENED, 1, T.plusSeconds(3));
        site.read();
        assertThat(site.everybody()).isEmpty();
    }

    @Test
    void who_came_through_is_not_taken_back_by_a_later_one_who_turned_round_nor_by_another_point_or_device() {
        site.granted(42, 1, WANG, T);
        site.told(42, EventKind.POINT_OPENED, 1, T.plusSeconds(1));
        site.granted(42, 1, LI, T.plusSeconds(60));
        site.told(42, EventKind.NOT_OPENED, 3, T.plusSeconds(61));
        site.told(43, EventKind.NOT_OPENED, 1, T.plusSeconds(62));
        site.read();
        assertThat(site.everybody()).extracting(Whereabouts::area).containsExactly(7, 7);
        site.told(42, EventKind.NOT_OPENED, 1, T.plusSeconds(63));
        site.read();
        assertThat(site.everybody()).extracting(Whereabouts::subject).containsExactly(1L);
    }

    @Test
    void two_persons_let_in_by_one_release_that_nobody_used_are_both_taken_back() {
        site.granted(42, 1, WANG, T);
        site.granted(42, 1, LI, T.plusSeconds(2));
        site.told(42, EventKind.NOT_OPENED, 1, T.plusSeconds(5));
        site.read();
        assertThat(site.everybody()).isEmpty();
    }

    @Test
    void points_within_an_area_and_points_of_no_configuration_move_nobody() {
        site.granted(42, 4, WANG, T);
        site.granted(42, 99, WANG, T);
        site.read();
        assertThat(site.everybody()).isEmpty();
    }

    @Test
    void a_point_leads_where_its_device_had_it_configured_at_that_event() {
        site.granted(42, 1, WANG, T);
        site.points(0, 9, 9, 0);
        site.granted(42, 1, LI, T.plusSeconds(60));
        site.read();
        assertThat(site.everybody()).extracting(Whereabouts::area).containsExactly(7, 9);
        site.call.readAgain(TestPresence.ONE);
        site.read();
        assertThat(site.everybody()).extracting(Whereabouts::area).containsExactly(7, 9);
    }

    @Test
    void a_clock_that_is_in_advance_or_unknown_counts_as_the_receipt() {
        site.granted(42, 1, WANG, clock.instant().plus(Duration.ofDays(400)));
        site.read();
        assertThat(site.of(1).since()).isEqualTo(clock.instant());
        clock.advance(Duration.ofSeconds(10));
        site.journal(42)
                .write(EventKind.ACCESS_GRANTED, 2, TestPresence.grant(WANG), Instant.EPOCH, ClockQuality.UNKNOWN);
        site.read();
        assertThat(site.of(1).area()).isZero();
        assertThat(site.of(1).since()).isEqualTo(clock.instant());
    }

    @Test
    void bodies_that_cannot_be_read_move_nobody_and_hold_up_nothing() {
        site.tell(42, EventKind.ACCESS_GRANTED, 1, new byte[] {9, 9}, T);
        site.tell(42, EventKind.LIST_INSTALLED, 0, new byte[] {9}, T);
        site.granted(42, 1, WANG, T);
        site.read();
        assertThat(site.everybody()).hasSize(1);
    }

    // ---- corrections

    @Test
    void a_correction_stands_until_a_later_passage_and_over_reading_again() {
        site.granted(42, 1, WANG, T);
        site.read();
        assertThat(site.call.correct(TestPresence.ONE, 1, 0, WARDEN, "已到集合点")).isPresent();
        assertThat(site.of(1).area()).isZero();
        assertThat(site.of(1).device()).isEmpty();
        site.call.readAgain(TestPresence.ONE);
        site.read();
        assertThat(site.of(1).area()).isZero();
        clock.advance(Duration.ofMinutes(5));
        site.granted(43, 1, WANG, clock.instant());
        site.read();
        assertThat(site.of(1).area()).isEqualTo(7);
        assertThat(site.database()
                        .jdbc()
                        .sql("select count(*) from audit_entry where action = 'presence.correct'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whom_nobody_saw_cannot_be_corrected() {
        assertThat(site.call.correct(TestPresence.ONE, 17, 0, WARDEN, "?")).isEmpty();
        assertThat(site.everybody()).isEmpty();
    }

    // ---- areas

    @Test
    void areas_are_counted_with_name_and_capacity_even_when_empty_and_outside_is_none() {
        site.lists.say(ListKind.AREAS, area(7, 2, "一号楼"), area(8, 0, "机房"));
        site.points(0, 7, 7, 0, 7, 8, 7, 7);
        site.granted(42, 1, WANG, T.plusSeconds(5));
        site.granted(42, 1, LI, T);
        site.read();
        List<RollCall.Area> areas = site.call.areas(TestPresence.ONE);
        assertThat(areas).extracting(RollCall.Area::number).containsExactly(7, 8);
        assertThat(areas.get(0).full()).isTrue();
        assertThat(areas.get(0).inside())
                .extracting(Whereabouts::subject)
                .as("who came first stands first")
                .containsExactly(
                        site.everybody().get(1).subject(),
                        site.everybody().get(0).subject());
        assertThat(areas.get(1).inside()).isEmpty();
        assertThat(areas.get(1).full()).isFalse();
        site.granted(42, 2, LI, T.plusSeconds(60));
        site.read();
        assertThat(site.call.areas(TestPresence.ONE).get(0).full()).isFalse();
    }

    @Test
    void the_count_of_changes_rises_with_every_batch_that_moved_somebody_and_with_no_other() {
        site.read();
        long before = site.call.changes(TestPresence.ONE);
        site.told(42, EventKind.POINT_OPENED, 1, T);
        site.granted(42, 4, WANG, T);
        site.read();
        assertThat(site.call.changes(TestPresence.ONE)).isEqualTo(before);
        site.granted(42, 1, WANG, T);
        site.read();
        assertThat(site.call.changes(TestPresence.ONE)).isGreaterThan(before);
    }

    private static AreaRecord area(int number, int capacity, String name) {
        return new AreaRecord(number, AntiPassback.HARD, 0, capacity, StalePolicy.DECIDE, 60, name);
    }

    // ---- any story

    /** Random people, two devices that deliver when they like, doors nobody uses, other configurations in between. */
    @Test
    void any_story_comes_to_what_a_naive_reader_of_the_whole_story_says_and_so_does_reading_it_again() {
        for (int seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            NaivePresence naive = new NaivePresence(site);
            for (int i = 0; i < 100; i++) {
                step(random);
            }
            site.read();
            Map<Long, Integer> expected = naive.areas();
            assertThat(areas()).as("seed " + seed).isEqualTo(expected);
            site.call.readAgain(TestPresence.ONE);
            site.read();
            assertThat(areas()).as("again, seed " + seed).isEqualTo(expected);
        }
    }

    private void step(Random random) {
        long device = 42 + random.nextInt(2);
        int point = 1 + random.nextInt(4);
        Instant at = T.plusSeconds(random.nextInt(10_000));
        switch (random.nextInt(12)) {
            case 0, 1 -> site.told(device, EventKind.NOT_OPENED, point, at);
            case 2, 3 -> site.told(device, random.nextBoolean() ? EventKind.POINT_OPENED : EventKind.PASSED, point, at);
            case 4 -> site.send(device);
            case 5 -> site.read();
            case 6 -> {
                int to = 7 + random.nextInt(3);
                site.points(0, to, to, 0, 7, 8, 7, 7);
            }
            default -> site.granted(device, point, TestPresence.card(1 + random.nextInt(6)), at);
        }
    }

    private Map<Long, Integer> areas() {
        Map<Long, Integer> areas = new HashMap<>();
        new ArrayList<>(site.everybody())
                .forEach(each -> areas.put(each.credential().value(), each.area()));
        return areas;
    }

    // ---- looking back

    @Test
    void where_somebody_was_before_an_event_is_told_with_when_that_was_heard_however_late() {
        site.holder(TestPresence.card(1), 1);
        site.points(0, 7, 7, 0);
        site.granted(42, 1, TestPresence.card(1), TestPresence.START);
        site.read();
        site.granted(42, 2, TestPresence.card(1), TestPresence.START.plusSeconds(600));
        site.read();
        PastPlaces places = site.places();
        StoredEvent left =
                site.events.reader().before(TestPresence.ONE, Long.MAX_VALUE, 1).get(0);
        assertThat(places.before(left, TestPresence.card(1))).hasValueSatisfying(heard -> {
            assertThat(heard.area()).isEqualTo(7);
            assertThat(heard.since()).isEqualTo(TestPresence.START);
        });
        assertThat(places.before(left, TestPresence.card(9))).as("never seen").isEmpty();
        site.granted(43, 2, TestPresence.card(1), TestPresence.START.plusSeconds(300));
        site.read();
        assertThat(places.before(left, TestPresence.card(1)))
                .as("told late by the other device")
                .hasValueSatisfying(heard -> {
                    assertThat(heard.area()).isZero();
                    assertThat(heard.since()).isEqualTo(TestPresence.START.plusSeconds(300));
                    assertThat(heard.received()).isAfterOrEqualTo(left.received());
                });
    }
}
