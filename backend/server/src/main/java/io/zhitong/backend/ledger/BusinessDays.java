package io.zhitong.backend.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * To which business day an instant belongs (营业日): the calendar day of the community's zone, moved by its cut-off. A cut-off
 * before noon is late: what is earlier belongs to the day before. One from noon on is early: what is not earlier belongs
 * to the day after. Midnight moves nothing.
 */
public record BusinessDays(ZoneId zone, LocalTime cutOff) {
    public LocalDate dayOf(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        if (cutOff.isBefore(LocalTime.NOON)) {
            return local.toLocalTime().isBefore(cutOff) ? local.toLocalDate().minusDays(1) : local.toLocalDate();
        }
        return local.toLocalTime().isBefore(cutOff)
                ? local.toLocalDate()
                : local.toLocalDate().plusDays(1);
    }

    /** The instant at which the day is over. */
    public Instant endOf(LocalDate day) {
        LocalDate date = cutOff.isBefore(LocalTime.NOON) ? day.plusDays(1) : day;
        return ZonedDateTime.of(date, cutOff, zone).toInstant();
    }
}
