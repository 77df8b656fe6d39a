package io.zhitong.backend.boards;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandEvent;
import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.ControllerBoard;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceHoldings;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PlaceOrder;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Shortfall;
import io.zhitong.accessmodel.StepProof;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.ListState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One board while this worker drives it (控制板轮次). Used by one thread; commands may come on others. */
final class BoardRun {
    private static final Duration DAILY = Duration.ofDays(1);
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final int BATCH = 100;

    /** So much in one round: a board with a long story is still brought in step in between. */
    private static final int BATCHES = 10;

    /** What a board is compared with; the other lists of its device mean nothing to it. */
    private static final Set<ListKind> KEPT = Set.of(
            ListKind.ACCESS, ListKind.GROUPS, ListKind.SCHEDULES, ListKind.HOLIDAYS, ListKind.POINTS, ListKind.AREAS);

    private static final int LONGEST = 2000;
    private static final String DIFFERS = "读回与名单不一致";
    private static final Set<CommandKind> DOORS =
            Set.of(CommandKind.OPEN, CommandKind.LOCK_DOWN, CommandKind.UNLOCK, CommandKind.RELEASE);

    private final ControllerBoard port;
    private final DeviceLists lists;
    private final BoardEvents events;
    private List<ListHeader> done = List.of();
    private List<ListHeader> proved = List.of();
    private boolean inStep;
    private Instant due = Instant.EPOCH;

    BoardRun(ControllerBoard port, DeviceLists lists, BoardEvents events) {
        this.port = port;
        this.lists = lists;
        this.events = events;
    }

    /**
     * Brings the board in step if its lists have changed or a day begins for somebody, and takes its events over.
     *
     * @return how it stands, when it was brought in step
     * @throws RuntimeException of the driver when it cannot be reached
     */
    Optional<BoardState> round(Instant now) {
        events.handOn(port.address());
        List<ListHeader> wanted = lists.headers(port.address());
        Optional<BoardState> state = Optional.empty();
        if (!now.isBefore(due) || !kept(wanted).equals(kept(done))) {
            state = Optional.of(inStep(wanted, now));
        }
        proved = inStep ? wanted : proved;
        int taken = 1;
        for (int i = 0; i < BATCHES && taken > 0; i++) {
            taken = port.collect(BATCH);
            events.handOn(port.address());
        }
        return state;
    }

    private static List<ListHeader> kept(List<ListHeader> lists) {
        return lists.stream().filter(list -> KEPT.contains(list.kind())).toList();
    }

    private BoardState inStep(List<ListHeader> wanted, Instant now) {
        StepProof proof = port.synchronise(holdings(port.address()));
        done = wanted;
        inStep = proof.inStep();
        Instant tomorrow = now.plus(DAILY);
        Instant next = proof.until().isBefore(tomorrow) ? proof.until() : tomorrow;
        due = proof.inStep() ? next : now.plus(AGAIN);
        String shortfalls = proof.shortfalls().stream().map(BoardRun::word).collect(Collectors.joining(" "));
        return new BoardState(
                now,
                "",
                proof.inStep(),
                proof.version().toString(),
                proof.held(),
                shortfalls.substring(0, Math.min(LONGEST, shortfalls.length())));
    }

    private static String word(Shortfall shortfall) {
        return shortfall.kind().code() + ":" + shortfall.point().value() + ":" + shortfall.count();
    }

    private DeviceHoldings holdings(DeviceAddress device) {
        ListVersion version = lists.newest(device, ListKind.ACCESS)
                .map(list -> list.header().version())
                .orElse(ListVersion.NONE);
        return new DeviceHoldings(
                version,
                records(device, ListKind.ACCESS, AccessRecord.class),
                records(device, ListKind.GROUPS, GroupRecord.class),
                records(device, ListKind.SCHEDULES, Schedule.class),
                records(device, ListKind.HOLIDAYS, Holiday.class),
                records(device, ListKind.POINTS, PointRecord.class),
                records(device, ListKind.AREAS, AreaRecord.class));
    }

    private <T extends ListRecord> List<T> records(DeviceAddress device, ListKind kind, Class<T> type) {
        return lists.newest(device, kind).map(list -> list.records(type)).orElse(List.of());
    }

    /** As a heartbeat would tell it: the lists of the last reading that was as it should be. */
    DeviceStatus status(Instant now) {
        List<ListState> lists = proved.stream()
                .map(list -> new ListState(list.kind(), list.version(), list.root()))
                .toList();
        return new DeviceStatus(
                now.toEpochMilli(), ClockQuality.HELD, 0, 0, 0, lists, inStep ? List.of() : List.of(DIFFERS));
    }

    /** Does what is ordered, at all doors that are meant, and writes it into the board's journal. */
    CommandAnswer obey(CommandOrder order, Instant now) {
        CommandRefusal refusal = now.toEpochMilli() < order.expiryMillis() ? refusal(order) : CommandRefusal.EXPIRED;
        port.note(
                CommandEvent.of(order, refusal).kind(),
                order.point(),
                Octets.of(CommandEvent.of(order, refusal).encode()));
        return refusal == CommandRefusal.NONE
                ? CommandAnswer.of(order, CommandAnswer.Stage.EXECUTED)
                : CommandAnswer.refused(order, refusal);
    }

    private CommandRefusal refusal(CommandOrder order) {
        if (!DOORS.contains(order.kind())) {
            return CommandRefusal.NOT_SUPPORTED;
        }
        PlaceOrder place = order.args().length() == 0 ? PlaceOrder.NONE : PlaceOrder.decode(order.args());
        if (place.untilSecond() != PlaceOrder.FOR_EVER) {
            return CommandRefusal.NOT_SUPPORTED;
        }
        List<PointId> meant = records(port.address(), ListKind.POINTS, PointRecord.class).stream()
                .filter(point ->
                        order.point().equals(PointId.DEVICE) || order.point().equals(point.point()))
                .filter(point -> place.area() == PlaceOrder.NO_AREA
                        || point.place().fromArea() == place.area()
                        || point.place().toArea() == place.area())
                .map(PointRecord::point)
                .toList();
        return each(order.kind(), meant);
    }

    /** All of them are tried; the first that does not do it tells why. */
    private CommandRefusal each(CommandKind kind, List<PointId> meant) {
        CommandRefusal refusal = meant.isEmpty() ? CommandRefusal.UNKNOWN_POINT : CommandRefusal.NONE;
        for (PointId point : meant) {
            CommandRefusal here = port.carryOut(kind, point);
            refusal = refusal == CommandRefusal.NONE ? here : refusal;
        }
        return refusal;
    }
}
