package io.zhitong.backend.presence;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardspec.CredentialNumber;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of presence (在场库). Of each subject the newest passages are kept, so that one that was none can be taken back. */
@Component
class PresenceRows {
    /** So many of the newest passages of a subject are kept. */
    static final int KEPT = 8;

    private static final String OF_SUBJECT = " where community_id = ? and subject = ?";
    private static final String OF_POINT = " where community_id = ? and device_number = ? and point = ?";

    private final JdbcClient jdbc;

    PresenceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(CommunityId community, Passage passage) {
        jdbc.sql("insert into presence_passage (community_id, subject, position, happened_millis, area, device_number,"
                        + " point, credential) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        community.value(),
                        passage.subject(),
                        passage.position(),
                        passage.happenedMillis(),
                        passage.area(),
                        passage.device().value(),
                        passage.point().value(),
                        passage.credential().value())
                .update();
    }

    /** Takes back what was granted at a point since somebody came through there last. @return whom it concerns */
    List<Long> takeBack(DeviceAddress device, PointId point, long position) {
        String since = " and position < ? and not void and position > coalesce((select position from presence_opening"
                + OF_POINT + "), 0)";
        Object[] which = {
            device.community().value(),
            device.device().value(),
            point.value(),
            position,
            device.community().value(),
            device.device().value(),
            point.value()
        };
        List<Long> subjects = jdbc.sql("select distinct subject from presence_passage" + OF_POINT + since)
                .params(which)
                .query(Long.class)
                .list();
        jdbc.sql("update presence_passage set void = true" + OF_POINT + since)
                .params(which)
                .update();
        return subjects;
    }

    void opened(DeviceAddress device, PointId point, long position) {
        int known = jdbc.sql("update presence_opening set position = ?" + OF_POINT)
                .params(position, device.community().value(), device.device().value(), point.value())
                .update();
        if (known == 0) {
            jdbc.sql("insert into presence_opening (community_id, device_number, point, position) values (?, ?, ?, ?)")
                    .params(device.community().value(), device.device().value(), point.value(), position)
                    .update();
        }
    }

    Optional<ListVersion> points(DeviceAddress device) {
        return jdbc.sql("select epoch, number from presence_device where community_id = ? and device_number = ?")
                .params(device.community().value(), device.device().value())
                .query((row, n) -> new ListVersion(row.getLong(1), row.getLong(2)))
                .optional();
    }

    void points(DeviceAddress device, ListVersion version) {
        int known = jdbc.sql("update presence_device set epoch = ?, number = ?"
                        + " where community_id = ? and device_number = ?")
                .params(
                        version.epoch(),
                        version.number(),
                        device.community().value(),
                        device.device().value())
                .update();
        if (known == 0) {
            jdbc.sql("insert into presence_device (community_id, device_number, epoch, number) values (?, ?, ?, ?)")
                    .params(device.community().value(), device.device().value(), version.epoch(), version.number())
                    .update();
        }
    }

    void insert(CommunityId community, UUID id, Whereabouts found, String who, String why) {
        jdbc.sql("insert into presence_correction (community_id, id, subject, happened_millis, area, credential, who,"
                        + " why) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        community.value(),
                        id,
                        found.subject(),
                        found.since().toEpochMilli(),
                        found.area(),
                        found.credential().value(),
                        who,
                        why)
                .update();
    }

    /** @param subject 0 = everybody */
    void forgive(CommunityId community, UUID id, long subject, Instant at, String who, String why) {
        jdbc.sql(
                        "insert into presence_amnesty (community_id, id, subject, given_millis, who, why) values (?, ?, ?, ?, ?, ?)")
                .params(community.value(), id, subject, at.toEpochMilli(), who, why)
                .update();
    }

    /** When whose passages were forgiven last; 0 = everybody's. */
    Map<Long, Instant> forgiven(CommunityId community) {
        Map<Long, Instant> forgiven = new HashMap<>();
        jdbc.sql("select subject, max(given_millis) from presence_amnesty where community_id = ? group by subject")
                .param(community.value())
                .query(row -> {
                    forgiven.put(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)));
                });
        return forgiven;
    }

    /** Says anew where the subject is: by the newest passage or correction. */
    void settle(CommunityId community, long subject) {
        prune(community, subject);
        Optional<Whereabouts> at = newest(community, subject);
        int known = at.map(now -> update(community, now)).orElse(0);
        if (at.isEmpty()) {
            jdbc.sql("delete from presence" + OF_SUBJECT)
                    .params(community.value(), subject)
                    .update();
        } else if (known == 0) {
            insert(community, at.get());
        }
    }

    private void prune(CommunityId community, long subject) {
        jdbc.sql("delete from presence_passage" + OF_SUBJECT + " and position not in (select position from"
                        + " presence_passage" + OF_SUBJECT + " order by happened_millis desc, position desc limit "
                        + KEPT + ")")
                .params(community.value(), subject, community.value(), subject)
                .update();
    }

    private Optional<Whereabouts> newest(CommunityId community, long subject) {
        return jdbc.sql("select subject, area, happened_millis, device_number, point, credential, position from"
                        + " presence_passage" + OF_SUBJECT + " and not void union all"
                        + " select subject, area, happened_millis, 0, 0, credential, 0 from presence_correction"
                        + OF_SUBJECT + " order by 3 desc, 7 desc limit 1")
                .params(community.value(), subject, community.value(), subject)
                .query((row, n) -> whereabouts(row))
                .optional();
    }

    /** The newest passage or correction up to a moment, but for the event itself. */
    Optional<PastPlaces.Led> before(CommunityId community, long subject, long millis, long position) {
        return jdbc.sql("select area, happened_millis, position from presence_passage" + OF_SUBJECT
                        + " and not void and happened_millis <= ? and position <> ? union all"
                        + " select area, happened_millis, 0 from presence_correction" + OF_SUBJECT
                        + " and happened_millis <= ? order by 2 desc, 3 desc limit 1")
                .params(community.value(), subject, millis, position, community.value(), subject, millis)
                .query((row, n) ->
                        new PastPlaces.Led(row.getInt(1), Instant.ofEpochMilli(row.getLong(2)), row.getLong(3)))
                .optional();
    }

    private int update(CommunityId community, Whereabouts now) {
        return jdbc.sql("update presence set area = ?, since_millis = ?, device_number = ?, point = ?, credential = ?"
                        + OF_SUBJECT)
                .params(
                        now.area(),
                        now.since().toEpochMilli(),
                        now.device().map(DeviceId::value).orElse(0L),
                        now.point().value(),
                        now.credential().value(),
                        community.value(),
                        now.subject())
                .update();
    }

    private void insert(CommunityId community, Whereabouts now) {
        jdbc.sql("insert into presence (community_id, subject, area, since_millis, device_number, point, credential)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        community.value(),
                        now.subject(),
                        now.area(),
                        now.since().toEpochMilli(),
                        now.device().map(DeviceId::value).orElse(0L),
                        now.point().value(),
                        now.credential().value())
                .update();
    }

    List<Whereabouts> all(CommunityId community) {
        return jdbc.sql("select subject, area, since_millis, device_number, point, credential from presence"
                        + " where community_id = ? order by subject")
                .param(community.value())
                .query((row, n) -> whereabouts(row))
                .list();
    }

    private static Whereabouts whereabouts(ResultSet row) throws SQLException {
        return new Whereabouts(
                row.getLong(1),
                row.getInt(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Optional.of(row.getLong(4)).filter(device -> device != 0).map(DeviceId::new),
                new PointId(row.getInt(5)),
                new CredentialNumber(row.getLong(6)));
    }

    /** Counts that something changed, for whoever passes it on. */
    void changed(CommunityId community) {
        int known = jdbc.sql("update presence_head set changes = changes + 1 where community_id = ?")
                .param(community.value())
                .update();
        if (known == 0) {
            jdbc.sql("insert into presence_head (community_id, changes) values (?, 1)")
                    .param(community.value())
                    .update();
        }
    }

    long changes(CommunityId community) {
        return jdbc.sql("select changes from presence_head where community_id = ?")
                .param(community.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** How far the events are read. */
    long readUpTo(CommunityId community) {
        return jdbc.sql("select position from event_cursor where community_id = ? and name = ?")
                .params(community.value(), PresenceBook.NAME)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    List<Long> corrected(CommunityId community) {
        return jdbc.sql("select distinct subject from presence_correction where community_id = ?")
                .param(community.value())
                .query(Long.class)
                .list();
    }

    /** Everything that can be read again. */
    void clear(CommunityId community) {
        for (String table :
                List.of("presence_passage", "presence", "presence_device", "presence_opening", "use_count")) {
            jdbc.sql("delete from " + table + " where community_id = ?")
                    .param(community.value())
                    .update();
        }
    }
}
