package io.zhitong.backend.access;

import static io.zhitong.backend.access.TestPolicy.CARD;
import static io.zhitong.backend.access.TestPolicy.ONE;
import static io.zhitong.backend.access.TestPolicy.RESIDENTS;
import static io.zhitong.backend.access.TestPolicy.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.OfflinePolicy;
import io.zhitong.accessmodel.PinHash;
import io.zhitong.accessmodel.PinRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.backend.access.AccessRule.Where;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** All that a policy may say, stored, checked and compiled to the lists of one door. */
@BothDatabases
final class PolicyContentTest {
    private static final DeviceId DOOR = new DeviceId(42);
    private static final Schedule NIGHT = new Schedule(7, List.of(new Schedule.Window(0xFF, 1_320, 1_440)));
    private static final Schedule NOON = new Schedule(8, List.of(new Schedule.Window(0x1F, 720, 780)));
    private static final AreaRecord HALL = new AreaRecord(3, AntiPassback.HARD, 0, 200, StalePolicy.DENY, 60, "大堂");
    private static final AreaRecord ELSEWHERE = new AreaRecord(4, AntiPassback.NONE, 0, 0, StalePolicy.DENY, 0, "别处");
    private static final FloorGroup FLOORS = FloorGroup.of(5, List.of(1, 9), List.of(2));
    private static final WiringRecord WIRE =
            new WiringRecord(1, WireDirection.INPUT, new PointId(1), WireFunction.CONTACT, true, false, 0);
    private static final PointRecord POINT = new PointRecord(
            new PointId(1),
            PointKind.DOOR,
            Set.of(AccessMethod.SEALED, AccessMethod.FAST),
            CarrierLevel.OWN_KEY,
            new PointModes(PointMode.NORMAL, PointMode.CARD_PIN, 7, 0),
            new PointPlace(0, 3, 2, 1),
            new FireSafety(6, 4, true, LockKind.FAIL_SAFE),
            OfflinePolicy.STAFF_ONLY,
            3_600,
            new PointTimes(5_000, 9_000, 60_000),
            "1号楼大门");
    private static final PolicyContent WHOLE = PolicyContent.of(List.of(
            RESIDENTS,
            new AccessRule(1, "入堂", 1, 8, 5, new Where(0, 0, 3)),
            ListItem.schedule("夜间", NIGHT),
            ListItem.schedule("午间", NOON),
            ListItem.schedule("无人使用", new Schedule(9, List.of())),
            ListItem.holiday("国庆", new Holiday(LocalDate.of(2026, 10, 1))),
            ListItem.area(HALL),
            ListItem.area(ELSEWHERE),
            ListItem.floors("住户层", FLOORS),
            ListItem.point(DOOR, POINT),
            ListItem.wire(DOOR, WIRE)));

    private final TestPolicy policy;

    PolicyContentTest(TestDatabase database) {
        policy = new TestPolicy(database);
    }

    @Test
    void a_stored_policy_is_read_back_as_it_was() {
        policy.book.next(ONE, WHOLE, "drafter", TestPolicy.ADMIN, "all kinds");
        assertThat(policy.book.current(ONE)).isEqualTo(WHOLE);
        assertThat(policy.book.current(ONE).items()).hasSize(11);
        assertThat(policy.book.versions(ONE, 5))
                .singleElement()
                .satisfies(version -> assertThat(version.why()).isEqualTo("all kinds"));
    }

    @Test
    void a_door_gets_what_its_points_and_rights_name_and_nothing_else() {
        policy.book.next(ONE, WHOLE, "drafter", TestPolicy.ADMIN, "");
        assertThat(list(ListKind.POINTS)).hasSize(2);
        assertThat(list(ListKind.POINTS).get(0)).isEqualTo(POINT);
        assertThat(list(ListKind.SCHEDULES)).isEqualTo(List.of(NIGHT, NOON));
        assertThat(list(ListKind.AREAS)).isEqualTo(List.of(HALL));
        assertThat(list(ListKind.FLOORS)).isEqualTo(List.of(FLOORS));
        assertThat(list(ListKind.WIRING)).isEqualTo(List.of(WIRE));
        assertThat(list(ListKind.HOLIDAYS)).isEqualTo(List.of(new Holiday(LocalDate.of(2026, 10, 1))));
        assertThat(list(ListKind.GROUPS).toString()).contains("PointId[value=1], schedule=8, floors=5, rule=1");
        assertThat(policy.compiler().records(ListKind.WIRING, policy.till.id())).isEmpty();
        assertThat(policy.compiler().records(ListKind.AREAS, policy.till.id())).isEmpty();
        assertThatThrownBy(() -> list(ListKind.BLACKLIST)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pins_go_to_a_door_that_asks_for_them_as_salted_hashes_only() {
        policy.holder();
        AccessPins pins = policy.pins();
        policy.book.next(ONE, WHOLE, "drafter", TestPolicy.ADMIN, "");
        assertThat(list(ListKind.PINS)).isEmpty();
        assertThatThrownBy(() -> pins.set(ONE, CARD, "12a4", TestPolicy.ADMIN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(List.of("123", "123456789", "", "１２３４")).noneMatch(AccessPins::wellFormed);
        pins.set(ONE, CARD, "1234", TestPolicy.ADMIN);
        pins.set(ONE, CARD, "8642", TestPolicy.ADMIN);
        assertThat(policy.lists.due(ONE)).isTrue();
        assertThat(policy.compiler().records(ListKind.PINS, policy.till.id())).isEmpty();
        assertThat(list(ListKind.PINS)).hasSize(1);
        PinRecord record = (PinRecord) list(ListKind.PINS).get(0);
        assertThat(PinHash.matches(record, "8642".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(policy.database
                        .jdbc()
                        .sql("select before_text || ' > ' || after_text from audit_entry where action = 'pin.change'"
                                + " order by number")
                        .query(String.class)
                        .list())
                .containsExactly("none > set", "set > set");
        assertThat(pins.clear(ONE, CARD, TestPolicy.ADMIN)).isTrue();
        assertThat(pins.clear(ONE, CARD, TestPolicy.ADMIN)).isFalse();
        assertThat(list(ListKind.PINS)).isEmpty();
    }

    @Test
    void a_point_the_policy_says_nothing_of_behaves_as_the_estate_knows_it() {
        policy.put(RESIDENTS);
        PointRecord second = (PointRecord) list(ListKind.POINTS).get(1);
        assertThat(second.methods()).containsExactly(AccessMethod.FAST);
        assertThat(second.leastLevel()).isEqualTo(CarrierLevel.OWN_KEY);
        assertThat(second.place()).isEqualTo(PointPlace.NOWHERE);
        assertThat(PointDefaults.fitting("门".repeat(60))).isEqualTo("门".repeat(21));
        assertThat(PointDefaults.least(AccessMethod.NONE)).isEqualTo(CarrierLevel.NONE);
    }

    @Test
    void what_a_policy_names_must_be_there() {
        PolicyContent broken = WHOLE.with(
                List.of(rule(2, 77, new Where(99, 0, 0)), new AccessRule(3, "无组", 8, 0, 66, Where.EVERYWHERE)),
                List.of(new ItemKey(ItemKind.SCHEDULE, 7), new ItemKey(ItemKind.AREA, 3)));
        assertThat(faults(WHOLE)).isEmpty();
        assertThat(faults(broken))
                .containsExactly(
                        "RULE 1 UNKNOWN_AREA",
                        "RULE 2 UNKNOWN_SCHEDULE",
                        "RULE 2 UNKNOWN_POINT",
                        "RULE 3 UNKNOWN_GROUP",
                        "RULE 3 UNKNOWN_FLOORS",
                        "POINT 2752513 UNKNOWN_SCHEDULE",
                        "POINT 2752513 UNKNOWN_AREA");
    }

    @Test
    void a_point_in_a_fire_zone_without_a_contact_of_its_own_is_refused() {
        PointRecord bare = POINT.with(new FireSafety(6, 0, true, LockKind.FAIL_SAFE));
        assertThat(faults(WHOLE.with(List.of(ListItem.point(DOOR, bare)), List.of())))
                .containsExactly("POINT 2752513 NO_FIRE_CONTACT");
    }

    @Test
    void points_and_wires_of_devices_that_are_not_there_are_refused() {
        DeviceId nowhere = new DeviceId(4_000_000_000L);
        PolicyContent stray = PolicyContent.of(List.of(
                ListItem.wire(nowhere, WIRE),
                ListItem.point(
                        DOOR,
                        PointRecord.of(
                                new PointId(9),
                                PointKind.DOOR,
                                Set.of(),
                                CarrierLevel.NONE,
                                PointTimes.of(1, 1),
                                "无"))));
        assertThat(faults(stray))
                .containsExactly("POINT 2752521 UNKNOWN_POINT", "WIRE 67108864000000256 UNKNOWN_POINT");
        assertThat(ItemKey.wire(nowhere, 1, WireDirection.OUTPUT).device()).isEqualTo(nowhere);
        assertThat(ItemKey.point(nowhere, new PointId(9)).device()).isEqualTo(nowhere);
    }

    @Test
    void more_than_a_list_can_hold_is_refused_before_it_is_compiled() {
        PolicyItem[] rules = new PolicyItem[600];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = rule(i + 1, 0, Where.EVERYWHERE);
        }
        assertThat(faults(PolicyContent.of(List.of(rules)).with(List.of(RESIDENTS), List.of())))
                .containsExactly("GROUP 1 TOO_MANY_RIGHTS");
        PolicyItem[] days = new PolicyItem[1_001];
        for (int i = 0; i < days.length; i++) {
            days[i] = ListItem.holiday("日", new Holiday(LocalDate.of(2026, 1, 1).plusDays(i)));
        }
        assertThat(faults(PolicyContent.of(List.of(days)))).containsExactly("HOLIDAY 0 TOO_MANY");
    }

    @Test
    void names_members_ids_and_places_out_of_range_are_refused() {
        assertThatThrownBy(() -> rule(0, 0, Where.EVERYWHERE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule(0xFFFF_FF00L, 0, Where.EVERYWHERE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Where(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PeopleGroup(1, " ", GroupKind.RESIDENTS, Set.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PeopleGroup(1, "空", GroupKind.PERSONS, Set.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ListItem.schedule("总是", Schedule.ALWAYS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void two_contents_differ_in_what_was_added_changed_and_taken_out() {
        PolicyContent later = WHOLE.with(
                List.of(rule(2, 0, Where.EVERYWHERE), ListItem.schedule("深夜", NIGHT)),
                List.of(new ItemKey(ItemKind.AREA, 4)));
        assertThat(WHOLE.until(later))
                .extracting(each -> each.key().kind() + " " + each.before().isPresent() + " "
                        + each.after().isPresent())
                .containsExactly("RULE false true", "SCHEDULE true true", "AREA true false");
        assertThat(WHOLE.until(WHOLE)).isEmpty();
    }

    private List<String> faults(PolicyContent content) {
        return PolicyCheck.of(content, policy.estate.estate().points(ONE)).stream()
                .map(fault -> fault.where().kind() + " " + fault.where().number() + " " + fault.what())
                .toList();
    }

    private List<? extends ListRecord> list(ListKind kind) {
        return policy.compiler().records(kind, DOOR);
    }
}
