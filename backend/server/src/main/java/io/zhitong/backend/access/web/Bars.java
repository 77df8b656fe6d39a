package io.zhitong.backend.access.web;

import io.zhitong.accessmodel.Schedule;
import io.zhitong.backend.access.WhatIf;
import io.zhitong.backend.access.WhatIfDay;
import java.util.ArrayList;
import java.util.List;

/** Hours of a week drawn as bars (时间条): eight rows, Monday to Sunday and holidays; a minute is one unit wide. */
final class Bars {
    private static final int ROW = 10;
    private static final int DAYS = 8;

    private Bars() {}

    /**
     * One bar.
     *
     * @param sign of what is gained or lost, {@code plain} where nothing is compared
     */
    record Bar(int x, int y, int width, String sign) {}

    static List<Bar> of(Schedule schedule) {
        List<Bar> bars = new ArrayList<>();
        for (Schedule.Window window : schedule.windows()) {
            for (int day = 0; day < DAYS; day++) {
                if ((window.days() >> day & 1) == 1) {
                    bars.add(new Bar(window.fromMinute(), day * ROW, window.toMinute() - window.fromMinute(), "plain"));
                }
            }
        }
        return bars;
    }

    /** Single dates are told in words only. */
    static List<Bar> of(WhatIf.Line line) {
        List<Bar> bars = new ArrayList<>();
        add(bars, line.gained(), "gained");
        add(bars, line.lost(), "lost");
        return bars;
    }

    private static void add(List<Bar> bars, List<WhatIf.Hours> hours, String sign) {
        hours.stream()
                .filter(each -> each.day().kind() != WhatIfDay.THIS_DAY)
                .map(each -> new Bar(each.from(), (each.day().kind() - 1) * ROW, each.to() - each.from(), sign))
                .forEach(bars::add);
    }
}
