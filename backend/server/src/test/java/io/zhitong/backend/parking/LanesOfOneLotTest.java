package io.zhitong.backend.parking;

import static io.zhitong.backend.parking.TestParking.IN;
import static io.zhitong.backend.parking.TestParking.LOT;
import static io.zhitong.backend.parking.TestParking.ONE;
import static io.zhitong.backend.parking.TestParking.OUT;
import static io.zhitong.backend.parking.TestParking.card;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EntryRecord;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.SpaceKind;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.decision.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From an event at one controller to the decision of another: two lanes of one lot, by the lists both really get. */
@BothDatabases
final class LanesOfOneLotTest {
    private static final Actor GUARD = new Actor("property");
    private static final Instant T = Instant.parse("2026-05-01T08:00:00Z");
    private static final String BLUE = "粤B12345";
    private static final String RED = "粤B99999";

    private final FakeClock clock = new FakeClock("2026-05-01T08:10:00Z");
    private final TestDatabase database;
    private final TestParking lot;

    LanesOfOneLotTest(TestDatabase database) {
        this.database = database;
        lot = new TestParking(database, clock);
    }

    private static void denied(Decision decision, DenyReason reason) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Deny.class, deny -> assertThat(deny.reason()).isEqualTo(reason));
    }

    private static void granted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Grant.class);
    }

    // ---- entries

    @Test
    void a_car_that_came_in_at_one_controller_leaves_at_the_other_with_its_card_and_with_no_other_plate() {
        lot.person("张伟", 1);
        denied(lot.card(44, OUT, 1, BLUE, T), DenyReason.ANTI_PASSBACK);
        lot.passed(42, IN, card(1), BLUE, T);
        lot.read();
        assertThat(lot.entries(44))
                .containsExactly(new EntryRecord(card(1), BLUE, LOT, T.getEpochSecond(), CarrierKind.CARD))
                .isEqualTo(lot.entries(42));
        granted(lot.card(44, OUT, 1, BLUE, T));
        denied(lot.card(44, OUT, 1, RED, T), DenyReason.PLATE_MISMATCH);
        denied(lot.card(44, IN, 1, RED, T), DenyReason.CARD_IN_USE);
        lot.passed(44, OUT, card(1), BLUE, T.plusSeconds(60));
        lot.read();
        assertThat(lot.entries(42)).isEmpty();
        granted(lot.card(42, IN, 1, RED, T));
    }

    @Test
    void a_car_whose_lane_reports_that_nobody_came_through_is_not_inside() {
        lot.person("张伟", 1);
        lot.passed(42, IN, card(1), BLUE, T);
        lot.told(42, IN, EventKind.NOT_OPENED, T.plusSeconds(10));
        lot.read();
        assertThat(lot.entries(44)).isEmpty();
        lot.passed(42, IN, card(1), BLUE, T.plusSeconds(20));
        lot.told(42, IN, EventKind.PASSED, T.plusSeconds(22));
        lot.told(42, IN, EventKind.NOT_OPENED, T.plusSeconds(30));
        lot.read();
        assertThat(lot.entries(44)).as("somebody came through in between").hasSize(1);
    }

    @Test
    void events_count_once_and_by_their_own_time_however_late_they_come() {
        lot.person("张伟", 1);
        lot.passed(42, IN, card(1), BLUE, T);
        lot.passed(44, OUT, card(1), BLUE, T.plusSeconds(60));
        lot.send(44);
        lot.events.drain(lot.book, ONE);
        lot.read();
        assertThat(lot.cars.inside(ONE)).as("came in before it left").isEmpty();
        lot.passed(42, IN, card(1), BLUE, T.plusSeconds(90));
        lot.read();
        long changes = lot.rows.changes(ONE);
        lot.book.consume(ONE, lot.events.reader().after(ONE, 0, 100));
        assertThat(lot.cars.inside(ONE))
                .singleElement()
                .satisfies(car -> assertThat(car.since()).isEqualTo(T.plusSeconds(90)));
        assertThat(database.jdbc()
                        .sql("select count(*) from car_passage")
                        .query(Long.class)
                        .single())
                .as("read twice")
                .isEqualTo(3);
        assertThat(lot.rows.changes(ONE)).isGreaterThanOrEqualTo(changes);
    }

    @Test
    void a_car_that_nobody_knows_comes_and_goes_by_its_plate_where_the_lot_takes_such() {
        denied(lot.plate(42, IN, BLUE, T), DenyReason.UNKNOWN_CREDENTIAL);
        lot.spaces.give(ONE, Optional.empty(), LOT, 1, SpaceKind.TEMPORARY, GUARD, "对外开放");
        lot.compile();
        granted(lot.plate(42, IN, BLUE, T));
        lot.passedByPlate(42, IN, BLUE, T);
        lot.read();
        CarInside car = lot.cars.inside(ONE).get(0);
        assertThat(car.temporary()).isTrue();
        assertThat(car.carrier()).isEqualTo(CarrierKind.PLATE);
        assertThat(car.credential().toString()).startsWith("ffff");
        granted(lot.plate(44, OUT, BLUE, T));
        lot.passedByPlate(44, OUT, BLUE, T.plusSeconds(600));
        lot.read();
        assertThat(lot.entries(44)).isEmpty();
    }

    @Test
    void a_plate_is_inside_once_and_who_leaves_by_plate_takes_the_cards_entry_along() {
        lot.person("张伟", 1, 2);
        lot.passed(42, IN, card(1), BLUE, T);
        lot.passed(44, IN, card(2), BLUE, T.plusSeconds(60));
        lot.read();
        assertThat(lot.entries(42)).extracting(EntryRecord::credential).containsExactly(card(2));
        lot.passedByPlate(42, OUT, BLUE, T.plusSeconds(90));
        lot.read();
        assertThat(lot.entries(44)).isEmpty();
    }

    @Test
    void a_grant_without_card_and_plate_is_nobody_and_another_point_is_no_lane() {
        lot.passedByPlate(42, IN, "", T);
        lot.passed(42, new io.zhitong.accessmodel.PointId(9), card(1), BLUE, T);
        lot.read();
        assertThat(lot.cars.inside(ONE)).isEmpty();
    }

    // ---- the guard

    @Test
    void what_the_guard_saw_stands_until_the_next_passage_and_is_written_down() {
        lot.person("张伟", 1);
        lot.passed(42, IN, card(1), BLUE, T);
        lot.read();
        assertThat(lot.cars.gone(ONE, card(1), GUARD, "巡查未见")).isPresent();
        assertThat(lot.cars.gone(ONE, card(1), GUARD, "巡查未见"))
                .as("gone already")
                .isEmpty();
        lot.read();
        assertThat(lot.entries(44)).isEmpty();
        lot.cars.found(ONE, "粤b99999 ", LOT, GUARD, "人工放行");
        lot.read();
        assertThat(lot.entries(44)).extracting(EntryRecord::plate).containsExactly(RED);
        granted(lot.plate(44, OUT, RED, clock.instant()));
        assertThat(database.jdbc()
                        .sql("select who || ' ' || why from car_correction order by happened_millis, why desc")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("property 巡查未见", "property 人工放行");
        lot.passed(42, IN, card(1), BLUE, clock.instant().plusSeconds(5));
        clock.advance(Duration.ofMinutes(1));
        lot.read();
        assertThat(lot.entries(44)).hasSize(2);
    }

    @Test
    void a_car_that_came_in_over_a_week_ago_is_shown_as_one_to_look_for() {
        lot.passed(42, IN, card(1), BLUE, T);
        lot.read();
        assertThat(lot.cars.stale(lot.cars.inside(ONE).get(0))).isFalse();
        clock.advance(Duration.ofDays(8));
        assertThat(lot.cars.stale(lot.cars.inside(ONE).get(0))).isTrue();
        assertThat(lot.entries(44)).as("it is told nevertheless").hasSize(1);
    }

    // ---- spaces

    @Test
    void one_space_and_two_cars_one_is_inside_at_a_time() {
        PersonId zhang = lot.person("张伟", 1, 2);
        lot.spaces.give(ONE, Optional.of(zhang), LOT, 1, SpaceKind.MONTHLY, GUARD, "合同 17");
        lot.compile();
        assertThat(((Decision.Grant) lot.card(44, IN, 2, RED, T)).as()).isNotNull();
        lot.passed(42, IN, card(1), BLUE, T);
        lot.read();
        denied(lot.card(44, IN, 2, RED, T), DenyReason.SPACES_TAKEN);
        lot.spaces.give(ONE, Optional.of(zhang), LOT, 2, SpaceKind.OWNED, GUARD, "购买");
        lot.compile();
        granted(lot.card(44, IN, 2, RED, T));
    }

    @Test
    void every_change_of_spaces_is_kept_with_who_and_why_and_the_newest_stands() {
        PersonId zhang = lot.person("张伟", 1);
        lot.spaces.give(ONE, Optional.of(zhang), LOT, 1, SpaceKind.MONTHLY, GUARD, "合同 17");
        lot.spaces.give(ONE, Optional.of(zhang), LOT, 2, SpaceKind.MONTHLY, new Actor("admin"), "合同 18");
        lot.spaces.give(ONE, Optional.empty(), LOT, 1, SpaceKind.TEMPORARY, GUARD, "开放");
        lot.spaces.give(ONE, Optional.empty(), LOT, 0, SpaceKind.TEMPORARY, GUARD, "不再开放");
        assertThat(lot.spaces.now(ONE)).singleElement().satisfies(space -> {
            assertThat(space.person()).hasValue(zhang);
            assertThat(space.spaces()).isEqualTo(2);
            assertThat(space.who()).isEqualTo("admin");
            assertThat(space.why()).isEqualTo("合同 18");
        });
        assertThat(lot.spaces.history(ONE, 10))
                .extracting(Space::why)
                .isEqualTo(List.of("不再开放", "开放", "合同 18", "合同 17"));
        assertThat(lot.spaces.history(ONE, 1)).hasSize(1);
        assertThat(database.jdbc()
                        .sql("select count(*) from audit_entry where action = 'parking.spaces'")
                        .query(Long.class)
                        .single())
                .isEqualTo(4);
    }

    @Test
    void only_devices_with_lanes_are_told() {
        lot.passed(42, IN, card(1), BLUE, T);
        lot.read();
        assertThat(lot.spaceList.serves(lot.estate
                        .estate()
                        .device(io.zhitong.accessmodel.DeviceAddress.of(1, 43))
                        .orElseThrow()))
                .isFalse();
        assertThat(lot.entries(43)).isEmpty();
        assertThat(lot.cars.lots(ONE)).containsExactly(java.util.Map.entry(LOT, "地下车库"));
    }
}
