package io.zhitong.backend.devices;

import static io.zhitong.backend.devices.DeviceTokens.utc;

import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.link.CommandAnswer;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was commanded and how the device answered (指令记录). The idempotency key is the row's id. */
@Component
final class CommandRows {
    private final JdbcClient jdbc;
    private final Clock clock;

    CommandRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void insert(SignedCommand command) {
        CommandOrder order = command.order();
        jdbc.sql("insert into device_command (community_id, id, device_number, point, kind, who, why, made_at,"
                        + " expires_at, command) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        order.community().value(),
                        id(order.idempotencyKey()),
                        order.device().value(),
                        order.point().value(),
                        order.kind().code(),
                        order.who(),
                        order.why(),
                        utc(Instant.ofEpochMilli(order.madeMillis())),
                        utc(Instant.ofEpochMilli(order.expiryMillis())),
                        command.encode())
                .update();
    }

    /** A later stage replaces an earlier one; an answer to a command never sent to this device changes nothing. */
    void answered(DeviceAddress device, CommandAnswer answer) {
        jdbc.sql("update device_command set stage = ?, refusal = ?, answered_at = ? where community_id = ? and id = ?"
                        + " and device_number = ? and (stage is null or stage < ?)")
                .params(
                        answer.stage().code(),
                        answer.refusal().code(),
                        utc(clock.instant()),
                        device.community().value(),
                        id(answer.idempotencyKey()),
                        device.device().value(),
                        answer.stage().code())
                .update();
    }

    static UUID id(Octets key) {
        ByteReader in = new ByteReader(key.toByteArray());
        return new UUID(in.u64(), in.u64());
    }

    static Octets key(UUID id) {
        return Octets.of(new ByteWriter()
                .u64(id.getMostSignificantBits())
                .u64(id.getLeastSignificantBits())
                .toByteArray());
    }
}
