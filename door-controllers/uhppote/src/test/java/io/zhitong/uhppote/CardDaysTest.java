package io.zhitong.uhppote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.Validity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CardDaysTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZONE).toInstant();
    }

    private static void days(Validity validity, String now, String from, String to, Instant next) {
        CardDays days = CardDays.of(validity, ZONE, at(now));
        assertEquals(Optional.of(new CardDays.Days(LocalDate.parse(from), LocalDate.parse(to))), days.days());
        assertEquals(next, days.next());
    }

    private static void none(Validity validity, String now, Instant next) {
        assertEquals(new CardDays(Optional.empty(), next), CardDays.of(validity, ZONE, at(now)));
    }

    @Test
    void a_validity_without_limits_is_the_longest_a_board_can_say() {
        days(Validity.ALWAYS, "2026-03-02T10:00", "2000-01-01", "2099-12-31", Instant.MAX);
    }

    @Test
    void whole_days_are_given_as_they_are_and_the_last_is_included() {
        Validity march = Validity.between(at("2026-03-01T00:00"), at("2026-04-01T00:00"));
        days(march, "2026-03-02T10:00", "2026-03-01", "2026-03-31", at("2026-04-01T00:00"));
        days(march, "2026-03-31T23:59", "2026-03-01", "2026-03-31", at("2026-04-01T00:00"));
        none(march, "2026-04-01T00:00", Instant.MAX);
    }

    @Test
    void nobody_is_on_the_board_before_the_validity_begins() {
        Validity afternoon = Validity.between(at("2026-03-02T14:00"), at("2026-03-05T00:00"));
        none(afternoon, "2026-03-02T13:59", at("2026-03-02T14:00"));
        days(afternoon, "2026-03-02T14:00", "2026-03-02", "2026-03-04", at("2026-03-05T00:00"));
    }

    @Test
    void the_day_a_validity_ends_in_is_given_on_that_day_alone_until_it_ends() {
        Validity noon = Validity.between(at("2026-03-01T00:00"), at("2026-03-04T12:00"));
        days(noon, "2026-03-03T23:59", "2026-03-01", "2026-03-03", at("2026-03-04T00:00"));
        days(noon, "2026-03-04T00:00", "2026-03-01", "2026-03-04", at("2026-03-04T12:00"));
        none(noon, "2026-03-04T12:00", Instant.MAX);
    }

    @Test
    void a_visitor_of_two_hours_is_on_the_board_for_two_hours() {
        Validity visit = Validity.between(at("2026-03-02T14:00"), at("2026-03-02T16:00"));
        none(visit, "2026-03-02T13:00", at("2026-03-02T14:00"));
        days(visit, "2026-03-02T15:00", "2026-03-02", "2026-03-02", at("2026-03-02T16:00"));
        none(visit, "2026-03-02T16:00", Instant.MAX);
    }

    @Test
    void a_visit_over_midnight_is_given_day_by_day() {
        Validity night = Validity.between(at("2026-03-02T22:00"), at("2026-03-03T06:00"));
        days(night, "2026-03-02T23:00", "2026-03-02", "2026-03-02", at("2026-03-03T00:00"));
        days(night, "2026-03-03T05:59", "2026-03-02", "2026-03-03", at("2026-03-03T06:00"));
    }
}
