package io.zhitong.uhppote.message;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Set;

/** Seven bytes Monday to Sunday, 01 = on that day (星期). */
final class Weekdays {

    private Weekdays() {}

    static Frame write(Frame out, int at, Set<DayOfWeek> days) {
        days.forEach(day -> out.flag(at + day.ordinal(), true));
        return out;
    }

    static Set<DayOfWeek> read(Frame in, int at) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (in.flag(at + day.ordinal())) {
                days.add(day);
            }
        }
        return days;
    }
}
