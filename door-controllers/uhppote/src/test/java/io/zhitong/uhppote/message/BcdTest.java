package io.zhitong.uhppote.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.smcrypto.Hex;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class BcdTest {

    @Test
    void no_date_is_eight_zeros() {
        byte[] four = new byte[4];
        Bcd.putDate(four, 0, Optional.empty());
        assertArrayEquals(new byte[4], four);
        assertEquals(Optional.empty(), Bcd.date(four, 0));
        assertEquals(Optional.empty(), Bcd.date(Hex.parse("20000000"), 0));
    }

    @Test
    void the_year_2100_has_no_29th_of_february() {
        assertEquals(Optional.of(LocalDate.of(2100, 2, 28)), Bcd.date(Hex.parse("21000228"), 0));
        assertEquals(Optional.of(LocalDate.of(2096, 2, 29)), Bcd.date(Hex.parse("20960229"), 0));
        refuses(() -> Bcd.date(Hex.parse("21000229"), 0));
        byte[] four = new byte[4];
        Bcd.putDate(four, 0, Optional.of(LocalDate.of(2100, 12, 31)));
        assertEquals("21001231", Hex.of(four));
    }

    @Test
    void a_day_or_month_alone_is_no_date_and_is_not_taken_for_none() {
        refuses(() -> Bcd.date(Hex.parse("20250100"), 0));
        refuses(() -> Bcd.date(Hex.parse("20250001"), 0));
        refuses(() -> Bcd.date(Hex.parse("20251301"), 0));
        refuses(() -> Bcd.date(Hex.parse("20250431"), 0));
    }

    @Test
    void hexadecimal_digits_are_refused() {
        refuses(() -> Bcd.date(Hex.parse("2025010a"), 0));
        refuses(() -> Bcd.date(Hex.parse("a0250101"), 0));
        refuses(() -> Bcd.time(Hex.parse("0a0000"), 0));
    }

    @Test
    void hours_end_at_23_and_minutes_and_seconds_at_59() {
        refuses(() -> Bcd.time(Hex.parse("240000"), 0));
        refuses(() -> Bcd.time(Hex.parse("236000"), 0));
        refuses(() -> Bcd.time(Hex.parse("235960"), 0));
        assertEquals("23:59:59", Bcd.time(Hex.parse("235959"), 0).toString());
    }

    @Test
    void a_year_of_five_digits_is_refused() {
        refuses(() -> Bcd.putDate(new byte[4], 0, Optional.of(LocalDate.of(10_000, 1, 1))));
    }

    @Test
    void a_status_has_two_digits_of_the_year() {
        assertEquals(Optional.of(LocalDate.of(2099, 12, 31)), Bcd.shortDate(Hex.parse("991231"), 0));
        assertEquals(Optional.empty(), Bcd.shortDate(Hex.parse("000000"), 0));
    }

    @Property(tries = 300)
    void every_moment_comes_back(
            @ForAll @IntRange(min = 1, max = 9999) int year, @ForAll @LongRange(max = 31_535_999L) long second) {
        LocalDateTime moment = LocalDateTime.of(year, 1, 1, 0, 0).plusSeconds(second);
        byte[] seven = new byte[7];
        Bcd.putMoment(seven, 0, Optional.of(moment));
        assertEquals(Optional.of(moment), Bcd.moment(seven, 0));
        assertEquals(
                String.format("%04d%02d%02d", year, moment.getMonthValue(), moment.getDayOfMonth()),
                Hex.of(seven).substring(0, 8));
    }

    private static void refuses(org.junit.jupiter.api.function.Executable read) {
        assertEquals(
                FrameException.Reason.VALUE,
                assertThrows(FrameException.class, read).reason());
    }
}
