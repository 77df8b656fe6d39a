package io.zhitong.backend.wall;

import java.util.ArrayList;
import java.util.List;

/**
 * One event in words, as the wall shows it (事件行).
 *
 * @param position of the event, the stream's event id
 * @param time of day in the community's zone, HH:mm:ss
 * @param date ISO date in the community's zone
 * @param tone how it is to be read; the text says it too
 * @param what happened, for example 放行
 * @param where point or device
 * @param who holder or empty
 * @param detail reason, method, amount; may be empty
 * @param group whom it concerns
 * @param times how many equal technical events in a row the line stands for; position and time are the newest one's
 * @param decided whether it can be asked why it was decided so
 */
public record WallLine(
        long position,
        String time,
        String date,
        Tone tone,
        String what,
        String where,
        String who,
        String detail,
        WallGroup group,
        int times,
        boolean decided) {
    /** Newest first; equal technical events next to each other become one line. */
    public static List<WallLine> folded(List<WallLine> lines) {
        List<WallLine> folded = new ArrayList<>();
        for (WallLine line : lines) {
            int last = folded.size() - 1;
            if (last >= 0 && folded.get(last).swallows(line)) {
                folded.set(last, folded.get(last).oneMore());
            } else {
                folded.add(line);
            }
        }
        return List.copyOf(folded);
    }

    private boolean swallows(WallLine older) {
        return group == WallGroup.TECHNICAL
                && older.group == group
                && older.what.equals(what)
                && older.where.equals(where)
                && older.date.equals(date);
    }

    private WallLine oneMore() {
        return new WallLine(position, time, date, tone, what, where, who, detail, group, times + 1, decided);
    }

    /** Decides sign and colour. */
    public enum Tone {
        GRANTED,
        DENIED,
        ALARM,
        PAYMENT,
        PLAIN
    }
}
