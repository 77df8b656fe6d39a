package io.zhitong.decision;

import io.zhitong.accessmodel.Schedule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a schedule that does not hold now holds next (下次开放时刻). It can begin at the start of a window, at midnight, or where the wall clock jumps:
 * those instants are tried, day by day, for a little over a year (a window on 29 February's weekday included).
 */
final class NextOpening {

    private static final int DAYS = 400;

    private NextOpening() {}

    static Optional<Instant> of(Schedule schedule, Policy policy, Instant now) {
        LocalDate today = now.atZone(policy.zone()).toLocalDate();
        return Stream.iterate(today, day -> day.plusDays(1))
                .limit(DAYS)
                .flatMap(day -> candidates(schedule, day, policy.zone())
                        .filter(at -> !at.isBefore(now) && policy.holds(schedule, at))
                        .sorted()
                        .limit(1))
                .findFirst();
    }

    private static Stream<Instant> candidates(Schedule schedule, LocalDate day, ZoneId zone) {
        Stream<Instant> starts = schedule.windows().stream()
                .flatMap(window -> instants(day.atStartOfDay().plusMinutes(window.fromMinute()), zone));
        Instant begin = day.atStartOfDay(zone).toInstant();
        ZoneOffsetTransition jump = zone.getRules().nextTransition(begin);
        Stream<Instant> jumps = Stream.ofNullable(jump)
                .map(ZoneOffsetTransition::getInstant)
                .filter(at -> at.isBefore(day.plusDays(1).atStartOfDay(zone).toInstant()));
        return Stream.of(Stream.of(begin), starts, jumps).flatMap(at -> at);
    }

    /** None in the hour the clock skips, two in the hour it repeats. */
    private static Stream<Instant> instants(LocalDateTime local, ZoneId zone) {
        return zone.getRules().getValidOffsets(local).stream().map(local::toInstant);
    }
}
