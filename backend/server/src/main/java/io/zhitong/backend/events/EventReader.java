package io.zhitong.backend.events;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.JournalRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the event store in its order (读取事件). */
@Component
public class EventReader {
    private static final String COLUMNS = "select position, received_at, record from device_event";

    private final JdbcClient jdbc;

    EventReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Events after a position, ascending; complete, because positions become visible in their order. */
    public List<StoredEvent> after(CommunityId community, long position, int limit) {
        return jdbc.sql(COLUMNS + " where community_id = ? and position > ? order by position limit ?")
                .params(community.value(), position, limit)
                .query((row, n) -> event(row))
                .list();
    }

    /** Events before a position, newest first. */
    public List<StoredEvent> before(CommunityId community, long position, int limit) {
        return jdbc.sql(COLUMNS + " where community_id = ? and position < ? order by position desc limit ?")
                .params(community.value(), position, limit)
                .query((row, n) -> event(row))
                .list();
    }

    /** The newest position, 0 when there is none. */
    public long newest(CommunityId community) {
        return jdbc.sql("select coalesce(max(position), 0) from device_event where community_id = ?")
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
