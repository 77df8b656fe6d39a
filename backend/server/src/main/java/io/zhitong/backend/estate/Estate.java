package io.zhitong.backend.estate;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.foundation.TimeOrderedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The community's buildings, units, devices and points (小区档案). */
@Component
public class Estate {
    private final JdbcClient jdbc;
    private final TimeOrderedIds ids;

    Estate(JdbcClient jdbc, TimeOrderedIds ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    public Optional<Community> community(CommunityId id) {
        return jdbc.sql("select * from community where community_id = ?")
                .param(id.value())
                .query((row, n) -> community(row))
                .optional();
    }

    private static Community community(ResultSet row) throws SQLException {
        return new Community(
                new CommunityId(row.getInt("community_id")),
                row.getInt("number"),
                row.getString("name"),
                row.getString("city_code"),
                ZoneId.of(row.getString("zone")),
                LocalTime.parse(row.getString("day_end")));
    }

    public List<Community> communities() {
        return jdbc.sql("select * from community order by community_id")
                .query((row, n) -> community(row))
                .list();
    }

    @Transactional
    public void addCommunity(Community community) {
        jdbc.sql(
                        "insert into community (community_id, number, name, city_code, zone, day_end) values (?, ?, ?, ?, ?, ?)")
                .params(
                        community.id().value(),
                        community.number(),
                        community.name(),
                        community.cityCode(),
                        community.zone().getId(),
                        community.dayEnd().toString())
                .update();
    }

    @Transactional
    public UUID addBuilding(CommunityId community, String name) {
        UUID id = ids.next();
        jdbc.sql("insert into building (community_id, id, name) values (?, ?, ?)")
                .params(community.value(), id, name)
                .update();
        return id;
    }

    public List<BuildingRow> buildings(CommunityId community) {
        return jdbc.sql("select id, name from building where community_id = ? order by name")
                .param(community.value())
                .query((row, n) -> new BuildingRow(community, row.getObject(1, UUID.class), row.getString(2)))
                .list();
    }

    @Transactional
    public UUID addUnit(CommunityId community, UUID building, String name) {
        UUID id = ids.next();
        jdbc.sql("insert into estate_unit (community_id, id, building_id, name) values (?, ?, ?, ?)")
                .params(community.value(), id, building, name)
                .update();
        return id;
    }

    public List<UnitRow> units(CommunityId community) {
        return jdbc.sql("select * from estate_unit where community_id = ? order by name")
                .param(community.value())
                .query((row, n) -> new UnitRow(
                        community,
                        row.getObject("id", UUID.class),
                        row.getObject("building_id", UUID.class),
                        row.getString("name")))
                .list();
    }

    @Transactional
    public void addDevice(DeviceRow device) {
        jdbc.sql("insert into device (community_id, number, kind, name) values (?, ?, ?, ?)")
                .params(
                        device.community().value(),
                        device.id().value(),
                        device.kind().name(),
                        device.name())
                .update();
    }

    /** Those in service, by number. */
    public List<DeviceRow> devices(CommunityId community) {
        return devices(community, " and retired_at is null");
    }

    /** Also those that were retired: for what they told while they were in service. */
    public List<DeviceRow> everyDevice(CommunityId community) {
        return devices(community, "");
    }

    private List<DeviceRow> devices(CommunityId community, String which) {
        return jdbc.sql("select * from device where community_id = ?" + which + " order by number")
                .param(community.value())
                .query((row, n) -> device(row))
                .list();
    }

    /** In service or retired. */
    public Optional<DeviceRow> device(DeviceAddress address) {
        return device(address, "");
    }

    /**
     * Nothing for one that was retired. In a transaction the device stays in service until it ends: whoever retires it
     * waits.
     */
    public Optional<DeviceRow> inService(DeviceAddress address) {
        return device(address, " and retired_at is null for update");
    }

    private Optional<DeviceRow> device(DeviceAddress address, String which) {
        return jdbc.sql("select * from device where community_id = ? and number = ?" + which)
                .params(address.community().value(), address.device().value())
                .query((row, n) -> device(row))
                .optional();
    }

    private static DeviceRow device(ResultSet row) throws SQLException {
        return new DeviceRow(
                new CommunityId(row.getInt("community_id")),
                new DeviceId(row.getLong("number")),
                DeviceKind.valueOf(row.getString("kind")),
                row.getString("name"));
    }

    /** Of a device in service or retired. */
    public List<PointRow> points(DeviceAddress device) {
        return everyPoint(device.community()).stream()
                .filter(point -> point.device().equals(device.device()))
                .toList();
    }

    @Transactional
    public void addPoint(PointRow point) {
        jdbc.sql("insert into device_point (community_id, device_number, number, kind, method, name)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        point.community().value(),
                        point.device().value(),
                        point.id().value(),
                        point.kind().name(),
                        point.method().name(),
                        point.name())
                .update();
    }

    /** Of the devices in service. */
    public List<PointRow> points(CommunityId community) {
        return points(
                community,
                " and exists (select 1 from device d where d.community_id = p.community_id"
                        + " and d.number = p.device_number and d.retired_at is null)");
    }

    /** Also of those that were retired. */
    public List<PointRow> everyPoint(CommunityId community) {
        return points(community, "");
    }

    private List<PointRow> points(CommunityId community, String which) {
        return jdbc.sql("select * from device_point p where community_id = ?" + which
                        + " order by device_number, number")
                .param(community.value())
                .query((row, n) -> new PointRow(
                        community,
                        new DeviceId(row.getLong("device_number")),
                        new PointId(row.getInt("number")),
                        PointKind.valueOf(row.getString("kind")),
                        AccessMethod.valueOf(row.getString("method")),
                        row.getString("name")))
                .list();
    }
}
