package io.zhitong.backend.parking;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The lanes and the lots they lead into and out of, by the points that were signed for their devices last (车道与车场). */
@Component
class Lanes {
    private final Estate estate;
    private final DeviceLists lists;

    Lanes(Estate estate, DeviceLists lists) {
        this.estate = estate;
        this.lists = lists;
    }

    /** The lanes of a device that lead from somewhere to elsewhere. */
    Map<PointId, PointPlace> of(DeviceAddress device) {
        return lists.newest(device, ListKind.POINTS)
                .map(list -> list.records(PointRecord.class).stream()
                        .filter(point -> point.pointKind() == PointKind.LANE)
                        .filter(point ->
                                point.place().fromArea() != point.place().toArea())
                        .collect(Collectors.toMap(PointRecord::point, PointRecord::place)))
                .orElse(Map.of());
    }

    /** Devices with lanes, and which lots their lanes border. */
    Map<DeviceRow, Set<Integer>> lots(CommunityId community) {
        Map<DeviceRow, Set<Integer>> lots = new LinkedHashMap<>();
        for (DeviceRow device : estate.devices(community)) {
            Set<Integer> own = of(device.address()).values().stream()
                    .flatMap(place -> Stream.of(place.fromArea(), place.toArea()))
                    .filter(area -> area != PointPlace.OUTSIDE)
                    .collect(Collectors.toUnmodifiableSet());
            if (!own.isEmpty()) {
                lots.put(device, own);
            }
        }
        return lots;
    }
}
