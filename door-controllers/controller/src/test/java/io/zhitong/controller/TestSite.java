package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import java.util.function.Supplier;

/** Doors and what they know of each other, without board and loop; started again it knows what its disk knows. */
final class TestSite {

    private final Supplier<DoorPolicy> policy;
    private final Doors doors;
    private final Presence presence;
    private final DoorWorld world;
    private final DoorCommands commands;
    private long silence;

    TestSite(Supplier<DoorPolicy> policy, Happened happened, DoorClock clock, Memories disk) {
        this(policy, happened, happened, clock, disk);
    }

    /** With outputs of its own, remembering nothing. */
    TestSite(Supplier<DoorPolicy> policy, Happened happened, Relay relay, DoorClock clock) {
        this(policy, happened, relay, clock, new Memories());
    }

    /** With outputs of its own. */
    TestSite(Supplier<DoorPolicy> policy, DoorRecords records, Relay relay, DoorClock clock, Memories disk) {
        this.policy = policy;
        PointMemory memory = new PointMemory(disk);
        SiteOrders orders = new SiteOrders(memory, clock);
        doors = new Doors(policy, orders);
        presence = new Presence(memory, clock.now());
        Surroundings around = new Surroundings(policy, doors, orders, presence, clock, () -> silence);
        world = new DoorWorld(policy, records, relay, clock, new UseCounts(memory), memory, around);
        commands = new DoorCommands(
                doors,
                orders,
                presence,
                new NamedOutputs(policy, io.zhitong.controller.board.Board.none(), io -> false));
    }

    /** A world for one door alone. */
    static DoorWorld world(Supplier<DoorPolicy> policy, Happened happened, DoorClock clock) {
        return new TestSite(policy, happened, clock, new Memories()).world();
    }

    /** A door of the lists, in force. */
    DoorPoint door(PointId point) {
        return door(DoorSetup.listed(point));
    }

    DoorPoint door(DoorSetup setup) {
        DoorPoint door = new DoorPoint(setup, world);
        doors.add(door);
        door.listsChanged();
        return door;
    }

    DoorPolicy policy() {
        return policy.get();
    }

    Doors doors() {
        return doors;
    }

    Presence presence() {
        return presence;
    }

    DoorWorld world() {
        return world;
    }

    DoorCommands commands() {
        return commands;
    }

    /** Seconds since the last word of the backend. */
    void silent(long seconds) {
        silence = seconds;
    }
}
