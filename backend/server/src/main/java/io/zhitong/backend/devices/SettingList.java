package io.zhitong.backend.devices;

import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.SettingKey;
import io.zhitong.accessmodel.SettingRecord;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a device must know of the community it serves (设备参数名单). */
@Component
final class SettingList implements DeviceListSource {
    private final Estate estate;

    SettingList(Estate estate) {
        this.estate = estate;
    }

    @Override
    public ListKind kind() {
        return ListKind.SETTINGS;
    }

    @Override
    public boolean serves(DeviceRow device) {
        return true;
    }

    @Override
    public List<SettingRecord> records(DeviceRow device) {
        Community community = estate.community(device.community())
                .orElseThrow(() -> new IllegalStateException("a device always has its community's row"));
        Stream<SettingRecord> common = Stream.of(
                new SettingRecord(SettingKey.ZONE, community.zone().getId()),
                new SettingRecord(SettingKey.COMMUNITY_NUMBER, Integer.toString(community.number())),
                new SettingRecord(SettingKey.COMMUNITY_NAME, community.name()),
                new SettingRecord(SettingKey.DEVICE_NAME, device.name()),
                new SettingRecord(SettingKey.CITY_CODE, community.cityCode()));
        Stream<SettingRecord> merchant = estate.points(device.address()).stream()
                .filter(point -> point.kind() == PointKind.TILL)
                .limit(1)
                .map(point -> new SettingRecord(SettingKey.MERCHANT, point.name()));
        return Stream.concat(common, merchant).toList();
    }
}
