package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.controller.board.Board;
import io.zhitong.decision.Extras;
import io.zhitong.decision.Presented;
import io.zhitong.points.DoorInput;
import io.zhitong.points.Relock;
import io.zhitong.points.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which terminals of a board get current for what a point does. */
class WiredRelayTest {

    private static final PointId LIFT = TestLists.GATE;

    private final TestLists lists = new TestLists();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();
    private final List<String> written = new ArrayList<>();
    private final WiredRelay relay = new WiredRelay(lists::policy, new Noted(), happened);
    private final TestSite site = new TestSite(lists::policy, happened, relay, clock);

    @Test
    void lift_goes_to_the_floors_of_the_right_by_both_doors_and_to_no_other() {
        lift();
        site.door(LIFT).shown(card());
        assertEquals(Set.of("103 on 5000", "105 on 5000", "106 on 5000"), new TreeSet<>(written));
    }

    @Test
    void chosen_floor_is_the_only_one_and_an_inverted_relay_gets_no_current_for_it() {
        lift();
        site.door(LIFT).shown(card().with(floor(8, true)));
        assertEquals(List.of("106 on 5000"), written);
        written.clear();
        lists.wires(new WiringRecord(105, WireDirection.OUTPUT, LIFT, WireFunction.FLOOR, false, true, 12));
        site.door(LIFT).shown(card().with(floor(12, false)));
        assertEquals(List.of("105 off 5000"), written);
    }

    @Test
    void lift_in_a_burning_zone_loses_what_it_was_let() {
        lift();
        DoorPoint lift = site.door(LIFT);
        lift.shown(card());
        written.clear();
        site.doors().fireOrdered(2, true);
        assertEquals(Set.of("103 off", "104 off", "105 off", "106 off"), new TreeSet<>(written));
        lift.shown(card());
        assertEquals(
                "ACCESS_DENIED FIRE_RECALL @1",
                happened.log().get(happened.log().size() - 1));
    }

    @Test
    void ways_of_a_turnstile_have_a_lock_each() {
        lists.wires(lock(21, 0), lock(22, 1));
        relay.pulse(LIFT, Way.OUT, 4_000);
        relay.hold(LIFT, Way.IN);
        relay.drop(LIFT, Way.IN);
        assertEquals(List.of("22 on 4000", "21 on", "21 off"), written);
        lists.wires();
        relay.pulse(LIFT, Way.OUT, 4_000);
        relay.pulse(LIFT, Way.IN, 4_000);
        assertEquals(List.of("pulse 4000 @1"), happened.log(), "a relay without terminal knows one way");
    }

    @Test
    void strike_catches_again_as_soon_as_the_leaf_opens_and_a_magnet_when_it_has_closed() {
        WiringRecord contact = TestLists.in(1, LIFT, WireFunction.CONTACT);
        lists.wires(contact, lock(21, 1));
        assertEquals(
                Relock.ON_OPEN,
                DoorFitting.of(LIFT, lists.policy(), DoorSetup.listed(LIFT).config())
                        .relock());
        DoorPoint door = site.door(LIFT);
        door.shown(card());
        door.sensed(new DoorInput.Contact(true));
        assertEquals(List.of("21 on 5000", "21 off"), written);
        written.clear();
        lists.wires(contact, lock(21, 0));
        door.sensed(new DoorInput.Contact(false));
        door.listsChanged();
        door.shown(card());
        door.sensed(new DoorInput.Contact(true));
        assertEquals(List.of("21 on 5000"), written);
        door.sensed(new DoorInput.Contact(false));
        assertEquals(List.of("21 on 5000", "21 off"), written);
    }

    private void lift() {
        lists.points(PointRecord.of(
                        LIFT,
                        PointKind.LIFT,
                        Set.of(AccessMethod.SEALED),
                        CarrierLevel.SEALED_CARD,
                        PointTimes.of(5_000, 0),
                        "1号梯")
                .with(new FireSafety(2, 0, false, LockKind.FAIL_SECURE)));
        lists.put(ListKind.FLOORS, List.of(FloorGroup.of(9, List.of(3, 12), List.of(8))));
        lists.put(ListKind.GROUPS, List.of(new GroupRecord(1, List.of(new Right(LIFT, 0, 9, 101)))));
        lists.access(TestLists.person(TestLists.RESIDENT, AccessRecord.ITSELF));
        lists.wires(floor(103, 3), floor(104, 4), floor(105, 12), floor(106, 256 + 8));
    }

    private static WiringRecord floor(int io, int number) {
        return new WiringRecord(io, WireDirection.OUTPUT, LIFT, WireFunction.FLOOR, false, false, number);
    }

    private static WiringRecord lock(int io, int number) {
        return new WiringRecord(io, WireDirection.OUTPUT, LIFT, WireFunction.LOCK, false, false, number);
    }

    private static Extras floor(int index, boolean rear) {
        Extras none = Extras.NONE;
        return new Extras(
                none.proved(),
                none.wrong(),
                false,
                none.companion(),
                Optional.of(new Extras.Floor(index, rear)),
                "",
                Extras.NOT_MEASURED);
    }

    private static Shown card() {
        return Shown.of(new Presented.Genuine(TestLists.RESIDENT, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1));
    }

    /** Terminal, current, and for how long if not until told. */
    private final class Noted implements Board {
        @Override
        public void write(int io, boolean current, int millis) {
            written.add(io + (current ? " on" : " off") + (millis == 0 ? "" : " " + millis));
        }

        @Override
        public void feed() {}

        @Override
        public void close() {}
    }
}
