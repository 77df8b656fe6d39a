package io.zhitong.uhppote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.OfflinePolicy;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Shortfall;
import io.zhitong.accessmodel.Shortfall.Kind;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.Validity;
import io.zhitong.uhppote.message.BoardCard;
import io.zhitong.uhppote.message.DoorControl;
import io.zhitong.uhppote.message.Interlock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class BoardCompilerTest {
    private static final Instant NOW = Instant.parse("2026-03-02T02:00:00Z");
    private final Lists lists = Lists.ofTwoDoors();

    private BoardPlan plan() {
        return plan(PinBook.NONE);
    }

    private BoardPlan plan(PinBook pins) {
        return BoardCompiler.compile(lists.holdings(), Rig.ZONE, NOW, pins, Map.of());
    }

    private Set<Kind> missing() {
        return plan().shortfalls().stream().map(Shortfall::kind).collect(Collectors.toSet());
    }

    private List<Integer> doorsOf(long number) {
        return plan().cards().get(number).doors();
    }

    @Test
    void a_resident_has_his_doors_always_and_an_employee_by_a_profile() {
        lists.with(100, 1).with(200, 2).with(300, 1, 2);
        BoardPlan plan = plan();
        assertEquals(
                new BoardCard(
                        100,
                        Optional.of(LocalDate.of(2000, 1, 1)),
                        Optional.of(LocalDate.of(2099, 12, 31)),
                        List.of(1, 1, 0, 0),
                        0),
                plan.cards().get(100L));
        assertEquals(List.of(2, 0, 0, 0), plan.cards().get(200L).doors());
        assertEquals(List.of(1, 1, 0, 0), plan.cards().get(300L).doors(), "always includes office hours");
        assertEquals(Lists.credential(200), plan.credentials().get(200L));
        assertEquals(List.of(), plan.shortfalls());
    }

    @Test
    void a_door_lasts_whole_seconds_and_one_nobody_configured_has_no_cards() {
        lists.point(PointRecord.of(
                new PointId(2),
                PointKind.DOOR,
                Set.of(AccessMethod.NUMBER),
                CarrierLevel.COPIED_NUMBER,
                PointTimes.of(3_001, 0),
                ""));
        lists.groups.add(new GroupRecord(3, List.of(new Right(new PointId(3), 0, 1))));
        lists.with(100, 1, 3);
        assertEquals(4, plan().doors().get(1).delay());
        assertEquals(List.of(1, 1, 0, 0), doorsOf(100));
        lists.point(PointRecord.of(
                new PointId(2),
                PointKind.DOOR,
                Set.of(AccessMethod.NUMBER),
                CarrierLevel.COPIED_NUMBER,
                PointTimes.of(900_000, 0),
                ""));
        assertEquals(255, plan().doors().get(1).delay());
    }

    @Test
    void lost_cancelled_and_blocked_credentials_are_not_on_the_board() {
        for (CredentialStatus status : CredentialStatus.values()) {
            lists.access.clear();
            AccessRecord person = Lists.person(7, Validity.ALWAYS, Set.of(), 1);
            lists.access.add(new AccessRecord(
                    person.credential(),
                    0,
                    status,
                    Set.of(),
                    person.validity(),
                    person.uses(),
                    0,
                    person.groups(),
                    person.carriers()));
            assertEquals(status == CredentialStatus.ACTIVE, plan().cards().containsKey(7L), status.name());
        }
    }

    @Test
    void only_legacy_numbers_of_32_bits_are_sent_by_such_readers() {
        carrier(CarrierKind.CARD, 7);
        carrier(CarrierKind.LEGACY_NUMBER, 0);
        carrier(CarrierKind.LEGACY_NUMBER, 0xFFFF_FFFFL);
        carrier(CarrierKind.LEGACY_NUMBER, 0x1_0000_0007L);
        assertTrue(plan().cards().isEmpty());
        assertEquals(
                List.of(new Shortfall(Kind.NO_NUMBER, PointId.DEVICE, 4, Optional.of(Lists.credential(1000)))),
                plan().shortfalls());
        carrier(CarrierKind.LEGACY_NUMBER, 0xFFFF_FFFEL);
        assertEquals(Set.of(0xFFFF_FFFEL), plan().cards().keySet());
    }

    private void carrier(CarrierKind kind, long number) {
        AccessRecord person = Lists.person(1000 + lists.access.size(), Validity.ALWAYS, Set.of(), 1);
        Carrier carrier = new Carrier(
                kind, CarrierLevel.COPIED_NUMBER, Lists.legacy(number).value());
        lists.access.add(new AccessRecord(
                person.credential(),
                0,
                person.status(),
                Set.of(),
                person.validity(),
                person.uses(),
                0,
                person.groups(),
                List.of(carrier)));
    }

    @Test
    void a_short_number_of_a_legacy_reader_counts_as_a_number() {
        AccessRecord person = Lists.person(1, Validity.ALWAYS, Set.of(), 1);
        Carrier three =
                new Carrier(CarrierKind.LEGACY_NUMBER, CarrierLevel.COPIED_NUMBER, Octets.of(new byte[] {1, 2, 3}));
        lists.access.add(new AccessRecord(
                person.credential(),
                0,
                person.status(),
                Set.of(),
                person.validity(),
                person.uses(),
                0,
                List.of(1),
                List.of(three)));
        assertEquals(Set.of(0x010203L), plan().cards().keySet());
    }

    @Test
    void a_number_two_people_share_opens_for_neither() {
        lists.with(7, 1);
        AccessRecord other = Lists.person(8, Validity.ALWAYS, Set.of(), 1);
        lists.access.add(new AccessRecord(
                other.credential(),
                0,
                other.status(),
                Set.of(),
                other.validity(),
                other.uses(),
                0,
                List.of(1),
                List.of(Lists.legacy(7))));
        assertTrue(plan().cards().isEmpty());
        assertEquals(Set.of(Kind.NUMBER_TWICE), missing());
        assertTrue(plan().credentials().isEmpty());
    }

    @Test
    void counted_and_escorted_people_are_left_out() {
        AccessRecord person = Lists.person(7, Validity.ALWAYS, Set.of(), 1);
        lists.access.add(new AccessRecord(
                person.credential(),
                0,
                person.status(),
                Set.of(),
                person.validity(),
                3,
                0,
                List.of(1),
                person.carriers()));
        lists.access.add(Lists.person(8, Validity.ALWAYS, Set.of(Trait.ESCORTED), 1));
        assertTrue(plan().cards().isEmpty());
        assertEquals(Set.of(Kind.USES, Kind.ESCORT), missing());
    }

    @Test
    void a_door_that_asks_for_more_than_the_board_can_give_has_no_cards() {
        lists.with(7, 1);
        PointRecord door = Lists.door(2);
        lists.areas.add(new AreaRecord(5, AntiPassback.HARD, 0, 0, StalePolicy.values()[0], 60, "yard"));
        lists.areas.add(new AreaRecord(6, AntiPassback.NONE, 0, 0, StalePolicy.values()[0], 60, "garden"));
        refused(Kind.LEVEL, door.with(Set.of(AccessMethod.SEALED)));
        refused(
                Kind.LEVEL,
                PointRecord.of(door.point(), PointKind.DOOR, door.methods(), CarrierLevel.OWN_KEY, door.times(), ""));
        refused(Kind.MODE, door.with(PointModes.of(PointMode.TWO_PERSON)));
        refused(Kind.MODE, door.with(PointModes.of(PointMode.FIRST_CARD)));
        refused(Kind.MODE, door.with(new PointModes(PointMode.NORMAL, PointMode.LOCKED, 9, 0)));
        refused(Kind.AREA, door.with(new PointPlace(0, 5, 0, PointPlace.ANY_THREAT)));
        refused(Kind.THREAT, door.with(new PointPlace(0, 0, 0, 2)));
        refused(Kind.LEASE, door.with(OfflinePolicy.BY_LIST, 3_600));
        lists.point(door.with(new PointPlace(0, 6, 0, PointPlace.ANY_THREAT)));
        assertEquals(List.of(1, 1, 0, 0), doorsOf(7), "an area without rules asks for nothing");
    }

    private void refused(Kind kind, PointRecord door) {
        lists.point(door);
        assertEquals(Set.of(kind), missing());
        assertEquals(List.of(1, 0, 0, 0), doorsOf(7), kind.name());
    }

    @Test
    void what_lets_nobody_in_is_only_noted() {
        lists.with(7, 1);
        lists.point(Lists.door(2).with(new PointModes(PointMode.NORMAL, PointMode.NORMAL, 0, 9)));
        lists.point(Lists.door(1).with(new FireSafety(3, 1, true, LockKind.FAIL_SAFE)));
        assertEquals(Set.of(Kind.BY_CLOCK, Kind.FIRE), missing());
        assertEquals(List.of(1, 1, 0, 0), doorsOf(7));
    }

    @Test
    void a_locked_door_keeps_its_exit_button_and_lets_guards_in() {
        lists.with(7, 1);
        lists.access.add(Lists.person(8, Validity.ALWAYS, Set.of(Trait.GUARD), 1));
        lists.point(Lists.door(2).with(PointModes.of(PointMode.LOCKED)));
        assertEquals(List.of(1, 0, 0, 0), doorsOf(7));
        assertEquals(List.of(1, 1, 0, 0), doorsOf(8));
        assertEquals(DoorControl.CONTROLLED, plan().doors().get(1).control());
    }

    @Test
    void an_unlocked_door_is_normally_open() {
        lists.point(Lists.door(2).with(PointModes.of(PointMode.UNLOCKED)));
        assertEquals(DoorControl.NORMALLY_OPEN, plan().doors().get(1).control());
    }

    @Test
    void where_a_pin_is_asked_for_only_those_who_have_one_have_a_right() {
        lists.with(7, 1).with(8, 1);
        lists.point(Lists.door(2).with(PointModes.of(PointMode.CARD_PIN)));
        BoardPlan plan = plan(who -> who.equals(Lists.credential(7)) ? OptionalInt.of(4711) : OptionalInt.empty());
        assertEquals(List.of(1, 1, 0, 0), plan.cards().get(7L).doors());
        assertEquals(4711, plan.cards().get(7L).pin());
        assertEquals(List.of(1, 0, 0, 0), plan.cards().get(8L).doors());
        assertTrue(plan.doors().get(1).keypad());
        assertFalse(plan.doors().get(0).keypad());
        assertEquals(
                Set.of(Kind.NO_PIN),
                plan.shortfalls().stream().map(Shortfall::kind).collect(Collectors.toSet()));
    }

    @Test
    void interlocks_the_board_knows_are_its_and_others_leave_no_cards() {
        lists.with(7, 1);
        interlock(1, 1);
        assertEquals(Interlock.DOORS_12, plan().interlock());
        assertEquals(List.of(1, 1, 0, 0), doorsOf(7));
        lists.point(Lists.door(4).with(new PointPlace(0, 0, 1, PointPlace.ANY_THREAT)));
        assertEquals(Interlock.NONE, plan().interlock(), "1, 2 and 4 together no board knows");
        assertEquals(List.of(0, 0, 0, 0), doorsOf(7));
        assertEquals(Set.of(Kind.INTERLOCK), missing());
        lists.point(Lists.door(3).with(new PointPlace(0, 0, 1, PointPlace.ANY_THREAT)));
        assertEquals(Interlock.DOORS_1234, plan().interlock());
        interlock(0, 0);
        assertEquals(Interlock.DOORS_34, plan().interlock());
        interlock(2, 2);
        assertEquals(Interlock.DOORS_12_AND_34, plan().interlock());
    }

    private void interlock(int first, int second) {
        lists.point(Lists.door(1).with(new PointPlace(0, 0, first, PointPlace.ANY_THREAT)));
        lists.point(Lists.door(2).with(new PointPlace(0, 0, second, PointPlace.ANY_THREAT)));
    }

    @Test
    void points_behind_the_fourth_are_told_and_people_of_other_doors_are_not_on_the_board() {
        lists.points.add(Lists.door(5));
        lists.groups.add(new GroupRecord(3, List.of(new Right(new PointId(5), 0, 1))));
        lists.with(7, 3);
        assertTrue(plan().cards().isEmpty());
        assertEquals(List.of(Shortfall.of(Kind.NO_SUCH_POINT, new PointId(5))), plan().shortfalls());
    }

    @Test
    void the_plan_holds_until_the_next_validity_or_holiday_changes_something() {
        lists.with(7, 1).holiday("2026-05-01");
        assertEquals(Instant.parse("2026-04-30T16:00:00Z"), plan().until());
        Instant noon = Instant.parse("2026-03-05T04:00:00Z");
        lists.access.add(Lists.person(8, Validity.between(NOW, noon), Set.of(), 1));
        assertEquals(Instant.parse("2026-03-04T16:00:00Z"), plan().until(), "the morning of its last day");
    }

    @Test
    void more_hours_than_there_is_room_for_are_denied_and_told() {
        for (int id = 100; id < 400; id++) {
            lists.schedules.add(new Schedule(id, List.of(new Schedule.Window(1, id, id + 30))));
            lists.groups.add(new GroupRecord(id, List.of(new Right(new PointId(1), id, 1))));
            lists.with(id, id);
        }
        assertEquals(
                253,
                plan().cards().values().stream()
                        .filter(card -> card.permission(1) != 0)
                        .count());
        assertEquals(47, plan().shortfalls().get(0).count());
        assertEquals(Set.of(Kind.HOURS), missing());
    }

    @Test
    void profiles_stand_in_the_order_of_their_schedules_whoever_comes_first() {
        for (int id = 3; id >= 1; id--) {
            lists.schedules.add(new Schedule(id, List.of(new Schedule.Window(1, 60 * id, 60 * id + 30))));
            lists.groups.add(new GroupRecord(10 + id, List.of(new Right(new PointId(1), id, 1))));
            lists.with(100 + id, 10 + id);
        }
        assertEquals(2, plan().cards().get(101L).permission(1));
        assertEquals(4, plan().cards().get(103L).permission(1));
        lists.without(102);
        assertEquals(3, plan().cards().get(103L).permission(1));
    }
}
