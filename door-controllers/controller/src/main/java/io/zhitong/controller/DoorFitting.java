package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.points.DoorConfig;
import io.zhitong.points.Relock;

/** A door as the signed lists wire and time it (门的配置). */
final class DoorFitting {

    private static final long LONGEST_HELD_MILLIS = 3_600_000;
    private static final long SHORTEST_HELD_MILLIS = 1_000;
    private static final long LONGEST_WARNING_MILLIS = 10_000;

    private static final int STRIKE = 1;

    private DoorFitting() {}

    /** Without a wire to the point it is what the installer wrote. */
    static DoorConfig of(PointId point, DoorPolicy policy, DoorConfig otherwise) {
        boolean contact = wired(point, policy, WireFunction.CONTACT);
        boolean bolt = wired(point, policy, WireFunction.BOLT);
        if (!contact && !bolt) {
            return otherwise;
        }
        long written = policy.rules()
                .point(point)
                .map(PointRecord::times)
                .map(times -> times.heldOpen())
                .orElse(0L);
        int held = written == 0 ? 0 : (int) Math.max(SHORTEST_HELD_MILLIS, Math.min(written, LONGEST_HELD_MILLIS));
        return new DoorConfig(
                contact, bolt, held, (int) Math.min(LONGEST_WARNING_MILLIS, held / 2), relock(point, policy));
    }

    /** A strike that catches a closing leaf by itself has a lock wire with this number; magnets and motors have 0. */
    private static Relock relock(PointId point, DoorPolicy policy) {
        boolean strike = policy.wires(point, WireDirection.OUTPUT)
                .anyMatch(wire -> wire.function() == WireFunction.LOCK && wire.number() == STRIKE);
        return strike ? Relock.ON_OPEN : Relock.ON_CLOSE;
    }

    private static boolean wired(PointId point, DoorPolicy policy, WireFunction function) {
        return policy.wires(point, WireDirection.INPUT).anyMatch(wire -> wire.function() == function);
    }
}
