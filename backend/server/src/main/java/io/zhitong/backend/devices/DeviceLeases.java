package io.zhitong.backend.devices;

import static io.zhitong.backend.devices.DeviceTokens.utc;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.Octets;
import io.zhitong.backend.foundation.ThisBackend;
import io.zhitong.link.CloseReason;
import io.zhitong.link.DeviceHello;
import io.zhitong.link.DeviceStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of device leases: who holds a device's connection, and what its console line shows (设备租约). */
@Component
class DeviceLeases {
    private static final String OF_DEVICE = " where community_id = ? and device_number = ?";
    private static final String OF_EPOCH = OF_DEVICE + " and gateway = ? and epoch = ?";
    private static final String STATES =
            "select community_id, device_number, since, heard_at, software, closed, status," + " gateway in ("
                    + ThisBackend.LIVING + ") as lives from device_lease where community_id = ?";

    private final JdbcClient jdbc;
    private final UUID self;
    private final Clock clock;

    DeviceLeases(JdbcClient jdbc, ThisBackend self, Clock clock) {
        this.jdbc = jdbc;
        this.self = self.id();
        this.clock = clock;
    }

    /**
     * This process holds the device from now on. Call it in a transaction.
     *
     * @return the connection's epoch, above every earlier one
     */
    long open(DeviceAddress device, DeviceHello hello) {
        OffsetDateTime now = utc(clock.instant());
        jdbc.sql("insert into device_lease (community_id, device_number, epoch, gateway, journal, nonce, software,"
                        + " since, heard_at) values (?, ?, 0, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                .params(
                        device.community().value(),
                        device.device().value(),
                        self,
                        hello.journal().value(),
                        hello.nonce().toByteArray(),
                        hello.software(),
                        now,
                        now)
                .update();
        jdbc.sql("update device_lease set epoch = epoch + 1, gateway = ?, journal = ?, nonce = ?, software = ?,"
                        + " since = ?, heard_at = ?, closed = null, status = null" + OF_DEVICE)
                .params(
                        self,
                        hello.journal().value(),
                        hello.nonce().toByteArray(),
                        hello.software(),
                        now,
                        now,
                        device.community().value(),
                        device.device().value())
                .update();
        return jdbc.sql("select epoch from device_lease" + OF_DEVICE)
                .params(device.community().value(), device.device().value())
                .query(Long.class)
                .single();
    }

    /** A sign of life that tells something new; the end of an epoch that another has replaced changes nothing. */
    void heard(DeviceAddress device, long epoch, DeviceStatus status) {
        jdbc.sql("update device_lease set heard_at = ?, status = ?" + OF_EPOCH)
                .params(
                        utc(clock.instant()),
                        StatusBytes.encode(status),
                        device.community().value(),
                        device.device().value(),
                        self,
                        epoch)
                .update();
    }

    /** As {@link #heard}, of the connection's end. */
    void closed(DeviceAddress device, long epoch, CloseReason reason) {
        jdbc.sql("update device_lease set since = ?, closed = ?" + OF_EPOCH)
                .params(
                        utc(clock.instant()),
                        reason.code(),
                        device.community().value(),
                        device.device().value(),
                        self,
                        epoch)
                .update();
    }

    /** The lease of a connection that is open, as far as is known: its gateway lives. */
    Optional<DeviceLease> held(DeviceAddress device) {
        return lease(device, " and closed is null and gateway in (" + ThisBackend.LIVING + ")");
    }

    /** Whether this process holds the device in that epoch; its row stays locked until the transaction ends. */
    boolean confirmed(DeviceAddress device, long epoch) {
        return lease(device, " and closed is null for update")
                .filter(lease -> lease.gateway().equals(self) && lease.epoch() == epoch)
                .isPresent();
    }

    private Optional<DeviceLease> lease(DeviceAddress device, String which) {
        return jdbc.sql("select epoch, gateway, journal, nonce from device_lease" + OF_DEVICE + which)
                .params(device.community().value(), device.device().value())
                .query((row, n) -> new DeviceLease(
                        device,
                        row.getLong(1),
                        row.getObject(2, UUID.class),
                        new JournalId(row.getLong(3)),
                        Octets.of(row.getBytes(4))))
                .optional();
    }

    List<DeviceState> states(CommunityId community) {
        return jdbc.sql(STATES)
                .param(community.value())
                .query((row, n) -> state(row))
                .list();
    }

    Optional<DeviceState> state(DeviceAddress device) {
        return jdbc.sql(STATES + " and device_number = ?")
                .params(device.community().value(), device.device().value())
                .query((row, n) -> state(row))
                .optional();
    }

    private static DeviceState state(ResultSet row) throws SQLException {
        Optional<CloseReason> closed = Optional.ofNullable(row.getObject("closed", Integer.class))
                .map(code -> Coded.require(CloseReason.class, code));
        return new DeviceState(
                DeviceAddress.of(row.getInt("community_id"), row.getLong("device_number")),
                closed.isEmpty() && row.getBoolean("lives"),
                instant(row, "since"),
                instant(row, "heard_at"),
                row.getString("software"),
                Optional.ofNullable(row.getBytes("status")).map(StatusBytes::decode),
                closed);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
