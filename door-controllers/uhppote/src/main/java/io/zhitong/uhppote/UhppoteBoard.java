package io.zhitong.uhppote;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.ControllerBoard;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceHoldings;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Shortfall;
import io.zhitong.accessmodel.StepProof;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.uhppote.driver.BoardAddress;
import io.zhitong.uhppote.driver.DriverException;
import io.zhitong.uhppote.driver.UdpDriver;
import io.zhitong.uhppote.message.DoorControl;
import io.zhitong.uhppote.message.DoorSetting;
import io.zhitong.uhppote.message.GetDoor;
import io.zhitong.uhppote.message.GetTime;
import io.zhitong.uhppote.message.OpenDoor;
import io.zhitong.uhppote.message.SetDoor;
import io.zhitong.uhppote.message.SetTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A UHPPOTE board behind the port of every controller (微耕门禁控制板). Safe for use by several threads: one round and one
 * collection at a time; a command waits for neither, only for the datagram that is on its way. What such a board cannot do:
 * docs/uhppote.md.
 */
public final class UhppoteBoard implements ControllerBoard {

    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    private final DeviceAddress device;
    private final BoardAddress board;
    private final UdpDriver driver;
    private final BoardJournal journal;
    private final PinBook pins;
    private final ZoneId zone;
    private final Clock clock;
    private final Map<Integer, DoorControl> standing = new ConcurrentHashMap<>();
    private final Set<EventCollector.Raised> raised = ConcurrentHashMap.newKeySet();
    private final Object round = new Object();
    private final Object collection = new Object();
    private volatile Set<Integer> escapes = Set.of();
    private volatile Map<Long, CredentialNumber> credentials = Map.of();
    private volatile List<DoorPlan> doors = List.of();
    private volatile ListVersion version = ListVersion.NONE;
    private volatile boolean listsKnown;
    private Map<Integer, Set<Integer>> owners = Map.of();
    private boolean doorsSeen;

    public UhppoteBoard(
            DeviceAddress device,
            BoardAddress board,
            UdpDriver driver,
            BoardJournal journal,
            PinBook pins,
            ZoneId zone,
            Clock clock) {
        this.device = device;
        this.board = board;
        this.driver = driver;
        this.journal = journal;
        this.pins = pins;
        this.zone = zone;
        this.clock = clock;
    }

    @Override
    public DeviceAddress address() {
        return device;
    }

    @Override
    public StepProof synchronise(DeviceHoldings wanted) {
        synchronized (round) {
            return bringInStep(wanted);
        }
    }

    private StepProof bringInStep(DeviceHoldings wanted) {
        keepTime();
        BoardPlan plan = BoardCompiler.compile(wanted, zone, clock.instant(), pins, owners);
        remember(wanted, plan);
        BoardReading held = BoardReading.of(driver, board, plan.profiles().keySet());
        adopt(held, plan);
        BoardSync sync = new BoardSync(driver, board, plan, standing);
        sync.apply(held, owners);
        BoardReading now = sync.changes() == 0
                ? held
                : BoardReading.of(driver, board, plan.profiles().keySet());
        boolean inStep = sync.accepted() && sync.matches(now);
        owners = inStep ? plan.owners() : Map.of();
        version = inStep ? wanted.version() : version;
        return new StepProof(
                inStep, wanted.version(), now.cards().size(), now.fingerprint(), plan.until(), shortfalls(plan, now));
    }

    private void remember(DeviceHoldings wanted, BoardPlan plan) {
        credentials = Map.copyOf(plan.credentials());
        listsKnown = true;
        doors = plan.doors();
        escapes = wanted.points().stream()
                .filter(point -> point.fire().escapeSide())
                .map(point -> point.point().value())
                .collect(Collectors.toSet());
    }

    /** The first look in a life: a door that stands otherwise than planned was left so by a command. */
    private void adopt(BoardReading held, BoardPlan plan) {
        if (!doorsSeen) {
            held.doors().stream()
                    .filter(door -> door.control() == DoorControl.NORMALLY_CLOSED
                            && plan.doors().get(door.door() - 1).control() != DoorControl.NORMALLY_CLOSED)
                    .forEach(door -> standing.put(door.door(), door.control()));
            doorsSeen = true;
        }
    }

    private List<Shortfall> shortfalls(BoardPlan plan, BoardReading now) {
        List<Shortfall> all = new ArrayList<>(plan.shortfalls());
        standing.keySet().stream()
                .sorted()
                .forEach(door -> all.add(Shortfall.of(Shortfall.Kind.BY_COMMAND, new PointId(door))));
        long without = plan.cards().keySet().stream()
                .filter(number -> !now.cards().containsKey(number))
                .count();
        if (without > 0) {
            all.add(new Shortfall(Shortfall.Kind.ROOM, PointId.DEVICE, without, Optional.empty()));
        }
        return all;
    }

    @Override
    public CommandRefusal carryOut(CommandKind kind, PointId point) {
        if (!DoorCompiler.isDoor(point)) {
            return CommandRefusal.UNKNOWN_POINT;
        }
        try {
            return switch (kind) {
                case OPEN -> open(point.value());
                case LOCK_DOWN -> lockDown(point.value());
                case UNLOCK -> stand(point.value(), DoorControl.NORMALLY_OPEN);
                case RELEASE -> release(point.value());
                default -> CommandRefusal.NOT_SUPPORTED;
            };
        } catch (DriverException e) {
            return CommandRefusal.FAILED;
        }
    }

    private CommandRefusal open(int door) {
        return driver.ask(board, new OpenDoor(board.serial(), door)).done()
                ? CommandRefusal.NONE
                : CommandRefusal.FAILED;
    }

    /** The board takes the exit button away with it: never where people escape. */
    private CommandRefusal lockDown(int door) {
        return escapes.contains(door) ? CommandRefusal.NOT_SUPPORTED : stand(door, DoorControl.NORMALLY_CLOSED);
    }

    /** Noted first, so that a round that runs meanwhile leaves the door as it becomes. */
    private CommandRefusal stand(int door, DoorControl control) {
        Optional<DoorControl> before = Optional.ofNullable(standing.put(door, control));
        CommandRefusal refusal = CommandRefusal.FAILED;
        try {
            refusal = set(door, control);
            return refusal;
        } finally {
            if (refusal != CommandRefusal.NONE) {
                before.ifPresentOrElse(old -> standing.put(door, old), () -> standing.remove(door));
            }
        }
    }

    private CommandRefusal release(int door) {
        DoorControl planned =
                doors.isEmpty() ? DoorControl.CONTROLLED : doors.get(door - 1).control();
        CommandRefusal refusal = set(door, planned);
        if (refusal == CommandRefusal.NONE) {
            standing.remove(door);
        }
        return refusal;
    }

    private CommandRefusal set(int door, DoorControl control) {
        DoorSetting held = driver.ask(board, new GetDoor(board.serial(), door));
        DoorSetting now = driver.ask(board, new SetDoor(board.serial(), door, control, held.delay()));
        return now.control() == control ? CommandRefusal.NONE : CommandRefusal.FAILED;
    }

    @Override
    public void note(EventKind kind, PointId point, Octets body) {
        synchronized (collection) {
            EventCollector collector = collector(0);
            collector.note(kind, point, body);
            journal.store(collector.records(), collector.cursor());
        }
    }

    private EventCollector collector(long offset) {
        return new EventCollector(
                new EventCollector.Round(
                        driver, board, device, zone, clock.instant(), offset, credentials, version, raised),
                journal.cursor());
    }

    /** Nothing before the first {@link #synchronise}: until then nobody knows whose number is whose. */
    @Override
    public int collect(int most) {
        if (!listsKnown) {
            return 0;
        }
        synchronized (collection) {
            return fetch(most);
        }
    }

    private int fetch(int most) {
        Optional<LocalDateTime> told =
                driver.ask(board, new GetTime(board.serial())).time();
        Instant now = clock.instant();
        long offset = told.map(
                        time -> Duration.between(time.atZone(zone).toInstant(), now.truncatedTo(ChronoUnit.SECONDS))
                                .toMillis())
                .orElse(0L);
        EventCollector collector = collector(offset);
        int count = collector.collect(most);
        if (!collector.records().isEmpty()) {
            journal.store(collector.records(), collector.cursor());
        }
        return count;
    }

    /** Sets the clock if it is off, and reads it back. */
    private void keepTime() {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), zone).truncatedTo(ChronoUnit.SECONDS);
        Optional<LocalDateTime> told =
                driver.ask(board, new GetTime(board.serial())).time();
        boolean right = told.map(time -> Duration.between(time, now).abs().compareTo(CLOCK_TOLERANCE) <= 0)
                .orElse(false);
        if (!right) {
            driver.ask(board, new SetTime(board.serial(), now));
        }
    }
}
