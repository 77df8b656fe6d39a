package io.zhitong.backend.access;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireDirection;
import java.time.LocalDate;
import java.util.Comparator;

/**
 * Which part of a policy (策略条目编号).
 *
 * @param number id of a group, rule, schedule, area or floor group; day of a holiday as yyyymmdd; of a point device 4 ‖ point 2
 *     as one number, of a wire device 4 ‖ terminal 2 ‖ direction 1
 */
public record ItemKey(ItemKind kind, long number) implements Comparable<ItemKey> {
    private static final Comparator<ItemKey> ORDER =
            Comparator.comparing(ItemKey::kind).thenComparingLong(ItemKey::number);
    private static final int U16 = 16;

    public static ItemKey point(DeviceId device, PointId point) {
        return new ItemKey(ItemKind.POINT, device.value() << U16 | point.value());
    }

    public static ItemKey wire(DeviceId device, int io, WireDirection direction) {
        return new ItemKey(ItemKind.WIRE, (device.value() << U16 | io) << Byte.SIZE | direction.code());
    }

    public static ItemKey holiday(LocalDate day) {
        return new ItemKey(
                ItemKind.HOLIDAY, day.getYear() * 10_000L + day.getMonthValue() * 100L + day.getDayOfMonth());
    }

    /** The device of a point or a wire. */
    DeviceId device() {
        return new DeviceId(kind == ItemKind.POINT ? number >> U16 : number >> U16 + Byte.SIZE);
    }

    @Override
    public int compareTo(ItemKey other) {
        return ORDER.compare(this, other);
    }
}
