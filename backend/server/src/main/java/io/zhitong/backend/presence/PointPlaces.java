package io.zhitong.backend.presence;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.backend.devices.DeviceLists;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** From which area into which a point leads, by the configuration that was signed for its device (门点所连区域). Thread-safe. */
@Component
class PointPlaces {
    private static final int MOST = 4096;

    private final DeviceLists lists;
    private final Map<Version, Map<PointId, PointPlace>> read = new ConcurrentHashMap<>();

    PointPlaces(DeviceLists lists) {
        this.lists = lists;
    }

    private record Version(DeviceAddress device, ListVersion points) {}

    /** {@link PointPlace#NOWHERE} for a point that the version does not have, and when it is no longer kept. */
    PointPlace of(DeviceAddress device, ListVersion points, PointId point) {
        if (read.size() > MOST) {
            read.clear();
        }
        return read.computeIfAbsent(new Version(device, points), this::read).getOrDefault(point, PointPlace.NOWHERE);
    }

    private Map<PointId, PointPlace> read(Version version) {
        return lists.at(version.device(), ListKind.POINTS, version.points())
                .map(PointPlaces::places)
                .orElse(Map.of());
    }

    /** As the device should have them now. */
    Map<PointId, PointPlace> newest(DeviceAddress device) {
        Optional<SignedList> points = lists.newest(device, ListKind.POINTS);
        return points.map(PointPlaces::places).orElse(Map.of());
    }

    private static Map<PointId, PointPlace> places(SignedList list) {
        return list.records(PointRecord.class).stream()
                .collect(Collectors.toUnmodifiableMap(PointRecord::point, PointRecord::place));
    }

    /** Whether somebody who passes is then elsewhere. */
    static boolean leads(PointPlace place) {
        return place.fromArea() != place.toArea();
    }
}
