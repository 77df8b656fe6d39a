package io.zhitong.controller;

import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PresenceRecord;
import io.zhitong.controller.board.Board;
import io.zhitong.decision.Decision;
import io.zhitong.edge.Health;
import java.util.Collection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The doors of a controller with their board and the loop in which everything happens (门控现场), without readers and link. Closing it
 * leaves the outputs to the board.
 */
final class Site implements AutoCloseable {

    private static final int MOST_POINTS = 64;
    private static final long TICK_MILLIS = 100;
    private static final String PART = "board";
    private static final int MOST_NUMBER = 0xFFFF;
    private static final int MOST_PINS = 64;

    private final Supplier<DoorPolicy> policy;
    private final DoorRecords records;
    private final Health health;
    private final Doors doors;
    private final Terminals terminals;
    private final SiteOrders orders;
    private final Presence presence;
    private final Board board;
    private final WiredRelay relay;
    private final DoorWorld world;
    private final DoorLoop loop = new DoorLoop(this::due, TICK_MILLIS);
    private final Watchdog watchdog;
    private final PinDesk pins;
    private final DecisionListener told;
    private final ExecutorService pinWorker = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_PINS), task -> new Thread(task, "pins"));

    /**
     * What a site is made of.
     *
     * @param silence seconds since the last word of the backend
     * @param opener opens the board that tells this listener
     * @param food what else is fed while the loop goes on
     * @param told of every decision
     */
    record Parts(
            Supplier<DoorPolicy> policy,
            DoorRecords records,
            Relay otherwise,
            DoorClock clock,
            UseCounts uses,
            PointMemory memory,
            LongSupplier silence,
            Health health,
            Function<Board.Listener, Board> opener,
            Runnable food,
            DecisionListener told) {}

    Site(Parts parts) {
        policy = parts.policy();
        records = parts.records();
        health = parts.health();
        told = parts.told();
        orders = new SiteOrders(parts.memory(), parts.clock());
        doors = new Doors(policy, orders);
        presence = new Presence(parts.memory(), parts.clock().now());
        terminals = new Terminals(doors, records, parts.clock());
        board = parts.opener().apply(new Told());
        relay = new WiredRelay(policy, board, parts.otherwise());
        Surroundings around = new Surroundings(policy, doors, orders, presence, parts.clock(), parts.silence());
        world = new DoorWorld(policy, records, relay, parts.clock(), parts.uses(), parts.memory(), around);
        pins = new PinDesk(
                policy,
                parts.clock(),
                parts.memory(),
                pinWorker,
                loop::post,
                (point, card) -> doors.at(point).ifPresent(door -> carriedOut(door, card)));
        Runnable food = parts.food();
        watchdog = new Watchdog(
                loop::stalledMillis,
                () -> {
                    board.feed();
                    food.run();
                },
                records,
                health);
    }

    /** A door of the configuration file; before {@link #start}. */
    Taps add(DoorSetup setup) {
        DoorPoint door = new DoorPoint(setup, world);
        doors.add(door);
        return new Taps() {
            @Override
            public PointId id() {
                return door.id();
            }

            @Override
            public Decision shown(Shown shown) {
                return loop.ask(() -> decided(door, shown));
            }
        };
    }

    private Decision decided(DoorPoint door, Shown shown) {
        Decision decision = carriedOut(door, shown);
        if (decision instanceof Decision.Deny deny && deny.reason() == DenyReason.PIN_MISSING) {
            pins.shown(door.id(), shown);
        }
        return decision;
    }

    private Decision carriedOut(DoorPoint door, Shown shown) {
        Decision decision = door.shown(shown);
        told.decided(door.id(), decision, () -> door.explain(shown));
        return decision;
    }

    void start() {
        loop.start();
        loop.ask(() -> {
            changed();
            return true;
        });
        watchdog.start();
    }

    /** New lists: done in the loop's turn. */
    void listsChanged() {
        loop.post(this::changed);
    }

    /** What the backend tells of people whom other devices saw. */
    void told(Collection<PresenceRecord> records) {
        presence.told(records);
    }

    /** What operators may do here. */
    DoorCommands commands() {
        return new DoorCommands(doors, orders, presence, new NamedOutputs(policy, board, relay::signalled));
    }

    Doors doors() {
        return doors;
    }

    DoorLoop loop() {
        return loop;
    }

    private void changed() {
        DoorPolicy now = policy.get();
        for (PointRecord point : now.points()) {
            if (doors.at(point.point()).isEmpty() && doors.all().size() < MOST_POINTS) {
                doors.add(new DoorPoint(DoorSetup.listed(point.point()), world));
            }
        }
        world.uses().listsChanged(now);
        relay.rest(this::atRest);
        doors.listsChanged();
        terminals.wired(now.wiring());
    }

    private boolean atRest(PointId point) {
        return doors.at(point).filter(door -> door.door().relayOn()).isEmpty();
    }

    private void due() {
        terminals.timePassed();
        doors.all().forEach(DoorPoint::timePassed);
        pins.timePassed();
    }

    @Override
    public void close() {
        watchdog.close();
        loop.close();
        pinWorker.shutdownNow();
        board.close();
    }

    /** What the board tells, brought into the loop. */
    private final class Told implements Board.Listener {
        @Override
        public void reading(int io, int ohms) {
            loop.postUrgent(() -> terminals.reading(io, ohms));
        }

        @Override
        public void typed(int point, String digits) {
            if (point > 0 && point <= MOST_NUMBER) {
                loop.post(() -> pins.typed(new PointId(point), digits));
            }
        }

        @Override
        public void lost() {
            health.broken(PART, "the board does not answer");
            loop.post(() -> records.write(EventKind.BOARD_LOST, PointId.DEVICE, Octets.EMPTY));
        }

        @Override
        public void back() {
            health.working(PART);
            loop.post(() -> records.write(EventKind.BOARD_BACK, PointId.DEVICE, Octets.EMPTY));
        }
    }
}
