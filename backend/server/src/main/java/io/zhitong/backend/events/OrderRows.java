package io.zhitong.backend.events;

import io.zhitong.accessmodel.CommunityId;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives out positions (位置发放). The community's row stays locked until the taker's transaction ends. A day of receipt never
 * goes back in the order of positions, whatever the clock does, so that {@code event_day} tells where each begins.
 */
@Component
final class OrderRows {
    private final JdbcClient jdbc;

    OrderRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Where rows go.
     *
     * @param first position of the first
     * @param day of receipt
     */
    record Place(long first, LocalDate day) {}

    private record Last(long position, LocalDate day) {}

    Place take(CommunityId community, int count, LocalDate today) {
        Last last = lock(community).orElseGet(() -> begin(community));
        Place place = new Place(last.position() + 1, today.isAfter(last.day()) ? today : last.day());
        jdbc.sql("update event_order set position = ?, received_day = ? where community_id = ?")
                .params(last.position() + count, place.day(), community.value())
                .update();
        if (!place.day().equals(last.day())) {
            jdbc.sql("insert into event_day (community_id, received_day, first_position) values (?, ?, ?)")
                    .params(community.value(), place.day(), place.first())
                    .update();
        }
        return place;
    }

    private Optional<Last> lock(CommunityId community) {
        return jdbc.sql("select position, received_day from event_order where community_id = ? for update")
                .param(community.value())
                .query((row, n) -> new Last(row.getLong(1), row.getObject(2, LocalDate.class)))
                .optional();
    }

    private Last begin(CommunityId community) {
        jdbc.sql(
                        "insert into event_order (community_id, position, received_day) values (?, 0, ?) on conflict do nothing")
                .params(community.value(), LocalDate.EPOCH)
                .update();
        return lock(community).orElseThrow();
    }
}
