package io.zhitong.backend.estate;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.foundation.DemoSeed;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Community 44030001 with two buildings, one door controller and one till (演示小区). */
@Component
@Order(10)
final class DemoEstate implements DemoSeed {
    private static final CommunityId DEMO = new CommunityId(1);
    private static final int NUMBER = 44030001;
    private static final DeviceId CONTROLLER = new DeviceId(42);
    private static final DeviceId POS = new DeviceId(43);

    private final Estate estate;

    DemoEstate(Estate estate) {
        this.estate = estate;
    }

    @Override
    public void seed() {
        if (estate.community(DEMO).isEmpty()) {
            estate.addCommunity(
                    new Community(DEMO, NUMBER, "智通花园", "4403", ZoneId.of("Asia/Shanghai"), LocalTime.MIDNIGHT));
            seedBuildings();
            seedDevices();
        }
    }

    private void seedBuildings() {
        for (String building : List.of("1号楼", "2号楼")) {
            UUID id = estate.addBuilding(DEMO, building);
            for (String room : List.of("101", "102", "201", "202", "301", "302")) {
                estate.addUnit(DEMO, id, building + room);
            }
        }
    }

    private void seedDevices() {
        estate.addDevice(new DeviceRow(DEMO, CONTROLLER, DeviceKind.CONTROLLER, "1号楼门禁控制器"));
        estate.addDevice(new DeviceRow(DEMO, POS, DeviceKind.POS, "社区便利店收款机"));
        seedPoint(CONTROLLER, 1, PointKind.DOOR, AccessMethod.SEALED, "1号楼大门");
        seedPoint(CONTROLLER, 2, PointKind.DOOR, AccessMethod.FAST, "地下车库门");
        seedPoint(POS, 1, PointKind.TILL, AccessMethod.NONE, "社区便利店");
    }

    private void seedPoint(DeviceId device, int number, PointKind kind, AccessMethod method, String name) {
        estate.addPoint(new PointRow(DEMO, device, new PointId(number), kind, method, name));
    }
}
