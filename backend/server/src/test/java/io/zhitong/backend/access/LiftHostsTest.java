package io.zhitong.backend.access;

import static io.zhitong.backend.access.TestPolicy.CARD;
import static io.zhitong.backend.access.TestPolicy.ONE;
import static io.zhitong.backend.access.TestPolicy.RESIDENTS;
import static io.zhitong.backend.access.TestPolicy.credential;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.backend.access.AccessRule.Where;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** To which floors a household may let a visitor, by the rules in force. */
final class LiftHostsTest {
    private static final Instant NOON = Instant.parse("2026-05-04T04:00:00Z"); // a Monday, 12:00 in Shanghai
    private static final DeviceId CONTROLLER = new DeviceId(42);
    private static final PersonId ZHANG = new PersonId(new UUID(0, 1));
    private static final PersonId LI = new PersonId(new UUID(0, 2));
    private static final CredentialNumber OTHER = CredentialNumber.parse("4403010100000002");
    private static final UUID HOME = new UUID(9, 9);
    private static final PointRow LIFT =
            new PointRow(ONE, CONTROLLER, new PointId(3), PointKind.LIFT, AccessMethod.SEALED, "1号梯");
    private static final ListItem SEVENTH = ListItem.floors("七层", FloorGroup.of(7, List.of(7), List.of()));
    private static final ListItem BOTH = ListItem.floors("七、八层", FloorGroup.of(8, List.of(7), List.of(8)));

    private static Facts household(CredentialStatus status) {
        return new Facts(
                new Community(ONE, 44030001, "智通花园", "4403", ZoneId.of("Asia/Shanghai"), LocalTime.MIDNIGHT),
                List.of(LIFT),
                Map.of(ZHANG, Set.of(HOME), LI, Set.of(HOME)),
                List.of(credential(CARD, ZHANG, status), credential(OTHER, LI, CredentialStatus.ACTIVE)),
                Map.of(ZHANG, 1L, LI, 2L),
                List.of());
    }

    private static AccessRule rule(int group, int schedule, int floors) {
        return new AccessRule(group, "规则" + group, group, schedule, floors, new Where(42, 3, 0));
    }

    private static Map<Integer, CredentialNumber> floors(CredentialStatus status, PolicyItem... items) {
        return LiftHosts.floors(PolicyContent.of(List.of(items)), household(status), LIFT, NOON);
    }

    @Test
    void a_household_lets_up_to_the_floor_of_its_own_right() {
        assertThat(floors(CredentialStatus.ACTIVE, RESIDENTS, SEVENTH, rule(1, 0, 7)))
                .containsExactly(Map.entry(7, CARD));
    }

    @Test
    void a_lost_card_lets_nobody_up_and_somebody_elses_of_the_household_does() {
        assertThat(floors(CredentialStatus.LOST, RESIDENTS, SEVENTH, rule(1, 0, 7)))
                .containsExactly(Map.entry(7, OTHER));
    }

    @Test
    void floors_of_all_who_live_there_count_each_with_whose_right_it_is() {
        PeopleGroup li = new PeopleGroup(2, "李", GroupKind.PERSONS, Set.of(), List.of(LI.value()));
        assertThat(floors(CredentialStatus.ACTIVE, RESIDENTS, li, SEVENTH, BOTH, rule(1, 0, 7), rule(2, 0, 8)))
                .containsExactly(Map.entry(7, CARD), Map.entry(256 + 8, OTHER));
    }

    @Test
    void outside_the_hours_of_the_right_nobody_is_let_up() {
        ListItem evening = ListItem.schedule("晚上", new Schedule(5, List.of(new Schedule.Window(0x7F, 1_080, 1_440))));
        assertThat(floors(CredentialStatus.ACTIVE, RESIDENTS, SEVENTH, evening, rule(1, 5, 7)))
                .isEmpty();
    }

    @Test
    void without_a_rule_or_floors_there_is_nowhere_to_go() {
        assertThat(floors(CredentialStatus.ACTIVE, RESIDENTS)).isEmpty();
        assertThat(floors(CredentialStatus.ACTIVE, RESIDENTS, rule(1, 0, 0))).isEmpty();
    }

    @Test
    void a_lift_that_takes_cards_only_brings_nobody_up() {
        ListItem cards = ListItem.point(
                CONTROLLER,
                PointRecord.of(
                        LIFT.id(),
                        PointKind.LIFT,
                        Set.of(AccessMethod.SEALED),
                        CarrierLevel.OWN_KEY,
                        PointTimes.of(3_000, 0),
                        "1号梯"));
        assertThat(floors(CredentialStatus.ACTIVE, RESIDENTS, SEVENTH, rule(1, 0, 7), cards))
                .isEmpty();
    }

    @Test
    void a_lift_of_which_the_policy_says_nothing_takes_its_cards_and_orders() {
        PointRecord usual = PointDefaults.configured(PolicyContent.of(List.of()), LIFT);
        assertThat(usual.methods()).containsExactlyInAnyOrder(AccessMethod.SEALED, AccessMethod.REMOTE);
        assertThat(usual.leastLevel()).isEqualTo(CarrierLevel.OWN_KEY);
        PointRow door = new PointRow(ONE, CONTROLLER, new PointId(1), PointKind.DOOR, AccessMethod.SEALED, "门");
        assertThat(PointDefaults.configured(PolicyContent.of(List.of()), door).methods())
                .containsExactly(AccessMethod.SEALED);
    }
}
