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

/** Points without a policy, for tests of lists in general. */
record PointList(Estate estate) implements DeviceListSource {
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
        return estate.points(device.address()).stream().map(PointList::bare).toList();
    }

    private static PointRecord bare(PointRow point) {
        return PointRecord.of(
                point.id(),
                point.kind(),
                point.method() == AccessMethod.NONE ? Set.of() : Set.of(point.method()),
                point.method() == AccessMethod.SEALED ? CarrierLevel.SEALED_CARD : CarrierLevel.OWN_KEY,
                PointTimes.of(3_000, 30_000),
                point.name());
    }
}
