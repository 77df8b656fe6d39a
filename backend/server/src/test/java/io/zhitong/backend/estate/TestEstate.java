package io.zhitong.backend.estate;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;

/** Estates for tests of every module. */
public final class TestEstate {
    private final Estate estate;

    public TestEstate(TestDatabase database) {
        estate = new Estate(database.jdbc(), new TimeOrderedIds(Clock.systemUTC()));
    }

    public Estate estate() {
        return estate;
    }

    public Community community(int id) {
        Community community = new Community(
                new CommunityId(id), 44030000 + id, "小区" + id, "4403", ZoneId.of("Asia/Shanghai"), LocalTime.MIDNIGHT);
        estate.addCommunity(community);
        return community;
    }

    /** Community 1 with controller 42 (points 1, 2) and till 43 (point 1). */
    public Community demo() {
        new DemoEstate(estate).seed();
        return estate.community(new CommunityId(1)).orElseThrow();
    }

    void demoDeviceAgain() {
        estate.addDevice(new DeviceRow(new CommunityId(1), new DeviceId(42), DeviceKind.CONTROLLER, "重复"));
    }

    public UUID unit(Community community, String name) {
        return estate.addUnit(community.id(), estate.addBuilding(community.id(), "栋" + name), name);
    }
}
