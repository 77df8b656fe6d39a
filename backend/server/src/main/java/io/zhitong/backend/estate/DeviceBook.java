package io.zhitong.backend.estate;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of the register of devices (设备档案库): those in service and those that were. Writes belong in the caller's transaction. */
@Component
public class DeviceBook {
    private static final String OF_DEVICE = " where community_id = ? and number = ?";
    private static final String OF_POINT = " where community_id = ? and device_number = ? and number = ?";

    private final JdbcClient jdbc;
    private final Estate estate;

    DeviceBook(JdbcClient jdbc, Estate estate) {
        this.jdbc = jdbc;
        this.estate = estate;
    }

    /** All of a community, by number. */
    public List<DeviceEntry> entries(CommunityId community) {
        return jdbc.sql("select * from device where community_id = ? order by number")
                .param(community.value())
                .query((row, n) -> entry(row))
                .list();
    }

    public Optional<DeviceEntry> entry(DeviceAddress device) {
        return entry(device, "");
    }

    /** As {@link #entry}; until the transaction ends nobody else changes or enrols this device. */
    public Optional<DeviceEntry> locked(DeviceAddress device) {
        return entry(device, " for update");
    }

    private Optional<DeviceEntry> entry(DeviceAddress device, String lock) {
        return jdbc.sql("select * from device" + OF_DEVICE + lock)
                .params(device.community().value(), device.device().value())
                .query((row, n) -> entry(row))
                .optional();
    }

    private static DeviceEntry entry(ResultSet row) throws SQLException {
        return new DeviceEntry(
                new DeviceRow(
                        new CommunityId(row.getInt("community_id")),
                        new DeviceId(row.getLong("number")),
                        DeviceKind.valueOf(row.getString("kind")),
                        row.getString("name")),
                row.getString("place"),
                Optional.ofNullable(row.getObject("retired_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    /** @throws org.springframework.dao.DuplicateKeyException when the community has or had that number */
    public void add(DeviceRow device, String place) {
        estate.addDevice(device);
        describe(device.address(), device.name(), place);
    }

    public void describe(DeviceAddress device, String name, String place) {
        jdbc.sql("update device set name = ?, place = ?" + OF_DEVICE)
                .params(name, place, device.community().value(), device.device().value())
                .update();
    }

    /** @param since empty = in service again */
    public void retire(DeviceAddress device, Optional<Instant> since) {
        jdbc.sql("update device set retired_at = cast(? as timestamp with time zone)" + OF_DEVICE)
                .param(since.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .param(device.community().value())
                .param(device.device().value())
                .update();
    }

    /** Kind, method and name of a point that is there. */
    public void describe(PointRow point) {
        jdbc.sql("update device_point set kind = ?, method = ?, name = ?" + OF_POINT)
                .params(
                        point.kind().name(),
                        point.method().name(),
                        point.name(),
                        point.community().value(),
                        point.device().value(),
                        point.id().value())
                .update();
    }
}
