package io.zhitong.backend.boards;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CommandKind;
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
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Shortfall;
import io.zhitong.accessmodel.StepProof;
import io.zhitong.backend.devices.DeviceLists;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One board while this worker drives it (控制板轮次). Used by one thread; commands may come on others. */
final class BoardRun {
    private static final Duration DAILY = Duration.ofDays(1);
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final int BATCH = 100;
    private static final int LONGEST = 2000;

    private final ControllerBoard port;
    private final DeviceLists lists;
    private final BoardEvents events;
    private List<ListHeader> done = List.of();
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
        if (!now.isBefore(due) || !wanted.equals(done)) {
            state = Optional.of(inStep(wanted, now));
        }
        int taken;
        do {
            taken = port.collect(BATCH);
            events.handOn(port.address());
        } while (taken > 0);
        return state;
    }

    private BoardState inStep(List<ListHeader> wanted, Instant now) {
        StepProof proof = port.synchronise(holdings(port.address()));
        done = wanted;
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

    /** The lists it was brought in step with last. */
    List<ListHeader> held() {
        return done;
    }

    CommandRefusal carryOut(CommandKind kind, PointId point) {
        return port.carryOut(kind, point);
    }
}
