package io.zhitong.backend.updates;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SoftwareVersion;
import io.zhitong.accessmodel.UpdateManifest.Architecture;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Updates and their devices in the database (升级记录). */
@Component
class UpdateRows {
    private static final String ALL = "select bundle, architecture, version, size, uploaded_by, approved_by, stage,"
            + " stage_since, advance_minutes, older, manifest, stopped_why from device_image where community_id = ?";
    private static final String ONE = " where community_id = ? and bundle = ?";

    private final JdbcClient jdbc;
    private final Clock clock;

    UpdateRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A device that an update is for.
     *
     * @param command the order in its present connection, as far as one was given
     */
    record Target(DeviceId device, boolean first, Optional<UUID> command, Optional<OffsetDateTime> ordered) {}

    List<Update> all(CommunityId community) {
        return jdbc.sql(ALL + " order by uploaded_at desc")
                .param(community.value())
                .query((row, n) -> update(community, row))
                .list();
    }

    /** Locked until the transaction ends. */
    Optional<Update> locked(CommunityId community, Hash bundle) {
        return jdbc.sql(ALL + " and bundle = ? for update")
                .params(community.value(), bundle.toByteArray())
                .query((row, n) -> update(community, row))
                .optional();
    }

    private static Update update(CommunityId community, ResultSet row) throws SQLException {
        return new Update(
                community,
                Hash.of(row.getBytes(1)),
                Coded.require(Architecture.class, row.getInt(2)),
                SoftwareVersion.parse(row.getString(3)),
                row.getLong(4),
                row.getString(5),
                Objects.requireNonNullElse(row.getString(6), ""),
                UpdateStage.valueOf(row.getString(7)),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                Duration.ofMinutes(row.getInt(9)),
                row.getBoolean(10),
                Optional.ofNullable(row.getBytes(11)).map(Octets::of),
                Objects.requireNonNullElse(row.getString(12), ""));
    }

    void insert(
            CommunityId community,
            Hash bundle,
            Architecture architecture,
            SoftwareVersion version,
            long size,
            String by) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("insert into device_image (community_id, bundle, architecture, version, size, uploaded_by,"
                        + " uploaded_at, stage, stage_since, advance_minutes, older)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, false)")
                .params(
                        community.value(),
                        bundle.toByteArray(),
                        architecture.code(),
                        version.toString(),
                        size,
                        by,
                        now,
                        UpdateStage.WAITING.name(),
                        now)
                .update();
    }

    void approved(Update update, byte[] manifest, String by, boolean older, Duration advance) {
        jdbc.sql("update device_image set manifest = ?, approved_by = ?, older = ?, advance_minutes = ?,"
                        + " stopped_why = null" + ONE)
                .params(
                        manifest,
                        by,
                        older,
                        (int) advance.toMinutes(),
                        update.community().value(),
                        update.bundle().toByteArray())
                .update();
        jdbc.sql("delete from device_image_target" + ONE)
                .params(update.community().value(), update.bundle().toByteArray())
                .update();
    }

    void stage(Update update, UpdateStage stage, String why) {
        jdbc.sql("update device_image set stage = ?, stage_since = ?, stopped_why = nullif(?, '')" + ONE)
                .params(
                        stage.name(),
                        OffsetDateTime.now(clock),
                        why,
                        update.community().value(),
                        update.bundle().toByteArray())
                .update();
    }

    void targets(Update update, Collection<DeviceId> devices, boolean first) {
        for (DeviceId device : devices) {
            jdbc.sql("insert into device_image_target (community_id, bundle, device_number, first)"
                            + " values (?, ?, ?, ?) on conflict do nothing")
                    .params(update.community().value(), update.bundle().toByteArray(), device.value(), first)
                    .update();
        }
    }

    List<Target> targets(Update update) {
        return jdbc.sql("select device_number, first, command_id, ordered_at from device_image_target" + ONE
                        + " order by device_number")
                .params(update.community().value(), update.bundle().toByteArray())
                .query((row, n) -> new Target(
                        new DeviceId(row.getLong(1)),
                        row.getBoolean(2),
                        Optional.ofNullable(row.getObject(3, UUID.class)),
                        Optional.ofNullable(row.getObject(4, OffsetDateTime.class))))
                .list();
    }

    void ordered(Update update, DeviceId device, UUID command) {
        jdbc.sql("update device_image_target set command_id = ?, ordered_at = ?" + ONE + " and device_number = ?")
                .params(
                        command,
                        OffsetDateTime.now(clock),
                        update.community().value(),
                        update.bundle().toByteArray(),
                        device.value())
                .update();
    }
}
