package io.zhitong.backend.devices;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The configuration of a device's points (门点配置名单). */
@Component
final class PointList implements DeviceListSource {
    private static final long PULSE_MILLIS = 3_000;
    private static final long HELD_OPEN_MILLIS = 30_000;

    private final Estate estate;

    PointList(Estate estate) {
        this.estate = estate;
    }

    @Override
    public ListKind kind() {
        return ListKind.POINTS;
    }

    @Override
    public boolean serves(DeviceRow device) {
        return true;
    }

    @Override
    public List<PointRecord> records(DeviceRow device) {
        return estate.points(device.address()).stream().map(PointList::record).toList();
    }

    private static PointRecord record(PointRow point) {
        Set<AccessMethod> methods = point.method() == AccessMethod.NONE ? Set.of() : Set.of(point.method());
        return PointRecord.of(
                point.id(),
                point.kind(),
                methods,
                least(point.method()),
                PointTimes.of(PULSE_MILLIS, HELD_OPEN_MILLIS),
                point.name());
    }

    private static CarrierLevel least(AccessMethod method) {
        return switch (method) {
            case SEALED, PRIVATE -> CarrierLevel.SEALED_CARD;
            case FAST -> CarrierLevel.OWN_KEY;
            default -> CarrierLevel.NONE;
        };
    }
}
