package io.zhitong.backend.events;

import io.zhitong.backend.foundation.DatabaseKind;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The partitions of {@code device_event}, one a day of receipt (按日分区), on PostgreSQL; on H2 it is one table and nothing is
 * done here. The application owns no table: functions of the owner do the work and check what is asked. Thread-safe.
 */
@Component
class EventDays {
    /** Days whose partitions stand ready. */
    static final int AHEAD = 7;

    private final DatabaseKind kind;
    private final JdbcClient jdbc;
    private final Set<LocalDate> open = ConcurrentHashMap.newKeySet();

    EventDays(DatabaseKind kind, JdbcClient jdbc) {
        this.kind = kind;
        this.jdbc = jdbc;
    }

    /** Makes the day's partition if it is missing. */
    void open(LocalDate day) {
        if (kind == DatabaseKind.PG && !open.contains(day)) {
            jdbc.sql("select event_day_open(?)").param(day).query(Boolean.class).single();
            open.add(day);
        }
    }

    void openAhead(LocalDate today) {
        open.removeIf(day -> day.isBefore(today));
        for (int days = 0; days <= AHEAD; days++) {
            open(today.plusDays(days));
        }
    }

    /**
     * Drops the plain records of days before {@code first} and keeps the others of these days.
     *
     * @return the days that were thinned out
     */
    List<LocalDate> thinOut(LocalDate first) {
        if (kind != DatabaseKind.PG) {
            return List.of();
        }
        List<LocalDate> due = jdbc.sql("select day from event_days() where not thinned and day < ? order by day")
                .param(first)
                .query(LocalDate.class)
                .list();
        due.forEach(day -> jdbc.sql("select event_day_thin_out(?)")
                .param(day)
                .query(Long.class)
                .single());
        return due;
    }
}
