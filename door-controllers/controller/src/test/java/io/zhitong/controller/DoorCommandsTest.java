package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PlaceOrder;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.CommandAnswer.Stage;
import io.zhitong.points.DoorInput;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoorCommandsTest {

    private final Memories memories = new Memories();
    private final Happened happened = new Happened();
    private final TestLists lists = new TestLists();
    private final TestClock clock = new TestClock();
    private final TestSite site = new TestSite(lists::policy, happened, clock, memories);
    private final DoorPoint gate = site.door(TestLists.GATE);
    private final DoorPoint garage = site.door(TestLists.GARAGE);
    private final List<CommandAnswer> answers = new ArrayList<>();

    @Test
    void open_releases_the_one_door_that_is_meant() {
        give(CommandKind.OPEN, TestLists.GARAGE);
        assertEquals(List.of("pulse 5000 @2"), happened.log());
        assertEquals(Stage.EXECUTED, answers.get(0).stage());
    }

    @Test
    void opening_that_is_seen_while_the_door_is_released_is_the_third_answer_and_comes_once() {
        lists.wires(TestLists.in(1, TestLists.GATE, WireFunction.CONTACT));
        gate.listsChanged();
        give(CommandKind.OPEN, TestLists.GATE);
        assertEquals(List.of(Stage.EXECUTED), stages());
        gate.sensed(new DoorInput.Contact(true));
        gate.sensed(new DoorInput.Contact(false));
        gate.sensed(new DoorInput.Contact(true));
        assertEquals(List.of(Stage.EXECUTED, Stage.SENSED), stages());
        assertEquals(answers.get(0).idempotencyKey(), answers.get(1).idempotencyKey());
    }

    @Test
    void leaf_that_opens_too_late_or_at_another_door_confirms_nothing() {
        lists.wires(
                TestLists.in(1, TestLists.GATE, WireFunction.CONTACT),
                TestLists.in(2, TestLists.GARAGE, WireFunction.CONTACT));
        gate.listsChanged();
        garage.listsChanged();
        give(CommandKind.OPEN, TestLists.GATE);
        garage.sensed(new DoorInput.Contact(true));
        clock.advance(5_001);
        gate.sensed(new DoorInput.Contact(true));
        assertEquals(List.of(Stage.EXECUTED), stages());
    }

    @Test
    void order_for_all_doors_is_confirmed_by_none_of_them() {
        lists.wires(TestLists.in(1, TestLists.GATE, WireFunction.CONTACT));
        gate.listsChanged();
        give(CommandKind.OPEN, PointId.DEVICE);
        gate.sensed(new DoorInput.Contact(true));
        assertEquals(List.of(Stage.EXECUTED), stages());
    }

    private List<Stage> stages() {
        return answers.stream().map(CommandAnswer::stage).toList();
    }

    @Test
    void lock_down_of_the_device_locks_every_door_and_survives_a_restart() {
        give(CommandKind.LOCK_DOWN, PointId.DEVICE);
        assertEquals(PointMode.LOCKED, gate.mode());
        assertEquals(PointMode.LOCKED, garage.mode());
        assertEquals(Optional.of(Ordered.of(PointMode.LOCKED)), new PointMemory(memories).ordered(TestLists.GARAGE));
        assertEquals(PointMode.LOCKED, restarted(TestLists.GARAGE).mode());
        give(CommandKind.RELEASE, TestLists.GATE);
        assertEquals(PointMode.NORMAL, gate.mode());
        assertEquals(PointMode.LOCKED, garage.mode());
        assertEquals(Optional.empty(), new PointMemory(memories).ordered(TestLists.GATE));
    }

    @Test
    void unlock_holds_the_relay() {
        give(CommandKind.UNLOCK, TestLists.GATE);
        assertEquals(List.of("hold @1"), happened.log());
    }

    /** As the frame of the programs does: executed and refused are journalled, then answered. */
    private void giveJournalled(CommandKind kind, PointId point, Octets args) {
        site.commands().carryOut(order(kind, point, args), answer -> {
            happened.write(EventKind.COMMAND_EXECUTED, point, Octets.EMPTY);
            answers.add(answer);
        });
    }

    @Test
    void order_that_opens_is_on_disk_before_the_relay_moves() {
        giveJournalled(CommandKind.OPEN, TestLists.GATE, Octets.EMPTY);
        giveJournalled(CommandKind.UNLOCK, TestLists.GARAGE, Octets.EMPTY);
        assertEquals(List.of("COMMAND_EXECUTED @1", "pulse 5000 @1", "COMMAND_EXECUTED @2", "hold @2"), happened.log());
        assertEquals(List.of(Stage.EXECUTED, Stage.EXECUTED), stages());
    }

    @Test
    void door_opens_although_its_order_cannot_be_written() {
        happened.diskFull(true);
        giveJournalled(CommandKind.OPEN, TestLists.GATE, Octets.EMPTY);
        assertEquals(List.of("pulse 5000 @1"), happened.log());
    }

    @Test
    void fire_moves_the_relay_before_anything_is_written() {
        lists.points(TestLists.door(TestLists.GATE).with(new FireSafety(1, 3, true, LockKind.FAIL_SAFE)));
        site.commands().carryOut(order(CommandKind.LOCK_DOWN, TestLists.GATE, Octets.EMPTY), answers::add);
        happened.forget();
        giveJournalled(CommandKind.FIRE, PointId.DEVICE, Octets.of(new byte[] {0, 1}));
        assertEquals("hold @1", happened.log().get(0));
        assertEquals("COMMAND_EXECUTED @0", happened.log().get(happened.log().size() - 1));
    }

    @Test
    void order_to_open_whose_arguments_are_nonsense_is_refused_once_and_nothing_moves() {
        giveJournalled(CommandKind.UNLOCK, TestLists.GATE, Octets.of(new byte[3]));
        giveJournalled(CommandKind.OPEN, new PointId(9), Octets.EMPTY);
        assertEquals(List.of(Stage.REFUSED, Stage.REFUSED), stages());
        assertEquals(List.of("COMMAND_EXECUTED @1", "COMMAND_EXECUTED @9"), happened.log());
    }

    @Test
    void unknown_point_is_refused_and_nothing_moves() {
        give(CommandKind.OPEN, new PointId(9));
        assertEquals(CommandRefusal.UNKNOWN_POINT, answers.get(0).refusal());
        assertEquals(List.of(), happened.log());
    }

    /** A kind without an answer would wait at the backend until it is given up. */
    @Test
    void every_kind_of_command_is_answered_and_those_of_tills_are_refused() {
        for (CommandKind kind : CommandKind.values()) {
            answers.clear();
            give(kind, TestLists.GATE);
            assertEquals(1, answers.size(), kind.name());
            if (!DoorCommands.KINDS.contains(kind)) {
                assertEquals(CommandRefusal.NOT_SUPPORTED, answers.get(0).refusal(), kind.name());
            }
        }
    }

    @Test
    void lock_down_stands_although_the_disk_refuses_to_remember_it() {
        memories.refuse();
        give(CommandKind.LOCK_DOWN, TestLists.GATE);
        assertEquals(PointMode.LOCKED, gate.mode());
        assertEquals(Stage.EXECUTED, answers.get(0).stage());
    }

    @Test
    void lock_down_of_an_area_means_the_points_that_lead_into_or_out_of_it_and_ends_at_its_time() {
        lists.points(
                TestLists.door(TestLists.GATE).with(new PointPlace(0, 5, 0, 255)),
                TestLists.door(TestLists.GARAGE).with(new PointPlace(6, 0, 0, 255)));
        long end = TestClock.START.getEpochSecond() + 60;
        give(CommandKind.LOCK_DOWN, PointId.DEVICE, new PlaceOrder(0, 5, end).encode());
        assertEquals(PointMode.LOCKED, gate.mode());
        assertEquals(PointMode.NORMAL, garage.mode());
        clock.advance(59_999);
        assertEquals(PointMode.LOCKED, restarted(TestLists.GATE).mode(), "over a restart");
        clock.advance(1);
        gate.timePassed();
        assertEquals(PointMode.NORMAL, gate.mode());
        assertEquals(Map.of(), memories.written());
        give(CommandKind.UNLOCK, PointId.DEVICE, new PlaceOrder(0, 7, 0).encode());
        assertEquals(CommandRefusal.UNKNOWN_POINT, answers.get(1).refusal(), "no point there");
    }

    @Test
    void without_a_known_time_what_opens_until_a_time_has_ended_and_what_closes_has_not() {
        Octets soon = new PlaceOrder(0, 0, TestClock.START.getEpochSecond() + 60).encode();
        give(CommandKind.UNLOCK, TestLists.GATE, soon);
        give(CommandKind.LOCK_DOWN, TestLists.GARAGE, soon);
        clock.lost();
        clock.advance(3_600_000);
        gate.timePassed();
        garage.timePassed();
        assertEquals(PointMode.NORMAL, gate.mode());
        assertEquals(PointMode.LOCKED, garage.mode());
    }

    @Test
    void guard_admits_at_one_point_and_not_against_an_interlock() {
        lists.points(
                TestLists.door(TestLists.GATE).with(new PointPlace(0, 0, 1, 255)),
                TestLists.door(TestLists.GARAGE).with(new PointPlace(0, 0, 1, 255)));
        give(CommandKind.ADMIT, TestLists.GATE);
        give(CommandKind.ADMIT, TestLists.GARAGE);
        assertEquals(CommandRefusal.INTERLOCKED, answers.get(1).refusal());
        give(CommandKind.ADMIT, PointId.DEVICE);
        assertEquals(CommandRefusal.UNKNOWN_POINT, answers.get(2).refusal(), "one guard, one door");
        assertEquals(List.of("ACCESS_GRANTED @1", "pulse 5000 @1"), happened.log());
    }

    @Test
    void threat_fire_and_amnesty_are_for_the_site() {
        site.presence().passed(new Presence.Person(true, 7), 1, TestClock.START, ClockQuality.SYNCHRONISED);
        give(CommandKind.THREAT, PointId.DEVICE, new PlaceOrder(3, 0, 0).encode());
        assertEquals("3 0", memories.written().get("threat.0"));
        give(CommandKind.FIRE, PointId.DEVICE, Octets.of(new byte[] {0, 9}));
        give(CommandKind.FIRE, PointId.DEVICE, Octets.of(new byte[] {1, 0}));
        assertEquals(Set.of(9, 256), site.doors().burning());
        give(CommandKind.FIRE_RESET, PointId.DEVICE, Octets.of(new byte[] {0, 9}));
        assertEquals(Set.of(256), site.doors().burning());
        give(CommandKind.FIRE_RESET, PointId.DEVICE, Octets.of(new byte[2]));
        give(CommandKind.THREAT, PointId.DEVICE, PlaceOrder.NONE.encode());
        give(CommandKind.AMNESTY, PointId.DEVICE, Octets.of(new byte[] {0, 0, 0, 7}));
        assertEquals(Map.of(), memories.written(), "nothing is ordered and nobody is anywhere");
        answers.forEach(answer -> assertEquals(Stage.EXECUTED, answer.stage()));
    }

    @Test
    void arguments_that_are_none_are_refused_and_nothing_is_ordered() {
        Map<CommandKind, String> wrong = Map.of(
                CommandKind.THREAT, "0102",
                CommandKind.LOCK_DOWN, "00",
                CommandKind.FIRE, "0000",
                CommandKind.FIRE_RESET, "000000",
                CommandKind.AMNESTY, "0007");
        wrong.forEach((kind, args) -> give(kind, PointId.DEVICE, Octets.of(Hex.parse(args))));
        assertEquals(5, answers.size());
        answers.forEach(answer -> assertEquals(CommandRefusal.MALFORMED, answer.refusal()));
        assertEquals(Map.of(), memories.written());
    }

    private void give(CommandKind kind, PointId point) {
        give(kind, point, Octets.EMPTY);
    }

    private void give(CommandKind kind, PointId point, Octets args) {
        site.commands().carryOut(order(kind, point, args), answers::add);
    }

    private static CommandOrder order(CommandKind kind, PointId point, Octets args) {
        return new CommandOrder(
                new CommunityId(1),
                TestLists.DEVICE,
                new JournalId(1),
                Octets.of(new byte[16]),
                kind,
                point,
                1_000,
                11_000,
                Octets.of(new byte[16]),
                args,
                "property",
                "访客");
    }

    private DoorPoint restarted(PointId point) {
        return new TestSite(lists::policy, happened, clock, memories).door(point);
    }
}
