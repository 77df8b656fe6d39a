package io.zhitong.backend.access.web;

import io.zhitong.accessmodel.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Windows and floors as people type them (时段与楼层的写法): {@code 12345 08:00-18:00}, days 1 Monday … 7 Sunday, H holidays, one
 * window a line or behind a comma; floors {@code 1-18, 20}.
 */
final class TypedHours {
    private static final Pattern WINDOW =
            Pattern.compile("([1-7]*H?)\\s+([0-2]?[0-9]):([0-5][0-9])\\s*[-–]\\s*([0-2]?[0-9]):([0-5][0-9])");
    private static final Pattern FLOORS = Pattern.compile("([0-9]{1,3})(?:\\s*-\\s*([0-9]{1,3}))?");
    private static final int HOUR = 60;

    private TypedHours() {}

    /** @throws IllegalArgumentException for what is no window */
    static List<Schedule.Window> windows(String typed) {
        List<Schedule.Window> windows = new ArrayList<>();
        for (String line : typed.split("[\\n,，;；]", -1)) {
            if (!line.isBlank()) {
                windows.add(window(line.strip()));
            }
        }
        return windows.stream().distinct().toList();
    }

    private static Schedule.Window window(String line) {
        Matcher match = WINDOW.matcher(line);
        if (!match.matches()) {
            throw new IllegalArgumentException("a window is like 12345 08:00-18:00");
        }
        int days = 0;
        for (char day : match.group(1).toCharArray()) {
            days |= day == 'H' ? Schedule.Window.HOLIDAY : 1 << (day - '1');
        }
        return new Schedule.Window(
                days, minute(match.group(2), match.group(3)), minute(match.group(4), match.group(5)));
    }

    private static int minute(String hour, String minute) {
        return Integer.parseInt(hour) * HOUR + Integer.parseInt(minute);
    }

    /** As {@link #windows} reads them, one a line. */
    static String words(Schedule schedule) {
        List<String> lines = new ArrayList<>();
        for (Schedule.Window window : schedule.windows()) {
            StringBuilder days = new StringBuilder();
            for (int day = 0; day < 7; day++) {
                if ((window.days() >> day & 1) == 1) {
                    days.append(day + 1);
                }
            }
            days.append((window.days() & Schedule.Window.HOLIDAY) == 0 ? "" : "H");
            lines.add(days + " " + clock(window.fromMinute()) + "-" + clock(window.toMinute()));
        }
        return String.join("\n", lines);
    }

    static String clock(int minute) {
        return "%02d:%02d".formatted(minute / HOUR, minute % HOUR);
    }

    /** @throws IllegalArgumentException for what is no floor */
    static List<Integer> floors(String typed) {
        List<Integer> floors = new ArrayList<>();
        for (String part : typed.split("[,，\\s]+", -1)) {
            if (!part.isBlank()) {
                Matcher match = FLOORS.matcher(part);
                if (!match.matches()) {
                    throw new IllegalArgumentException("floors are like 1-18,20");
                }
                int from = Integer.parseInt(match.group(1));
                int to = match.group(2) == null ? from : Integer.parseInt(match.group(2));
                for (int floor = from; floor <= to; floor++) {
                    floors.add(floor);
                }
            }
        }
        return floors;
    }
}
