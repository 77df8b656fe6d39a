package io.zhitong.backend.access;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A day on which both policies are asked (试算日).
 *
 * @param kind 1 Monday … 7 Sunday, {@link #HOLIDAY}, or {@link #THIS_DAY}: only this date, a holiday in one of the two policies
 */
public record WhatIfDay(int kind, LocalDate date) {
    public static final int HOLIDAY = 8;
    public static final int THIS_DAY = 9;
    private static final int WEEK = 7;
    private static final int MOST_DATES = 40;

    /** An ordinary day of each weekday from tomorrow on, a day that both keep as a holiday, days that only one does. */
    static List<WhatIfDay> of(LocalDate today, Set<LocalDate> before, Set<LocalDate> after) {
        List<WhatIfDay> days = new ArrayList<>();
        for (int ahead = 1; ahead <= WEEK; ahead++) {
            LocalDate date = today.plusDays(ahead);
            while (before.contains(date) || after.contains(date)) {
                date = date.plusWeeks(1);
            }
            days.add(new WhatIfDay(date.getDayOfWeek().getValue(), date));
        }
        days.sort((one, other) -> Integer.compare(one.kind, other.kind));
        TreeSet<LocalDate> both = new TreeSet<>(before);
        both.retainAll(after);
        both.tailSet(today, false).stream().limit(1).forEach(date -> days.add(new WhatIfDay(HOLIDAY, date)));
        TreeSet<LocalDate> one = new TreeSet<>(before);
        one.addAll(after);
        one.removeAll(both);
        one.tailSet(today, false).stream().limit(MOST_DATES).forEach(date -> days.add(new WhatIfDay(THIS_DAY, date)));
        return List.copyOf(days);
    }
}
