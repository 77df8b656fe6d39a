package io.zhitong.backend.audit;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.Hex;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The append-only audit log (审计日志). Entries of a community are numbered without gaps and chained: hash(n) = SM3(hash(n−1) ‖
 * canonical text of entry n), hash(0) = 32 zero bytes, so that a removed or changed entry shows. Thread-safe.
 */
@Component
public class AuditLog {
    private static final byte[] BEFORE_THE_FIRST = new byte[32];
    /** Entries of a chain that are in memory at once when it is checked. */
    static final int PIECE = 1_000;

    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_TEXT = 4000;

    private final JdbcClient jdbc;
    private final Clock clock;

    AuditLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Writes one entry in the caller's transaction, so that an act and its record stand or fall together.
     *
     * @param action short verb phrase in English, for example {@code card.issue}; shown translated where a message exists
     * @param subject cut off at 200 characters, as before and after are at 4000: no act fails because its record is long
     */
    @Transactional(propagation = Propagation.REQUIRED)
    public void record(CommunityId community, Actor actor, String action, String subject, String before, String after) {
        Head head = lockHead(community);
        AuditEntry entry = new AuditEntry(
                community,
                head.number() + 1,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                actor,
                action,
                fitting(subject, LONGEST_SUBJECT),
                fitting(before, LONGEST_TEXT),
                fitting(after, LONGEST_TEXT));
        byte[] hash = HashChain.next(head.hash(), canonical(entry));
        insert(entry, hash);
        jdbc.sql("update audit_head set number = ?, hash = ? where community_id = ?")
                .params(entry.number(), hash, community.value())
                .update();
    }

    /** Without NUL, which PostgreSQL does not store, and cut off with a mark; never in the middle of a character. */
    private static String fitting(String text, int longest) {
        String clean = text.replace('\0', '\uFFFD');
        if (clean.length() <= longest) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return clean.substring(0, end) + '…';
    }

    private Head lockHead(CommunityId community) {
        return head(community, " for update").orElseGet(() -> firstHead(community));
    }

    private Optional<Head> head(CommunityId community, String lock) {
        return jdbc.sql("select number, hash from audit_head where community_id = ?" + lock)
                .param(community.value())
                .query((row, n) -> new Head(row.getLong(1), row.getBytes(2)))
                .optional();
    }

    private Head firstHead(CommunityId community) {
        jdbc.sql("insert into audit_head (community_id, number, hash) values (?, 0, ?)")
                .params(community.value(), BEFORE_THE_FIRST)
                .update();
        return new Head(0, BEFORE_THE_FIRST);
    }

    private void insert(AuditEntry entry, byte[] hash) {
        jdbc.sql("insert into audit_entry (community_id, number, made_at, actor, action, subject, before_text,"
                        + " after_text, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        entry.community().value(),
                        entry.number(),
                        OffsetDateTime.ofInstant(entry.at(), ZoneOffset.UTC),
                        entry.actor().name(),
                        entry.action(),
                        entry.subject(),
                        entry.before(),
                        entry.after(),
                        hash)
                .update();
    }

    /** The newest entries first, below {@code before} (exclusive) when given. */
    public List<AuditEntry> newest(CommunityId community, OptionalLong before, int limit) {
        return newest(community, before, "", limit);
    }

    /**
     * As {@link #newest(CommunityId, OptionalLong, int)}.
     *
     * @param who name of the actor, empty = everybody
     */
    public List<AuditEntry> newest(CommunityId community, OptionalLong before, String who, int limit) {
        return jdbc.sql("select * from audit_entry where community_id = ? and number < ? and (? = '' or actor = ?)"
                        + " order by number desc limit ?")
                .params(community.value(), before.orElse(Long.MAX_VALUE), who, who, limit)
                .query((row, n) -> entry(row))
                .list();
    }

    /**
     * What a reading of the whole chain found (审计核对).
     *
     * @param entries that are there and agree
     * @param hash of the last of them, hex: to be kept elsewhere, where whoever owns the database cannot change it
     * @param brokenAt number of the first entry that does not agree or is missing, 0 = whole
     */
    public record Check(long entries, String hash, long brokenAt) {
        public boolean whole() {
            return brokenAt == 0;
        }
    }

    /** Reads the whole chain of a community; entries that are made meanwhile are not looked at. */
    public Check check(CommunityId community) {
        long most = jdbc.sql("select coalesce(max(number), 0) from audit_entry where community_id = ?")
                .param(community.value())
                .query(Long.class)
                .single();
        Head head = head(community, "").orElse(new Head(0, BEFORE_THE_FIRST));
        byte[] hash = BEFORE_THE_FIRST;
        long good = 0;
        List<Hashed> piece = piece(community, good);
        while (good < head.number() && !piece.isEmpty()) {
            for (Hashed row : piece) {
                byte[] next = HashChain.next(hash, canonical(row.entry()));
                if (row.entry().number() != good + 1 || !MessageDigest.isEqual(next, row.hash())) {
                    return new Check(good, Hex.of(hash), good + 1);
                }
                hash = next;
                good++;
                if (good == head.number()) {
                    break;
                }
            }
            piece = piece(community, good);
        }
        boolean ends = good == head.number() && head.number() >= most && MessageDigest.isEqual(hash, head.hash());
        return new Check(good, Hex.of(hash), ends ? 0 : good + 1);
    }

    /** The number of the first entry that does not agree, or empty when the chain is whole. */
    OptionalLong firstBroken(CommunityId community) {
        Check check = check(community);
        return check.whole() ? OptionalLong.empty() : OptionalLong.of(check.brokenAt());
    }

    private List<Hashed> piece(CommunityId community, long behind) {
        return jdbc.sql("select * from audit_entry where community_id = ? and number > ? order by number limit "
                        + PIECE)
                .params(community.value(), behind)
                .query((row, n) -> new Hashed(entry(row), row.getBytes("hash")))
                .list();
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                new CommunityId(row.getInt("community_id")),
                row.getLong("number"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                new Actor(row.getString("actor")),
                row.getString("action"),
                row.getString("subject"),
                row.getString("before_text"),
                row.getString("after_text"));
    }

    /** UTF-8, fields joined by the unit separator 1F: number, milliseconds of micro precision, actor, action, subject, before, after. */
    private static byte[] canonical(AuditEntry entry) {
        Instant at = entry.at();
        return String.join(
                        "\u001f",
                        Long.toString(entry.number()),
                        at.toString(),
                        entry.actor().name(),
                        entry.action(),
                        entry.subject(),
                        entry.before(),
                        entry.after())
                .getBytes(StandardCharsets.UTF_8);
    }

    private record Head(long number, byte[] hash) {}

    private record Hashed(AuditEntry entry, byte[] hash) {}
}
