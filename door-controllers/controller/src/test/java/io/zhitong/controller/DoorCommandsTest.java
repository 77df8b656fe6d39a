package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.CommandAnswer.Stage;
import io.zhitong.points.DoorConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoorCommandsTest {

    private final Memories memories = new Memories();
    private final Happened happened = new Happened();
    private final TestLists lists = new TestLists();
    private final DoorPoint gate = door(TestLists.GATE);
    private final DoorPoint garage = door(TestLists.GARAGE);
    private final List<CommandAnswer> answers = new ArrayList<>();
    private DoorCommands commands;

    @BeforeEach
    void start() {
        Doors doors = new Doors(lists::policy);
        doors.add(gate);
        doors.add(garage);
        commands = new DoorCommands(doors);
    }

    @Test
    void open_releases_the_one_door_that_is_meant() {
        give(CommandKind.OPEN, TestLists.GARAGE);
        assertEquals(List.of("pulse 5000 @2"), happened.log());
        assertEquals(Stage.EXECUTED, answers.get(0).stage());
    }

    @Test
    void lock_down_of_the_device_locks_every_door_and_survives_a_restart() {
        give(CommandKind.LOCK_DOWN, PointId.DEVICE);
        assertEquals(PointMode.LOCKED, gate.mode());
        assertEquals(PointMode.LOCKED, garage.mode());
        assertEquals(Optional.of(PointMode.LOCKED), new PointMemory(memories).commanded(TestLists.GARAGE));
        assertEquals(PointMode.LOCKED, restarted(TestLists.GARAGE).mode());
        give(CommandKind.RELEASE, TestLists.GATE);
        assertEquals(PointMode.NORMAL, gate.mode());
        assertEquals(PointMode.LOCKED, garage.mode());
        assertEquals(Optional.empty(), new PointMemory(memories).commanded(TestLists.GATE));
    }

    @Test
    void unlock_holds_the_relay() {
        give(CommandKind.UNLOCK, TestLists.GATE);
        assertEquals(List.of("hold @1"), happened.log());
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
            if (kind.code() > CommandKind.RELEASE.code()) {
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

    private void give(CommandKind kind, PointId point) {
        CommandOrder order = new CommandOrder(
                new CommunityId(1),
                TestLists.DEVICE,
                new JournalId(1),
                Octets.of(new byte[16]),
                kind,
                point,
                1_000,
                11_000,
                Octets.of(new byte[16]),
                Octets.EMPTY,
                "property",
                "访客");
        commands.carryOut(order, answers::add);
    }

    private DoorPoint restarted(PointId point) {
        DoorPoint again = door(point);
        again.listsChanged();
        return again;
    }

    private DoorPoint door(PointId point) {
        return new DoorPoint(
                new DoorSetup(point, "test", AccessMethod.SEALED, DoorConfig.withoutContact()),
                new DoorWorld(
                        lists::policy,
                        happened,
                        happened,
                        new TestClock(),
                        new UseCounts(),
                        new PointMemory(memories),
                        point1 -> List.of()));
    }
}
