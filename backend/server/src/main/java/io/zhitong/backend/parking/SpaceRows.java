package io.zhitong.backend.parking;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.SpaceKind;
import io.zhitong.backend.people.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of spaces (车位库). */
@Component
class SpaceRows {
    private static final String ROWS =
            "select person_id, lot, spaces, kind, who, why, changed_millis from parking_space p where community_id = ?";
    private static final String NEWEST = " and not exists (select 1 from parking_space n where n.community_id ="
            + " p.community_id and n.lot = p.lot and n.person_id is not distinct from p.person_id"
            + " and n.number > p.number)";

    private final JdbcClient jdbc;

    SpaceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Space> now(CommunityId community) {
        return jdbc.sql(ROWS + NEWEST + " and spaces > 0 order by lot, number")
                .param(community.value())
                .query((row, n) -> space(row))
                .list();
    }

    List<Space> history(CommunityId community, int most) {
        return jdbc.sql(ROWS + " order by number desc limit ?")
                .params(community.value(), most)
                .query((row, n) -> space(row))
                .list();
    }

    void insert(CommunityId community, Space space) {
        jdbc.sql("insert into parking_space (community_id, number, person_id, lot, spaces, kind, who, why,"
                        + " changed_millis) select ?, coalesce(max(number), 0) + 1, cast(nullif(?, '') as uuid), ?, ?, ?, ?, ?, ?"
                        + " from parking_space where community_id = ?")
                .params(
                        community.value(),
                        space.person().map(PersonId::value).map(UUID::toString).orElse(""),
                        space.lot(),
                        space.spaces(),
                        space.kind().code(),
                        space.who(),
                        space.why(),
                        space.changed().toEpochMilli(),
                        community.value())
                .update();
    }

    private static Space space(ResultSet row) throws SQLException {
        return new Space(
                Optional.ofNullable(row.getObject(1, UUID.class)).map(PersonId::new),
                row.getInt(2),
                row.getInt(3),
                Coded.require(SpaceKind.class, row.getInt(4)),
                row.getString(5),
                row.getString(6),
                Instant.ofEpochMilli(row.getLong(7)));
    }
}
