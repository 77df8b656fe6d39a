package io.zhitong.controller;

import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.controller.board.Board;
import io.zhitong.controller.lift.LiftDriver;
import io.zhitong.points.Drive;
import io.zhitong.points.Way;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The outputs of points on a board's terminals (接线继电器). A point whose lock is wired nowhere has its relay where it was before:
 * behind the reader driver. Thread-safe.
 */
final class WiredRelay implements Relay {

    private static final int UNTIL_TOLD = 0;
    private static final Set<WireFunction> RESTING = EnumSet.of(
            WireFunction.LOCK, WireFunction.FLOOR, WireFunction.PRESS, WireFunction.CALL, WireFunction.RECALL);

    private final Supplier<DoorPolicy> policy;
    private final Board board;
    private final Relay otherwise;
    private final Map<Integer, Boolean> shown = new ConcurrentHashMap<>();
    private final Set<WiringRecord> rested = ConcurrentHashMap.newKeySet();

    WiredRelay(Supplier<DoorPolicy> policy, Board board, Relay otherwise) {
        this.policy = policy;
        this.board = board;
        this.otherwise = otherwise;
    }

    /**
     * Everything as it rests that came to the list since the last time: what is fail-safe needs its current from the start.
     *
     * @param atRest whether a point is neither released nor free
     */
    void rest(Predicate<PointId> atRest) {
        List<WiringRecord> now = policy.get().wiring();
        rested.retainAll(now);
        now.stream()
                .filter(wire -> wire.direction() == WireDirection.OUTPUT && RESTING.contains(wire.function()))
                .filter(wire -> atRest.test(wire.point()) && rested.add(wire))
                .forEach(wire -> board.write(wire.io(), drive(wire).level(false), UNTIL_TOLD));
    }

    @Override
    public void pulse(PointId point, int millis) {
        if (!released(point, true, millis)) {
            otherwise.pulse(point, millis);
        }
    }

    @Override
    public void hold(PointId point) {
        if (!released(point, true, UNTIL_TOLD)) {
            otherwise.hold(point);
        }
    }

    @Override
    public void drop(PointId point) {
        if (!released(point, false, UNTIL_TOLD)) {
            otherwise.drop(point);
        }
    }

    @Override
    public void pulse(PointId point, Way way, int millis) {
        if (!released(locks(point, way), true, millis) && way == Way.IN) {
            otherwise.pulse(point, millis);
        }
    }

    @Override
    public void hold(PointId point, Way way) {
        if (!released(locks(point, way), true, UNTIL_TOLD) && way == Way.IN) {
            otherwise.hold(point);
        }
    }

    @Override
    public void drop(PointId point, Way way) {
        if (!released(locks(point, way), false, UNTIL_TOLD) && way == Way.IN) {
            otherwise.drop(point);
        }
    }

    @Override
    public List<LiftDriver> lift(PointId point) {
        Function<WireFunction, List<WiringRecord>> wires = function -> wires(point, function);
        List<LiftDriver> drivers = new ArrayList<>(List.of(new FloorRelays(wires, board)));
        boolean recalls = !wires(point, WireFunction.RECALL).isEmpty();
        boolean calls = !wires(point, WireFunction.CALL).isEmpty();
        if (recalls || calls) {
            drivers.add(new CallContacts(wires, board));
        }
        if (!calls) {
            drivers.addAll(otherwise.lift(point));
        }
        return drivers;
    }

    /** Told once for each change; the board keeps it. */
    @Override
    public void signal(PointId point, WireFunction what, boolean on) {
        for (WiringRecord wire : wires(point, what)) {
            Boolean before = shown.put(wire.io(), on);
            if (before == null ? on : before != on) {
                board.write(wire.io(), new Drive(!wire.inverted()).level(on), UNTIL_TOLD);
            }
        }
    }

    /** Whether a point's alarm, warning or light holds that terminal on now. */
    boolean signalled(int io) {
        return Boolean.TRUE.equals(shown.get(io));
    }

    private boolean released(PointId point, boolean yes, int millis) {
        return released(wires(point, WireFunction.LOCK), yes, millis);
    }

    /** At a turnstile the number of a lock's wire is its way. */
    private List<WiringRecord> locks(PointId point, Way way) {
        return wires(point, WireFunction.LOCK).stream()
                .filter(wire -> wire.number() == way.ordinal())
                .toList();
    }

    private boolean released(List<WiringRecord> locks, boolean yes, int millis) {
        locks.forEach(wire -> board.write(wire.io(), drive(wire).level(yes), millis));
        return !locks.isEmpty();
    }

    private Drive drive(WiringRecord wire) {
        if (wire.function() != WireFunction.LOCK) {
            return new Drive(!wire.inverted());
        }
        LockKind lock = policy.get()
                .rules()
                .point(wire.point())
                .map(point -> point.fire().lock())
                .orElse(LockKind.FAIL_SECURE);
        return Drive.of(lock, wire.inverted());
    }

    private List<WiringRecord> wires(PointId point, WireFunction function) {
        return policy.get()
                .wires(point, WireDirection.OUTPUT)
                .filter(wire -> wire.function() == function)
                .toList();
    }
}
