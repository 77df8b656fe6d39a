package io.zhitong.backend.parking;

import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.SpaceRecord;
import io.zhitong.backend.access.HolderNumbers;
import io.zhitong.backend.devices.DeviceListSource;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.people.PersonId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** List kind 14 for every device with a lane (车位名单): made anew when somebody changes a space, all its versions kept. */
@Component
class SpaceList implements DeviceListSource {
    private final SpaceRows spaces;
    private final HolderNumbers holders;
    private final Estate estate;

    SpaceList(SpaceRows spaces, HolderNumbers holders, Estate estate) {
        this.spaces = spaces;
        this.holders = holders;
        this.estate = estate;
    }

    @Override
    public ListKind kind() {
        return ListKind.SPACES;
    }

    @Override
    public boolean serves(DeviceRow device) {
        return estate.points(device.address()).stream().anyMatch(point -> point.kind() == PointKind.LANE);
    }

    @Override
    public List<SpaceRecord> records(DeviceRow device) {
        List<Space> now = spaces.now(device.community());
        Map<PersonId, Long> numbers = holders.of(
                device.community(),
                now.stream().flatMap(space -> space.person().stream()).toList());
        return now.stream()
                .map(space ->
                        new SpaceRecord(holder(space.person(), numbers), space.lot(), space.spaces(), space.kind()))
                .toList();
    }

    private static long holder(Optional<PersonId> person, Map<PersonId, Long> numbers) {
        return person.map(numbers::get).orElse(SpaceRecord.ANYBODY);
    }

    @Override
    public Object sameFor(DeviceRow device) {
        return kind();
    }
}
