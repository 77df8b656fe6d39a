package io.zhitong.backend.devices;

import static io.zhitong.backend.devices.DeviceTokens.utc;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.backend.foundation.Notices;
import io.zhitong.backend.foundation.ThisBackend;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Commands on their way from the console that signed them to the gateway that holds the device (指令发件箱). A command is made for
 * one connection, by its epoch: the gateway takes it in a transaction that holds the lease's row and only when that epoch is the
 * present one, so that no order of an old epoch leaves, whoever believes to hold the device.
 */
@Component
class CommandOutbox {
    /** Topic of {@link Notices}: the gateway that has something to send. */
    static final String TOPIC = "command";

    private static final int MOST = 100;
    private static final String OF_ROW = " where community_id = ? and id = ?";

    private final JdbcClient jdbc;
    private final CommandRows rows;
    private final DeviceLeases leases;
    private final Notices notices;
    private final UUID self;
    private final Clock clock;

    CommandOutbox(
            JdbcClient jdbc, CommandRows rows, DeviceLeases leases, Notices notices, ThisBackend self, Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.leases = leases;
        this.notices = notices;
        this.self = self.id();
        this.clock = clock;
    }

    /** A command that waits for this process. */
    record Waiting(DeviceAddress device, UUID id, long epoch, Instant expires) {}

    /** Notes the command and lays it down for the gateway that holds the device. Call it in a transaction. */
    void put(SignedCommand command, DeviceLease lease) {
        rows.insert(command);
        jdbc.sql("insert into command_outbox (community_id, id, device_number, gateway, epoch, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        lease.device().community().value(),
                        CommandRows.id(command.order().idempotencyKey()),
                        lease.device().device().value(),
                        lease.gateway(),
                        lease.epoch(),
                        utc(Instant.ofEpochMilli(command.order().expiryMillis())))
                .update();
        notices.tell(TOPIC, lease.gateway().toString());
    }

    /** What waits for this process, oldest first. */
    List<Waiting> mine() {
        return waiting(" where gateway = ? order by expires_at limit " + MOST, self);
    }

    /** What a gateway that is gone has left behind. */
    List<Waiting> over() {
        return waiting(" where expires_at < ? limit " + MOST, utc(clock.instant()));
    }

    private List<Waiting> waiting(String which, Object parameter) {
        return jdbc.sql("select community_id, device_number, id, epoch, expires_at from command_outbox" + which)
                .param(parameter)
                .query((row, n) -> new Waiting(
                        DeviceAddress.of(row.getInt(1), row.getLong(2)),
                        row.getObject(3, UUID.class),
                        row.getLong(4),
                        row.getObject(5, OffsetDateTime.class).toInstant()))
                .list();
    }

    /**
     * Takes a command out, for good. Call it in a transaction; send what it answers after the commit.
     *
     * @return the command, if it is still for this connection and in time
     */
    Optional<SignedCommand> take(Waiting waiting) {
        CommunityId community = waiting.device().community();
        boolean ours = leases.confirmed(waiting.device(), waiting.epoch());
        boolean there = jdbc.sql("delete from command_outbox" + OF_ROW)
                        .params(community.value(), waiting.id())
                        .update()
                == 1;
        if (!there) {
            return Optional.empty();
        }
        CommandFate late = clock.instant().isBefore(waiting.expires()) ? CommandFate.VOID : CommandFate.EXPIRED;
        CommandFate fate = ours && late == CommandFate.VOID ? CommandFate.SENT : late;
        rows.fate(community, waiting.id(), fate);
        return fate == CommandFate.SENT ? Optional.of(rows.command(community, waiting.id())) : Optional.empty();
    }

    /** The device came with a newer connection: what waits for an earlier one is void. Call it in a transaction. */
    void voidBefore(DeviceAddress device, long epoch) {
        List<UUID> old = jdbc.sql(
                        "select id from command_outbox where community_id = ? and device_number = ? and epoch < ?")
                .params(device.community().value(), device.device().value(), epoch)
                .query(UUID.class)
                .list();
        for (UUID id : old) {
            int gone = jdbc.sql("delete from command_outbox" + OF_ROW)
                    .params(device.community().value(), id)
                    .update();
            if (gone == 1) {
                rows.fate(device.community(), id, CommandFate.VOID);
            }
        }
    }
}
