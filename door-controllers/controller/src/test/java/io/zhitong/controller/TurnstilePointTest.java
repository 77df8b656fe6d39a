package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.decision.Presented;
import io.zhitong.points.DoorInput;
import io.zhitong.points.Way;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A turnstile from the card to its gates and back from its light barriers. */
class TurnstilePointTest {

    private static final int COURT = 4;

    private final TestLists lists = new TestLists();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();
    private final TestSite site = new TestSite(lists::policy, happened, clock, new Memories());
    private DoorPoint gate;

    @BeforeEach
    void build() {
        lists.points(PointRecord.of(
                        TestLists.GATE,
                        PointKind.TURNSTILE,
                        Set.of(AccessMethod.SEALED),
                        CarrierLevel.SEALED_CARD,
                        PointTimes.of(5_000, 20_000),
                        "闸机")
                .with(new PointPlace(0, COURT, 0, 255))
                .with(new FireSafety(1, 0, true, LockKind.FAIL_SAFE)));
        lists.wires(
                new WiringRecord(31, WireDirection.INPUT, TestLists.GATE, WireFunction.BEAM, false, false, 0),
                new WiringRecord(32, WireDirection.INPUT, TestLists.GATE, WireFunction.BEAM, false, false, 1));
        gate = site.door(TestLists.GATE);
    }

    @Test
    void granted_person_goes_in_and_is_inside_when_through_the_barriers() {
        show();
        assertEquals(List.of("ACCESS_GRANTED @1", "pulse 5000 @1"), happened.log());
        assertEquals(0, site.presence().counts().at(COURT));
        walk(Way.IN);
        assertEquals(1, site.presence().counts().at(COURT));
        assertEquals(List.of("drop @1", "PASSED @1"), happened.log().subList(2, 4));
    }

    @Test
    void who_turns_round_is_not_inside_and_the_release_runs_out() {
        show();
        clock.advance(5_000);
        gate.timePassed();
        assertEquals(List.of("drop @1", "NOT_OPENED @1"), happened.log().subList(2, 4));
        assertEquals(0, site.presence().counts().at(COURT));
    }

    @Test
    void second_person_behind_the_first_is_an_alarm_until_the_passage_is_clear() {
        show();
        beam(Way.IN, true);
        beam(Way.OUT, true);
        beam(Way.IN, false);
        beam(Way.IN, true);
        assertTrue(happened.log().contains("TAILGATING @1"), happened.log()::toString);
        assertEquals(Set.of("SIREN @1"), happened.signals());
        beam(Way.OUT, false);
        beam(Way.OUT, true);
        beam(Way.IN, false);
        beam(Way.OUT, false);
        assertEquals("PASSAGE_CLEAR @1", happened.log().get(happened.log().size() - 1));
        assertEquals(1, site.presence().counts().at(COURT), "the one who was granted");
    }

    @Test
    void button_lets_out_and_takes_nobody_in() {
        gate.exit();
        walk(Way.OUT);
        assertEquals(List.of("EXIT_REQUESTED @1", "PASSED @1"), happened.log());
        assertEquals(0, site.presence().counts().at(COURT));
    }

    @Test
    void arms_fall_in_a_fire_and_a_lock_down_takes_back_what_was_granted() {
        show();
        gate.order(Optional.of(Ordered.of(PointMode.LOCKED)));
        assertEquals("drop @1", happened.log().get(2));
        site.doors().fireOrdered(1, true);
        assertEquals(List.of("hold @1", "FIRE @1"), happened.log().subList(3, 5));
        site.doors().fireOrdered(1, false);
        assertEquals(List.of("drop @1", "FIRE_ENDED @1"), happened.log().subList(5, 7));
    }

    @Test
    void point_that_becomes_a_door_again_moves_as_one() {
        lists.points(TestLists.door(TestLists.GATE));
        gate.listsChanged();
        show();
        walk(Way.IN);
        assertEquals(List.of("ACCESS_GRANTED @1", "pulse 5000 @1"), happened.log());
    }

    private void show() {
        gate.shown(
                Shown.of(new Presented.Genuine(TestLists.RESIDENT, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1)));
    }

    private void walk(Way way) {
        beam(way, true);
        beam(way.back(), true);
        beam(way, false);
        beam(way.back(), false);
    }

    private void beam(Way side, boolean broken) {
        gate.sensed(new DoorInput.Beam(side, broken));
    }
}
