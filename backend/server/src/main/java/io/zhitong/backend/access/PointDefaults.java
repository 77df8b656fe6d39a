package io.zhitong.backend.access;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.backend.estate.PointRow;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** How a point behaves that the policy says nothing of (门点缺省配置): what the estate knows, and the usual times. */
public final class PointDefaults {
    private static final PointTimes TIMES = PointTimes.of(3_000, 30_000);
    private static final int LONGEST_NAME = 64;

    private PointDefaults() {}

    /** The point as its device gets it: kind and name are the estate's, all else the policy's where it says something. */
    public static PointRecord configured(PolicyContent content, PointRow row) {
        Optional<PointRecord> own = content.record(ItemKey.point(row.device(), row.id()), PointRecord.class);
        PointRecord point = own.orElseGet(() -> bare(row));
        return new PointRecord(
                row.id(),
                row.kind(),
                point.methods(),
                point.leastLevel(),
                point.modes(),
                point.place(),
                point.fire(),
                point.offline(),
                point.leaseSeconds(),
                point.times(),
                fitting(row.name()));
    }

    private static PointRecord bare(PointRow row) {
        Set<AccessMethod> methods = row.method() == AccessMethod.NONE ? Set.of() : Set.of(row.method());
        return row.kind() == PointKind.LIFT
                ? lift(row, methods)
                : PointRecord.of(row.id(), row.kind(), methods, least(row.method()), TIMES, fitting(row.name()));
    }

    /** A lift brings visitors up by signed order, which is as safe as a key of one's own; what a card has to be its method says. */
    private static PointRecord lift(PointRow row, Set<AccessMethod> methods) {
        Set<AccessMethod> all = EnumSet.of(AccessMethod.REMOTE);
        all.addAll(methods);
        return PointRecord.of(row.id(), row.kind(), all, CarrierLevel.OWN_KEY, TIMES, fitting(row.name()));
    }

    static CarrierLevel least(AccessMethod method) {
        return switch (method) {
            case SEALED, PRIVATE -> CarrierLevel.SEALED_CARD;
            case FAST -> CarrierLevel.OWN_KEY;
            default -> CarrierLevel.NONE;
        };
    }

    /** Whole characters, as many as fit the list. */
    static String fitting(String name) {
        String cut = name;
        while (cut.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }
}
