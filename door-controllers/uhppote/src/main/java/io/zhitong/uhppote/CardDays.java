package io.zhitong.uhppote;

import io.zhitong.accessmodel.Validity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Whole days for a validity in seconds (有效期取整): a board knows days only, both included. A day the validity begins or ends in is
 * given only while it is that day and the validity holds; the plan is made anew when it begins or ends.
 *
 * @param days nothing if the card is not on the board now
 * @param next when that changes
 */
record CardDays(Optional<Days> days, Instant next) {

    /** First and last day. */
    record Days(LocalDate from, LocalDate to) {}

    private static final LocalDate EVER = LocalDate.of(2000, 1, 1);
    static final LocalDate END = LocalDate.of(2099, 12, 31);

    static CardDays of(Validity validity, ZoneId zone, Instant now) {
        if (!validity.begun(now)) {
            return new CardDays(Optional.empty(), Instant.ofEpochSecond(validity.fromSecond()));
        }
        if (validity.ended(now)) {
            return new CardDays(Optional.empty(), Instant.MAX);
        }
        LocalDate from = validity.fromSecond() == 0
                ? EVER
                : Instant.ofEpochSecond(validity.fromSecond()).atZone(zone).toLocalDate();
        if (validity.untilSecond() == Long.MAX_VALUE) {
            return new CardDays(Optional.of(new Days(from, END)), Instant.MAX);
        }
        return ending(from, Instant.ofEpochSecond(validity.untilSecond()), zone, now);
    }

    private static CardDays ending(LocalDate from, Instant until, ZoneId zone, Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate lastDay = until.atZone(zone).toLocalDate();
        Instant lastMorning = lastDay.atStartOfDay(zone).toInstant();
        if (until.equals(lastMorning)) {
            return given(from, lastDay.minusDays(1), until);
        }
        return today.equals(lastDay) ? given(from, lastDay, until) : given(from, lastDay.minusDays(1), lastMorning);
    }

    private static CardDays given(LocalDate from, LocalDate to, Instant next) {
        return new CardDays(to.isBefore(from) ? Optional.empty() : Optional.of(new Days(from, to)), next);
    }
}
