package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rules of a community by policy version (规则库): each change ends or begins a rule at the next version. */
@Component
public class AccessRules {
    private final JdbcClient jdbc;
    private final AuditLog audit;

    AccessRules(JdbcClient jdbc, AuditLog audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** The newest policy version, 0 before the first rule. */
    public long version(CommunityId community) {
        return jdbc.sql("select version from access_policy where community_id = ?")
                .param(community.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** The rules in force at a version. */
    public List<AccessRule> rules(CommunityId community, long version) {
        return jdbc.sql("select r.id, r.group_id, g.kind, r.schedule, r.device_number, r.point from access_rule r"
                        + " join access_group g on g.community_id = r.community_id and g.id = r.group_id"
                        + " where r.community_id = ? and r.version_from <= ?"
                        + " and (r.version_to is null or r.version_to > ?) order by r.id")
                .params(community.value(), version, version)
                .query((row, n) -> new AccessRule(
                        row.getLong(1),
                        row.getInt(2),
                        GroupKind.valueOf(row.getString(3)),
                        row.getInt(4),
                        Optional.ofNullable(row.getObject(5, Long.class)).map(DeviceId::new),
                        Optional.ofNullable(row.getObject(6, Integer.class)).map(PointId::new)))
                .list();
    }

    @Transactional
    public void addGroup(CommunityId community, int id, String name, GroupKind kind) {
        jdbc.sql("insert into access_group (community_id, id, name, kind) values (?, ?, ?, ?)")
                .params(community.value(), id, name, kind.name())
                .update();
    }

    /**
     * Begins a rule for a group at a new policy version.
     *
     * @return the id of the rule
     */
    @Transactional
    public long begin(
            CommunityId community,
            Actor by,
            int group,
            int schedule,
            Optional<DeviceId> device,
            Optional<PointId> point) {
        long version = nextVersion(community);
        long id = jdbc.sql("select coalesce(max(id), 0) + 1 from access_rule where community_id = ?")
                .param(community.value())
                .query(Long.class)
                .single();
        jdbc.sql("insert into access_rule (community_id, id, group_id, schedule, device_number, point, version_from,"
                        + " approved_by) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .param(community.value())
                .param(id)
                .param(group)
                .param(schedule)
                .param(device.map(DeviceId::value).orElse(null))
                .param(point.map(PointId::value).orElse(null))
                .param(version)
                .param(by.name())
                .update();
        audit.record(
                community,
                by,
                "rule.begin",
                "rule " + id,
                "",
                "version " + version + " group " + group + " schedule " + schedule + " " + device + " " + point);
        return id;
    }

    /** Ends a rule at a new policy version; ending it again changes nothing but the version. */
    @Transactional
    public void end(CommunityId community, Actor by, long rule) {
        long version = nextVersion(community);
        int ended = jdbc.sql(
                        "update access_rule set version_to = ? where community_id = ? and id = ? and version_to is null")
                .params(version, community.value(), rule)
                .update();
        String before = ended == 1 ? "in force" : "not in force";
        audit.record(community, by, "rule.end", "rule " + rule, before, "ended at version " + version);
    }

    private long nextVersion(CommunityId community) {
        int updated = jdbc.sql("update access_policy set version = version + 1 where community_id = ?")
                .param(community.value())
                .update();
        if (updated == 0) {
            jdbc.sql("insert into access_policy (community_id, version) values (?, 1)")
                    .param(community.value())
                    .update();
        }
        return version(community);
    }
}
