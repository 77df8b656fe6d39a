package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.FrameException.Reason.VALUE;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;

/**
 * Dates and times as two decimal digits a byte (压缩BCD): date yyyy mm dd, time of a day hh mm, moment date and hh mm ss.
 *
 * <p>"No date" is 00000000; boards also answer 20000000 (year 2000, month and day 0) where they hold none: uhppoted-lib-python,
 * tests/uhppoted/test_decode.py.
 */
final class Bcd {

    private Bcd() {}

    static void put(byte[] frame, int at, int value, int width) {
        int rest = value;
        for (int i = width - 1; i >= 0; i--) {
            frame[at + i] = (byte) (rest / 10 % 10 << 4 | rest % 10);
            rest /= 100;
        }
    }

    /** @throws FrameException VALUE if a digit is above 9 */
    static int get(byte[] frame, int at, int width) {
        int value = 0;
        for (int i = at; i < at + width; i++) {
            int high = frame[i] >> 4 & 0xF;
            int low = frame[i] & 0xF;
            FrameException.require(high <= 9 && low <= 9, VALUE, "decimal digits");
            value = value * 100 + high * 10 + low;
        }
        return value;
    }

    static void putDate(byte[] frame, int at, Optional<LocalDate> date) {
        date.ifPresent(day -> {
            FrameException.range(day.getYear(), 0, 9999, "a year");
            put(frame, at, day.getYear(), 2);
            put(frame, at + 2, day.getMonthValue(), 1);
            put(frame, at + 3, day.getDayOfMonth(), 1);
        });
    }

    static Optional<LocalDate> date(byte[] frame, int at) {
        int year = get(frame, at, 2);
        int month = get(frame, at + 2, 1);
        int day = get(frame, at + 3, 1);
        return month == 0 && day == 0 ? Optional.empty() : Optional.of(day(year, month, day));
    }

    static void putMoment(byte[] frame, int at, Optional<LocalDateTime> moment) {
        putDate(frame, at, moment.map(LocalDateTime::toLocalDate));
        moment.ifPresent(each -> putTime(frame, at + 4, each.toLocalTime()));
    }

    /** Nothing where the date is "no date". */
    static Optional<LocalDateTime> moment(byte[] frame, int at) {
        return date(frame, at).map(day -> day.atTime(time(frame, at + 4)));
    }

    static void putTime(byte[] frame, int at, LocalTime time) {
        put(frame, at, time.getHour(), 1);
        put(frame, at + 1, time.getMinute(), 1);
        put(frame, at + 2, time.getSecond(), 1);
    }

    static LocalTime time(byte[] frame, int at) {
        return time(get(frame, at, 1), get(frame, at + 1, 1), get(frame, at + 2, 1));
    }

    static void putMinute(byte[] frame, int at, LocalTime time) {
        put(frame, at, time.getHour(), 1);
        put(frame, at + 1, time.getMinute(), 1);
    }

    static LocalTime minute(byte[] frame, int at) {
        return time(get(frame, at, 1), get(frame, at + 1, 1), 0);
    }

    /** Two digits of the year only: 2000 … 2099. */
    static Optional<LocalDate> shortDate(byte[] frame, int at) {
        int month = get(frame, at + 1, 1);
        int day = get(frame, at + 2, 1);
        return month == 0 && day == 0 ? Optional.empty() : Optional.of(day(2000 + get(frame, at, 1), month, day));
    }

    private static LocalDate day(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            throw new FrameException(VALUE, "a day of the calendar");
        }
    }

    private static LocalTime time(int hour, int minute, int second) {
        try {
            return LocalTime.of(hour, minute, second);
        } catch (DateTimeException e) {
            throw new FrameException(VALUE, "a time of the day");
        }
    }
}
