package io.zhitong.backend.drill;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of the tables {@code drill} and {@code drill_point} (演练表). */
@Component
class DrillRows {
    private final JdbcClient jdbc;

    DrillRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Drill drill) {
        jdbc.sql("insert into drill (community_id, id, kind, started_by, started_at, from_position)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        drill.community().value(),
                        drill.id(),
                        drill.kind().name(),
                        drill.startedBy(),
                        OffsetDateTime.ofInstant(drill.startedAt(), ZoneOffset.UTC),
                        drill.fromPosition())
                .update();
        for (DrillPoint point : drill.points()) {
            jdbc.sql("insert into drill_point (community_id, drill, device_number, point, name) values (?, ?, ?, ?, ?)")
                    .params(
                            drill.community().value(),
                            drill.id(),
                            point.device().value(),
                            point.point().value(),
                            point.name())
                    .update();
        }
    }

    /** False if it had ended before. */
    boolean end(Drill drill, Drill.End end) {
        return jdbc.sql("update drill set ended_by = ?, ended_at = ?, to_position = ?, passed = ?, digest = ?"
                                + " where community_id = ? and id = ? and ended_at is null")
                        .params(
                                end.by(),
                                OffsetDateTime.ofInstant(end.at(), ZoneOffset.UTC),
                                end.toPosition(),
                                end.passed(),
                                end.digest(),
                                drill.community().value(),
                                drill.id())
                        .update()
                == 1;
    }

    Optional<Drill> find(CommunityId community, UUID id) {
        return jdbc.sql("select * from drill where community_id = ? and id = ?")
                .params(community.value(), id)
                .query((row, n) -> drill(row, points(community, id)))
                .optional();
    }

    /** Newest first, without their points. */
    List<Drill> newest(CommunityId community, int limit) {
        return jdbc.sql("select * from drill where community_id = ? order by started_at desc, id desc limit ?")
                .params(community.value(), limit)
                .query((row, n) -> drill(row, List.of()))
                .list();
    }

    /** When the newest one of that kind that passed ended. */
    Optional<Instant> lastPassed(CommunityId community, DrillKind kind) {
        return jdbc.sql("select ended_at from drill where community_id = ? and kind = ? and passed"
                        + " order by ended_at desc limit 1")
                .params(community.value(), kind.name())
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private List<DrillPoint> points(CommunityId community, UUID drill) {
        return jdbc.sql("select * from drill_point where community_id = ? and drill = ? order by device_number, point")
                .params(community.value(), drill)
                .query((row, n) -> new DrillPoint(
                        new DeviceId(row.getLong("device_number")),
                        new PointId(row.getInt("point")),
                        row.getString("name")))
                .list();
    }

    private static Drill drill(ResultSet row, List<DrillPoint> points) throws SQLException {
        return new Drill(
                new CommunityId(row.getInt("community_id")),
                row.getObject("id", UUID.class),
                DrillKind.valueOf(row.getString("kind")),
                points,
                row.getString("started_by"),
                instant(row, "started_at"),
                row.getLong("from_position"),
                end(row));
    }

    private static Optional<Drill.End> end(ResultSet row) throws SQLException {
        return row.getObject("ended_at") == null
                ? Optional.empty()
                : Optional.of(new Drill.End(
                        row.getString("ended_by"),
                        instant(row, "ended_at"),
                        row.getLong("to_position"),
                        row.getBoolean("passed"),
                        row.getString("digest")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
