package io.zhitong.backend.alarms;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.events.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of alarms (报警库). */
@Component
class AlarmRows {
    private final JdbcClient jdbc;

    AlarmRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(StoredEvent event) {
        JournalRecord record = event.record();
        jdbc.sql("insert into alarm (community_id, position, device_number, journal, sequence, kind, point,"
                        + " happened_millis) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        record.community().value(),
                        event.position(),
                        record.device().value(),
                        record.journal().value(),
                        record.sequence(),
                        record.kindCode(),
                        record.point().value(),
                        event.happened().toEpochMilli())
                .update();
    }

    /** Every alarm of that kind at that point which had begun. */
    void ended(StoredEvent event, EventKind alarm) {
        JournalRecord record = event.record();
        jdbc.sql("update alarm set ended_millis = ? where community_id = ? and device_number = ? and point = ?"
                        + " and kind = ? and ended_millis is null and position < ?")
                .params(
                        event.happened().toEpochMilli(),
                        record.community().value(),
                        record.device().value(),
                        record.point().value(),
                        alarm.code(),
                        event.position())
                .update();
    }

    /** The newest first. */
    List<Alarm> before(CommunityId community, boolean openOnly, long position, int limit) {
        return jdbc.sql("select position, device_number, point, kind, happened_millis, ended_millis, acknowledged_at,"
                        + " who, note from alarm where community_id = ? and position < ?"
                        + (openOnly ? " and acknowledged_at is null" : "") + " order by position desc limit ?")
                .params(community.value(), position, limit)
                .query((row, n) -> alarm(row))
                .list();
    }

    private static Alarm alarm(ResultSet row) throws SQLException {
        Optional<Instant> ended =
                Optional.ofNullable(row.getObject("ended_millis", Long.class)).map(Instant::ofEpochMilli);
        Optional<OffsetDateTime> seen = Optional.ofNullable(row.getObject("acknowledged_at", OffsetDateTime.class));
        String who = row.getString("who");
        String note = row.getString("note");
        return new Alarm(
                row.getLong("position"),
                new DeviceId(row.getLong("device_number")),
                new PointId(row.getInt("point")),
                EventKind.of(row.getInt("kind")),
                Instant.ofEpochMilli(row.getLong("happened_millis")),
                ended,
                seen.map(at -> new Alarm.Seen(at.toInstant(), who, note)));
    }

    boolean has(AlarmCopies.Copy copy) {
        return jdbc.sql("select count(*) from alarm where community_id = ? and device_number = ? and journal = ?"
                                + " and sequence = ?")
                        .params(copy.community().value(), copy.device().value(), copy.journal(), copy.sequence())
                        .query(Long.class)
                        .single()
                > 0;
    }

    long open(CommunityId community) {
        return jdbc.sql("select count(*) from alarm where community_id = ? and acknowledged_at is null")
                .param(community.value())
                .query(Long.class)
                .single();
    }

    /** Different whenever something about the open alarms has changed. */
    String state(CommunityId community) {
        return jdbc.sql("select count(*), coalesce(max(position), 0), count(ended_millis) from alarm"
                        + " where community_id = ? and acknowledged_at is null")
                .param(community.value())
                .query((row, n) -> row.getLong(1) + " " + row.getLong(2) + " " + row.getLong(3))
                .single();
    }

    /** @return whether it was open */
    boolean acknowledge(CommunityId community, long position, Alarm.Seen seen) {
        return jdbc.sql("update alarm set acknowledged_at = ?, who = ?, note = ? where community_id = ?"
                                + " and position = ? and acknowledged_at is null")
                        .params(
                                seen.at().atOffset(ZoneOffset.UTC),
                                seen.who(),
                                seen.note(),
                                community.value(),
                                position)
                        .update()
                == 1;
    }
}
