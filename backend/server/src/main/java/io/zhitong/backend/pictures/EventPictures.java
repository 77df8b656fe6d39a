package io.zhitong.backend.pictures;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PictureTaken;
import io.zhitong.backend.events.EventConsumer;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which picture belongs to which event (抓拍索引), read from the records in which devices name them. */
@Component
public class EventPictures implements EventConsumer {
    private static final String COLUMNS =
            "select community_id, position, event_position, device_number, taken_millis, name, length"
                    + " from event_picture where community_id = ?";

    private final JdbcClient jdbc;
    private final EventReader events;

    EventPictures(JdbcClient jdbc, EventReader events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    @Override
    public String name() {
        return "pictures";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.PICTURE_TAKEN);
    }

    @Override
    public void consume(CommunityId community, List<StoredEvent> taken) {
        taken.forEach(event -> told(event.record()).ifPresent(picture -> insert(event, picture)));
    }

    /** A body that this version cannot read names no picture. */
    private static Optional<PictureTaken> told(JournalRecord record) {
        try {
            return Optional.of(PictureTaken.decode(record.body().toByteArray()));
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    private void insert(StoredEvent event, PictureTaken picture) {
        long shown = events.earlier(event, picture.sequence())
                .map(StoredEvent::position)
                .orElse(event.position());
        jdbc.sql("insert into event_picture (community_id, position, event_position, device_number, taken_millis, name,"
                        + " length) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        event.record().community().value(),
                        event.position(),
                        shown,
                        event.record().device().value(),
                        event.happened().toEpochMilli(),
                        picture.name().toByteArray(),
                        picture.length())
                .update();
    }

    /** All of one event, the first one first. */
    public List<EventPicture> of(CommunityId community, long event) {
        return jdbc.sql(COLUMNS + " and event_position = ? order by position")
                .params(community.value(), event)
                .query((row, n) -> picture(row))
                .list();
    }

    /** Which of these events have a picture. */
    public Set<Long> among(CommunityId community, Collection<Long> events) {
        return events.isEmpty()
                ? Set.of()
                : jdbc.sql("select event_position from event_picture where community_id = :community"
                                + " and event_position in (:events)")
                        .param("community", community.value())
                        .param("events", events)
                        .query(Long.class)
                        .set();
    }

    /** Before a position, the newest first. */
    public List<EventPicture> before(CommunityId community, long position, int limit) {
        return jdbc.sql(COLUMNS + " and position < ? order by position desc limit ?")
                .params(community.value(), position, limit)
                .query((row, n) -> picture(row))
                .list();
    }

    Optional<EventPicture> at(CommunityId community, long position) {
        return jdbc.sql(COLUMNS + " and position = ?")
                .params(community.value(), position)
                .query((row, n) -> picture(row))
                .optional();
    }

    private static EventPicture picture(ResultSet row) throws SQLException {
        return new EventPicture(
                row.getLong(2),
                row.getLong(3),
                new DeviceAddress(new CommunityId(row.getInt(1)), new DeviceId(row.getLong(4))),
                Instant.ofEpochMilli(row.getLong(5)),
                Octets.of(row.getBytes(6)),
                row.getInt(7));
    }
}
