package io.zhitong.backend.access;

import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.foundation.TimeOrderedIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Change sets until they are put in force or thrown away (策略草稿库). Each change is audited; nothing of it reaches a device. */
@Component
public class PolicyDrafts {
    private static final int MOST_OPEN = 50;
    private static final String OPEN =
            "select id, base, title, author, made_at from policy_draft where community_id = ?" + " and state = 'OPEN'";

    private final JdbcClient jdbc;
    private final PolicyBook book;
    private final AuditLog audit;
    private final TimeOrderedIds ids;
    private final Clock clock;

    PolicyDrafts(JdbcClient jdbc, PolicyBook book, AuditLog audit, TimeOrderedIds ids, Clock clock) {
        this.jdbc = jdbc;
        this.book = book;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Begins one at the newest version. */
    @Transactional
    public UUID begin(CommunityId community, String title, Actor by) {
        String named = PolicyItem.named(title);
        DraftRefusedException.unless(open(community).size() < MOST_OPEN, DraftRefusal.GONE);
        UUID id = ids.next();
        jdbc.sql("insert into policy_draft (community_id, id, base, title, author, made_at, state)"
                        + " values (?, ?, ?, ?, ?, ?, 'OPEN')")
                .params(community.value(), id, book.newest(community), named, by.name(), OffsetDateTime.now(clock))
                .update();
        audit.record(community, by, "draft.begin", "draft " + id, "", named);
        return id;
    }

    /** Those that are open, newest first. */
    public List<PolicyDraft> open(CommunityId community) {
        return jdbc.sql(OPEN + " order by made_at desc, id desc limit " + MOST_OPEN)
                .param(community.value())
                .query((row, n) -> draft(community, row))
                .list();
    }

    /** One that is open. */
    public Optional<PolicyDraft> find(CommunityId community, UUID id) {
        return jdbc.sql(OPEN + " and id = ?")
                .params(community.value(), id)
                .query((row, n) -> draft(community, row))
                .optional();
    }

    /** @throws DraftRefusedException GONE */
    public PolicyDraft require(CommunityId community, UUID id) {
        return find(community, id).orElseThrow(() -> new DraftRefusedException(DraftRefusal.GONE));
    }

    private PolicyDraft draft(CommunityId community, ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        Set<String> authors = new HashSet<>(Set.of(row.getString("author")));
        SortedMap<ItemKey, Optional<PolicyItem>> changes = new TreeMap<>();
        jdbc.sql("select kind, item, name, content, changed_by from policy_draft_item where community_id = ?"
                        + " and draft = ?")
                .params(community.value(), id)
                .query(each -> {
                    ItemKey key = new ItemKey(Coded.require(ItemKind.class, each.getInt(1)), each.getLong(2));
                    byte @Nullable [] content = each.getBytes(4);
                    String name = each.getString(3);
                    changes.put(key, Optional.ofNullable(content).map(bytes -> PolicyItem.decode(key, name, bytes)));
                    authors.add(each.getString(5));
                });
        Instant made = row.getObject("made_at", OffsetDateTime.class).toInstant();
        return new PolicyDraft(id, row.getLong("base"), row.getString("title"), made, authors, changes);
    }

    /**
     * Puts an item into the draft, instead of one with its key.
     *
     * @throws DraftRefusedException GONE
     */
    @Transactional
    public void put(CommunityId community, UUID id, PolicyItem item, Actor by) {
        change(community, id, item.key(), Optional.of(item), by);
    }

    /** As {@link #put}: the item is to be taken out. */
    @Transactional
    public void remove(CommunityId community, UUID id, ItemKey key, Actor by) {
        change(community, id, key, Optional.empty(), by);
    }

    private void change(CommunityId community, UUID id, ItemKey key, Optional<PolicyItem> item, Actor by) {
        PolicyDraft draft = locked(community, id);
        Optional<PolicyItem> before =
                draft.over(book.content(community, draft.base())).find(key);
        forget(community, id, key);
        if (!item.equals(book.content(community, draft.base()).find(key))) {
            jdbc.sql("insert into policy_draft_item (community_id, draft, kind, item, name, content, changed_by)"
                            + " values (?, ?, ?, ?, ?, ?, ?)")
                    .param(community.value())
                    .param(id)
                    .param(key.kind().code())
                    .param(key.number())
                    .param(item.map(PolicyItem::name).orElse(""))
                    .param(item.map(PolicyItem::content).orElse(null))
                    .param(by.name())
                    .update();
        }
        audit.record(
                community,
                by,
                "draft.change",
                "draft " + id + " " + key.kind().english() + " " + key.number(),
                before.map(PolicyItem::words).orElse(""),
                item.map(PolicyItem::words).orElse(""));
    }

    private void forget(CommunityId community, UUID id, ItemKey key) {
        jdbc.sql("delete from policy_draft_item where community_id = ? and draft = ? and kind = ? and item = ?")
                .params(community.value(), id, key.kind().code(), key.number())
                .update();
    }

    /**
     * Brings the draft to the newest version: what it changes stays, all else is as now.
     *
     * @throws DraftRefusedException GONE
     */
    @Transactional
    public void refresh(CommunityId community, UUID id, Actor by) {
        PolicyDraft draft = locked(community, id);
        long newest = book.newest(community);
        jdbc.sql("update policy_draft set base = ? where community_id = ? and id = ?")
                .params(newest, community.value(), id)
                .update();
        audit.record(community, by, "draft.refresh", "draft " + id, "version " + draft.base(), "version " + newest);
    }

    /** @throws DraftRefusedException GONE */
    @Transactional
    public void discard(CommunityId community, UUID id, Actor by) {
        locked(community, id);
        end(community, id, "DISCARDED");
        audit.record(community, by, "draft.discard", "draft " + id, "open", "discarded");
    }

    /** The draft is in force; nobody may change it any longer. */
    void approved(CommunityId community, UUID id) {
        end(community, id, "APPROVED");
    }

    private void end(CommunityId community, UUID id, String state) {
        jdbc.sql("update policy_draft set state = ? where community_id = ? and id = ?")
                .params(state, community.value(), id)
                .update();
    }

    /** The draft, which nobody else changes until the transaction ends. */
    PolicyDraft locked(CommunityId community, UUID id) {
        jdbc.sql("select id from policy_draft where community_id = ? and id = ? for update")
                .params(community.value(), id)
                .query(UUID.class)
                .optional();
        return require(community, id);
    }
}
