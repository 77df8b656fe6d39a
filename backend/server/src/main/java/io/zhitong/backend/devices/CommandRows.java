package io.zhitong.backend.devices;

import static io.zhitong.backend.devices.DeviceTokens.utc;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.backend.foundation.Notices;
import io.zhitong.link.CommandAnswer;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was commanded and how the device answered (指令记录). The idempotency key is the row's id. */
@Component
class CommandRows {
    /** Topic of {@link Notices}: the command whose row has changed. */
    static final String TOPIC = "answer";

    private final JdbcClient jdbc;
    private final Notices notices;
    private final Clock clock;

    CommandRows(JdbcClient jdbc, Notices notices, Clock clock) {
        this.jdbc = jdbc;
        this.notices = notices;
        this.clock = clock;
    }

    /** How far a command has come. */
    record Progress(Optional<CommandFate> fate, Optional<CommandAnswer> answer) {}

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
    @Transactional
    public void answered(DeviceAddress device, CommandAnswer answer) {
        UUID id = id(answer.idempotencyKey());
        int changed = jdbc.sql("update device_command set stage = ?, refusal = ?, detail = ?, answered_at = ?"
                        + " where community_id = ? and id = ? and device_number = ? and (stage is null or stage < ?)")
                .params(
                        answer.stage().code(),
                        answer.refusal().code(),
                        answer.detail(),
                        utc(clock.instant()),
                        device.community().value(),
                        id,
                        device.device().value(),
                        answer.stage().code())
                .update();
        if (changed > 0) {
            notices.tell(TOPIC, id.toString());
        }
    }

    /** What became of it on its way; the first thing that is said of its end stays. */
    @Transactional
    public void fate(CommunityId community, UUID id, CommandFate fate) {
        jdbc.sql("update device_command set fate = ? where community_id = ? and id = ? and (fate is null or fate = ?)")
                .params(fate.name(), community.value(), id, CommandFate.SENT.name())
                .update();
        notices.tell(TOPIC, id.toString());
    }

    SignedCommand command(CommunityId community, UUID id) {
        return jdbc.sql("select command from device_command where community_id = ? and id = ?")
                .params(community.value(), id)
                .query((row, n) -> SignedCommand.decode(row.getBytes(1)))
                .single();
    }

    /** Empty for a command that is not committed. */
    Optional<Progress> progress(CommunityId community, UUID id) {
        return jdbc.sql("select fate, stage, refusal, detail from device_command where community_id = ? and id = ?")
                .params(community.value(), id)
                .query((row, n) -> progress(id, row))
                .optional();
    }

    private static Progress progress(UUID id, ResultSet row) throws SQLException {
        Optional<CommandAnswer> answer = row.getObject(2) == null
                ? Optional.empty()
                : Optional.of(new CommandAnswer(
                        key(id),
                        Coded.require(CommandAnswer.Stage.class, row.getInt(2)),
                        Coded.require(CommandRefusal.class, row.getInt(3)),
                        Objects.requireNonNullElse(row.getString(4), "")));
        return new Progress(Optional.ofNullable(row.getString(1)).map(CommandFate::valueOf), answer);
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
