package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.OfflinePolicy;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Presented;
import io.zhitong.points.DoorConfig;
import io.zhitong.points.DoorPhase;
import io.zhitong.points.Relock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoorPointTest {

    private final TestLists lists = new TestLists();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();
    private DoorPolicy policy = lists.policy();
    private final DoorPoint door = new DoorPoint(
            new DoorSetup(TestLists.GATE, "door-1", AccessMethod.SEALED, DoorConfig.withoutContact()),
            TestSite.world(() -> policy, happened, clock));

    @Test
    void grant_is_written_down_before_the_relay_moves() {
        assertInstanceOf(Decision.Grant.class, door.shown(card(TestLists.RESIDENT)));
        assertEquals(List.of("ACCESS_GRANTED @1", "pulse 5000 @1"), happened.log());
        assertEquals(Optional.of(TestLists.RESIDENT), happened.lastAccess().credential());
        assertEquals(policy.access(), happened.lastAccess().list());
        assertTrue(happened.lastAccess().rules().contains(101L));
    }

    @Test
    void denial_is_written_down_and_nothing_moves() {
        door.shown(card(TestLists.LOST));
        door.shown(card(CredentialNumber.parse("4403010199999999")));
        assertEquals(List.of("ACCESS_DENIED LOST @1", "ACCESS_DENIED UNKNOWN_CREDENTIAL @1"), happened.log());
    }

    @Test
    void door_opens_although_the_journal_cannot_be_written() {
        happened.diskFull(true);
        assertInstanceOf(Decision.Grant.class, door.shown(card(TestLists.RESIDENT)));
        assertEquals(List.of("pulse 5000 @1"), happened.log());
    }

    @Test
    void fifth_forged_card_in_a_row_is_an_alarm_of_its_own() {
        for (int i = 0; i < 5; i++) {
            door.shown(Shown.of(new Presented.NotGenuine(AccessMethod.SEALED)));
        }
        assertEquals("NOT_GENUINE_REPEATED @1", last(happened.log()));
        assertEquals(6, happened.log().size());
    }

    @Test
    void visitor_with_one_pass_passes_once() {
        door.shown(card(TestLists.VISITOR));
        door.shown(card(TestLists.VISITOR));
        assertEquals("ACCESS_DENIED USES_EXHAUSTED @1", last(happened.log()));
    }

    @Test
    void locked_down_door_denies_residents_until_it_is_given_back() {
        door.order(Optional.of(Ordered.of(PointMode.LOCKED)));
        door.shown(card(TestLists.RESIDENT));
        assertEquals("ACCESS_DENIED LOCKED_DOWN @1", last(happened.log()));
        door.order(Optional.empty());
        door.shown(card(TestLists.RESIDENT));
        assertEquals("pulse 5000 @1", last(happened.log()));
    }

    @Test
    void lock_down_ends_a_release_that_is_under_way() {
        door.shown(card(TestLists.RESIDENT));
        door.order(Optional.of(Ordered.of(PointMode.LOCKED)));
        assertEquals("drop @1", last(happened.log()));
    }

    @Test
    void free_passage_holds_the_relay_and_comes_from_the_list_too() {
        door.order(Optional.of(Ordered.of(PointMode.UNLOCKED)));
        door.order(Optional.empty());
        lists.points(PointMode.UNLOCKED);
        policy = lists.policy();
        door.listsChanged();
        assertEquals(List.of("hold @1", "drop @1", "hold @1"), happened.log());
    }

    @Test
    void command_stands_above_a_new_list_until_it_is_given_back() {
        door.order(Optional.of(Ordered.of(PointMode.LOCKED)));
        lists.points(PointMode.UNLOCKED);
        policy = lists.policy();
        door.listsChanged();
        assertEquals(PointMode.LOCKED, door.mode());
        door.order(Optional.empty());
        assertEquals(PointMode.UNLOCKED, door.mode());
    }

    @Test
    void operator_opens_once_for_the_configured_time_even_when_locked_down() {
        door.order(Optional.of(Ordered.of(PointMode.LOCKED)));
        door.openOnce();
        assertEquals("pulse 5000 @1", last(happened.log()));
        clock.advance(5_000);
        door.timePassed();
        assertEquals(DoorPhase.CLOSED, door.door().phase());
    }

    @Test
    void without_lists_nobody_is_let_in_but_an_operator_opens() {
        lists.remove(ListKind.ACCESS);
        policy = lists.policy();
        door.shown(card(TestLists.RESIDENT));
        door.openOnce();
        assertEquals(List.of("ACCESS_DENIED LIST_MISSING @1", "pulse 5000 @1"), happened.log());
    }

    @Test
    void who_needs_longer_gets_the_longer_pulse_and_everybody_else_the_usual_one() {
        lists.points(new PointRecord(
                TestLists.GATE,
                PointKind.DOOR,
                Set.of(AccessMethod.SEALED),
                CarrierLevel.SEALED_CARD,
                PointModes.NORMAL,
                PointPlace.NOWHERE,
                FireSafety.NONE,
                OfflinePolicy.BY_LIST,
                0,
                new PointTimes(5_000, 12_000, 30_000),
                "门"));
        policy = lists.policy();
        door.shown(card(TestLists.RESIDENT));
        assertEquals("pulse 5000 @1", last(happened.log()));
        clock.advance(10_000);
        lists.resident(Trait.LONGER);
        policy = lists.policy();
        door.shown(card(TestLists.RESIDENT));
        assertEquals("pulse 12000 @1", last(happened.log()));
        assertEquals(37_000, door.door().openMillis(), "and seven seconds more with the leaf open");
    }

    @Test
    void wires_and_times_of_a_door_come_from_its_lists() {
        assertEquals(DoorConfig.withoutContact(), DoorFitting.of(TestLists.GATE, policy, DoorConfig.withoutContact()));
        lists.wires(
                TestLists.in(1, TestLists.GATE, WireFunction.CONTACT),
                TestLists.in(2, TestLists.GARAGE, WireFunction.BOLT),
                TestLists.out(1, TestLists.SIDE_DOOR, WireFunction.CONTACT));
        policy = lists.policy();
        assertEquals(
                new DoorConfig(true, false, 30_000, 10_000, Relock.ON_CLOSE),
                DoorFitting.of(TestLists.GATE, policy, DoorConfig.withoutContact()));
        assertEquals(
                new DoorConfig(false, true, 30_000, 10_000, Relock.ON_CLOSE),
                DoorFitting.of(TestLists.GARAGE, policy, DoorConfig.withoutContact()));
        assertEquals(
                DoorConfig.withoutContact(),
                DoorFitting.of(TestLists.SIDE_DOOR, policy, DoorConfig.withoutContact()),
                "an output is no contact");
    }

    private static Shown card(CredentialNumber number) {
        return Shown.of(new Presented.Genuine(number, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1));
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
