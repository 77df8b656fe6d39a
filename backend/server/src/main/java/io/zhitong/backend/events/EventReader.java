package io.zhitong.backend.events;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the event store in its order (读取事件). */
@Component
public class EventReader {
    private static final String COLUMNS = "select position, received_at, record from device_event";

    /** Positions looked at first, for each event that is wanted. */
    private static final int AROUND = 20;

    private final JdbcClient jdbc;

    EventReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Events after a position, ascending; complete, because positions become visible in their order. */
    public List<StoredEvent> after(CommunityId community, long position, int limit) {
        return jdbc.sql(COLUMNS + " where community_id = ? and position > ? and received_day >= ?"
                        + " order by position limit ?")
                .params(community.value(), position, dayAt(community, position + 1), limit)
                .query((row, n) -> event(row))
                .list();
    }

    /** One event. */
    public Optional<StoredEvent> at(CommunityId community, long position) {
        return position < 1 || position > newest(community)
                ? Optional.empty()
                : after(community, position - 1, 1).stream()
                        .filter(event -> event.position() == position)
                        .findFirst();
    }

    /** A record of the journal of this one, received before it; looked for first on its day and the day before. */
    public Optional<StoredEvent> earlier(StoredEvent event, long sequence) {
        LocalDate day = LocalDate.ofInstant(event.received(), ZoneOffset.UTC);
        return earlier(event, sequence, day.minusDays(1)).or(() -> earlier(event, sequence, LocalDate.EPOCH));
    }

    private Optional<StoredEvent> earlier(StoredEvent event, long sequence, LocalDate since) {
        return jdbc.sql(COLUMNS + " where community_id = ? and device_number = ? and journal = ? and sequence = ?"
                        + " and position < ? and received_day >= ? order by position limit 1")
                .params(
                        event.record().community().value(),
                        event.record().device().value(),
                        event.record().journal().value(),
                        sequence,
                        event.position(),
                        since)
                .query((row, n) -> event(row))
                .optional();
    }

    /** Days follow positions: what lies at or behind the position was received on this day or later. */
    private LocalDate dayAt(CommunityId community, long position) {
        return jdbc.sql("select coalesce(max(received_day), date '1970-01-01') from event_day"
                        + " where community_id = ? and first_position <= ?")
                .params(community.value(), position)
                .query(LocalDate.class)
                .single();
    }

    /** Events before a position, newest first. */
    public List<StoredEvent> before(CommunityId community, long position, int limit) {
        return before(community, position, limit, day -> before(community, position, limit, day));
    }

    private List<StoredEvent> before(CommunityId community, long position, int limit, LocalDate since) {
        return jdbc.sql(COLUMNS + " where community_id = ? and position < ? and received_day >= ?"
                        + " order by position desc limit ?")
                .params(community.value(), position, since, limit)
                .query((row, n) -> event(row))
                .list();
    }

    /** As {@link #before(CommunityId, long, int)}, of some kinds only. */
    public List<StoredEvent> before(CommunityId community, long position, Set<EventKind> kinds, int limit) {
        return before(community, position, limit, day -> before(community, position, kinds, limit, day));
    }

    private List<StoredEvent> before(
            CommunityId community, long position, Set<EventKind> kinds, int limit, LocalDate since) {
        return jdbc.sql(COLUMNS + " where community_id = :community and position < :position"
                        + " and received_day >= :since and kind in (:kinds) order by position desc limit :limit")
                .param("community", community.value())
                .param("position", position)
                .param("since", since)
                .param("kinds", codes(kinds))
                .param("limit", limit)
                .query((row, n) -> event(row))
                .list();
    }

    /** First in the days around the position, and in all of them only when these do not hold enough. */
    private List<StoredEvent> before(
            CommunityId community, long position, int limit, Function<LocalDate, List<StoredEvent>> since) {
        long from = Math.min(position, newest(community)) - (long) AROUND * limit;
        List<StoredEvent> near = since.apply(dayAt(community, Math.max(1, from)));
        return near.size() == limit || from <= 1 ? near : since.apply(LocalDate.EPOCH);
    }

    /** How many of these kinds have been received since then. */
    public long count(CommunityId community, Instant since, Set<EventKind> kinds) {
        LocalDate day = LocalDate.ofInstant(since, ZoneOffset.UTC);
        return jdbc.sql("select count(*) from device_event where community_id = :community and received_at >= :since"
                        + " and received_day >= :day and kind in (:kinds) and position >= (select"
                        + " coalesce(min(first_position), 0) from event_day"
                        + " where community_id = :community and received_day >= :day)")
                .param("community", community.value())
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("day", day)
                .param("kinds", codes(kinds))
                .query(Long.class)
                .single();
    }

    /** How many of a kind have been received from some devices in that time, its end excluded. */
    public long count(CommunityId community, Instant from, Instant until, EventKind kind, Set<DeviceId> devices) {
        if (devices.isEmpty()) {
            return 0;
        }
        return jdbc.sql("select count(*) from device_event where community_id = :community and received_at >= :from"
                        + " and received_at < :until and received_day >= :first and received_day <= :last"
                        + " and kind = :kind and device_number in (:devices)")
                .param("community", community.value())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("first", LocalDate.ofInstant(from, ZoneOffset.UTC))
                .param("last", LocalDate.ofInstant(until, ZoneOffset.UTC))
                .param("kind", kind.code())
                .param("devices", devices.stream().map(DeviceId::value).toList())
                .query(Long.class)
                .single();
    }

    /** How many of all kinds have been received in that time, its end excluded. */
    public long count(CommunityId community, Instant from, Instant until) {
        return jdbc.sql("select count(*) from device_event where community_id = :community and received_at >= :from"
                        + " and received_at < :until and received_day >= :first and received_day <= :last")
                .param("community", community.value())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("first", LocalDate.ofInstant(from, ZoneOffset.UTC))
                .param("last", LocalDate.ofInstant(until, ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    private static List<Integer> codes(Set<EventKind> kinds) {
        return kinds.stream().map(EventKind::code).sorted().toList();
    }

    /** The newest position, 0 when there is none. */
    public long newest(CommunityId community) {
        return jdbc.sql("select coalesce(max(position), 0) from event_order where community_id = ?")
                .param(community.value())
                .query(Long.class)
                .single();
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                JournalRecord.decode(row.getBytes(3)));
    }
}
