package io.zhitong.backend.events;

import static io.zhitong.backend.events.EventStore.utc;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.smcrypto.MalformedInput;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what is missing from journals and what contradicts them, newest first, page by page (缺号查询). Thread-safe. */
@Component
public class GapQuery {
    private final JdbcClient jdbc;

    GapQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which gaps are wanted.
     *
     * @param device empty for all
     * @param declared empty for both
     */
    public record Wanted(Optional<DeviceId> device, Optional<Boolean> declared) {
        public static final Wanted ALL = new Wanted(Optional.empty(), Optional.empty());
    }

    /**
     * How many there are in all.
     *
     * @param unexplained gaps that no device declared
     * @param missing numbers in these
     * @param declared gaps that a device declared
     * @param conflicts records that contradict
     */
    public record Totals(long unexplained, long missing, long declared, long conflicts) {}

    /** The place of a gap in the order of the pages: the next page begins behind it. */
    public record Place(Instant noticed, DeviceId device, JournalId journal, long first) {
        private static final Pattern TEXT = Pattern.compile("(\\d{1,17})-([1-9]\\d{0,9})-([0-9A-F]{16})-(\\d{1,18})");

        public static Place of(JournalGap gap) {
            return new Place(gap.noticed(), gap.device(), gap.journal(), gap.first());
        }

        /** @throws MalformedInput when it is not what {@link #toString} wrote */
        public static Place parse(String text) {
            Matcher parts = TEXT.matcher(text);
            if (!parts.matches()
                    || Long.parseLong(parts.group(2)) > 0xFFFF_FFFFL
                    || Long.parseUnsignedLong(parts.group(3), 16) == 0) {
                throw new MalformedInput("expected a place in the list of gaps");
            }
            return new Place(
                    Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS),
                    new DeviceId(Long.parseLong(parts.group(2))),
                    new JournalId(Long.parseUnsignedLong(parts.group(3), 16)),
                    Long.parseLong(parts.group(4)));
        }

        @Override
        public String toString() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, noticed) + "-" + device.value() + "-" + journal + "-"
                    + first;
        }
    }

    public Totals totals(CommunityId community) {
        return jdbc.sql("select sum(case when declared then 0 else 1 end),"
                        + " sum(case when declared then 0 else last_sequence - first_sequence + 1 end),"
                        + " sum(case when declared then 1 else 0 end),"
                        + " (select count(*) from event_conflict where community_id = :community)"
                        + " from event_gap where community_id = :community")
                .param("community", community.value())
                .query((row, n) -> new Totals(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .single();
    }

    /** Gaps behind a place, newest first. */
    public List<JournalGap> gaps(CommunityId community, Wanted wanted, Optional<Place> behind, int limit) {
        String sql = "select device_number, journal, first_sequence, last_sequence, declared, noticed_at from event_gap"
                + " where community_id = :community"
                + wanted.device().map(d -> " and device_number = :device").orElse("")
                + wanted.declared().map(d -> " and declared = :declared").orElse("")
                + behind.map(b -> " and (noticed_at, device_number, journal, first_sequence) < (:at, :of, :in, :from)")
                        .orElse("")
                + " order by noticed_at desc, device_number desc, journal desc, first_sequence desc limit :limit";
        JdbcClient.StatementSpec query =
                jdbc.sql(sql).param("community", community.value()).param("limit", limit);
        wanted.device().ifPresent(device -> query.param("device", device.value()));
        wanted.declared().ifPresent(declared -> query.param("declared", declared));
        behind.ifPresent(place -> query.param("at", utc(place.noticed()))
                .param("of", place.device().value())
                .param("in", place.journal().value())
                .param("from", place.first()));
        return query.query((row, n) -> new JournalGap(
                        new DeviceId(row.getLong(1)),
                        new JournalId(row.getLong(2)),
                        row.getLong(3),
                        row.getLong(4),
                        row.getBoolean(5),
                        row.getObject(6, OffsetDateTime.class).toInstant()))
                .list();
    }

    /**
     * The newest places where a device began a new journal, newest first (日志中断): hardware was replaced or lost its memory. What
     * the old journal held beyond its watermark did not come and will not.
     */
    public List<JournalBreak> breaks(CommunityId community, Optional<DeviceId> device, int limit) {
        String sql = "select device_number, journal, before, reached, opened_at, (select max(e.received_at)"
                + " from device_event e where e.community_id = :community and e.device_number = j.device_number"
                + " and e.journal = j.before and e.sequence = j.reached) from (select device_number, journal, opened_at,"
                + " lag(journal) over (partition by device_number order by opened_at, journal) as before,"
                + " lag(sequence) over (partition by device_number order by opened_at, journal) as reached"
                + " from device_journal where community_id = :community"
                + device.map(d -> " and device_number = :device").orElse("")
                + ") j where before is not null order by opened_at desc, device_number limit :limit";
        JdbcClient.StatementSpec query =
                jdbc.sql(sql).param("community", community.value()).param("limit", limit);
        device.ifPresent(of -> query.param("device", of.value()));
        return query.query((row, n) -> new JournalBreak(
                        new DeviceId(row.getLong(1)),
                        new JournalId(row.getLong(3)),
                        row.getLong(4),
                        Optional.ofNullable(row.getObject(6, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                        new JournalId(row.getLong(2)),
                        row.getObject(5, OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Conflicts before one of them, newest first. */
    public List<JournalConflict> conflicts(
            CommunityId community, Optional<DeviceId> device, Optional<UUID> before, int limit) {
        String sql = "select id, device_number, journal, sequence, reason, noticed_at from event_conflict"
                + " where community_id = :community"
                + device.map(d -> " and device_number = :device").orElse("")
                + before.map(b -> " and id < :before").orElse("") + " order by id desc limit :limit";
        JdbcClient.StatementSpec query =
                jdbc.sql(sql).param("community", community.value()).param("limit", limit);
        device.ifPresent(of -> query.param("device", of.value()));
        before.ifPresent(id -> query.param("before", id));
        return query.query((row, n) -> new JournalConflict(
                        row.getObject(1, UUID.class),
                        new DeviceId(row.getLong(2)),
                        new JournalId(row.getLong(3)),
                        row.getLong(4),
                        Conflict.valueOf(row.getString(5)),
                        row.getObject(6, OffsetDateTime.class).toInstant()))
                .list();
    }
}
