package io.zhitong.backend.access;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The policies of communities by version (策略库). Nothing is ever overwritten: an item begins at one version and ends at
 * another, and what was in force at any version can be read.
 */
@Component
public class PolicyBook {
    private static final String VERSIONS =
            "select version, drafted_by, approved_by, why, made_at from policy_version where community_id = ?";

    private final JdbcClient jdbc;
    private final AuditLog audit;
    private final Clock clock;

    PolicyBook(JdbcClient jdbc, AuditLog audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** The newest version, 0 before the first. */
    public long newest(CommunityId community) {
        return jdbc.sql("select coalesce(max(version), 0) from policy_version where community_id = ?")
                .param(community.value())
                .query(Long.class)
                .single();
    }

    /** Newest first. */
    public List<PolicyVersion> versions(CommunityId community, int most) {
        return jdbc.sql(VERSIONS + " order by version desc limit ?")
                .params(community.value(), most)
                .query((row, n) -> new PolicyVersion(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, OffsetDateTime.class).toInstant()))
                .list();
    }

    /** What was in force at a version; nothing at version 0. */
    public PolicyContent content(CommunityId community, long version) {
        return PolicyContent.of(jdbc.sql("select kind, item, name, content from policy_item where community_id = ?"
                        + " and version_from <= ? and (version_to is null or version_to > ?)")
                .params(community.value(), version, version)
                .query((row, n) -> PolicyItem.decode(
                        new ItemKey(Coded.require(ItemKind.class, row.getInt(1)), row.getLong(2)),
                        row.getString(3),
                        row.getBytes(4)))
                .list());
    }

    /** An id that no item of the kind ever had, neither in force nor in a draft. */
    public long free(CommunityId community, ItemKind kind) {
        return jdbc.sql(
                        "select greatest((select coalesce(max(item), 0) from policy_item where community_id = :community"
                                + " and kind = :kind), (select coalesce(max(item), 0) from policy_draft_item where"
                                + " community_id = :community and kind = :kind)) + 1")
                .param("community", community.value())
                .param("kind", kind.code())
                .query(Long.class)
                .single();
    }

    /**
     * Makes the next version of what differs from the newest, with one audit entry for each item.
     *
     * @return its number, whether or not anything differs
     */
    @Transactional
    public long next(CommunityId community, PolicyContent content, String drafted, Actor approved, String why) {
        lock(community);
        long before = newest(community);
        long version = before + 1;
        jdbc.sql("insert into policy_version (community_id, version, drafted_by, approved_by, why, made_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(community.value(), version, drafted, approved.name(), why, OffsetDateTime.now(clock))
                .update();
        for (PolicyContent.Difference each : content(community, before).until(content)) {
            end(community, each.key(), version);
            each.after().ifPresent(item -> begin(community, item, version));
            audit.record(
                    community,
                    approved,
                    "policy.item",
                    "version " + version + " " + each.key().kind().english() + " "
                            + each.key().number(),
                    each.before().map(PolicyItem::words).orElse(""),
                    each.after().map(PolicyItem::words).orElse(""));
        }
        audit.record(community, approved, "policy.version", "version " + version, "drafted by " + drafted, why);
        return version;
    }

    /** Nobody else makes a version until the transaction ends. */
    void lock(CommunityId community) {
        jdbc.sql("select community_id from community where community_id = ? for update")
                .param(community.value())
                .query(Integer.class)
                .single();
    }

    private void begin(CommunityId community, PolicyItem item, long version) {
        jdbc.sql("insert into policy_item (community_id, kind, item, version_from, name, content)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        community.value(),
                        item.key().kind().code(),
                        item.key().number(),
                        version,
                        item.name(),
                        item.content())
                .update();
    }

    private void end(CommunityId community, ItemKey key, long version) {
        jdbc.sql("update policy_item set version_to = ? where community_id = ? and kind = ? and item = ?"
                        + " and version_to is null")
                .params(version, community.value(), key.kind().code(), key.number())
                .update();
    }

    /** What is in force now. */
    public PolicyContent current(CommunityId community) {
        return content(community, newest(community));
    }
}
