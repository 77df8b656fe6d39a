package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.time.LocalDateTime;
import java.util.List;

/**
 * When a right holds (时段), in the community's zone: id 2 ‖ n 1 ‖ n × (days 1 ‖ from minute 2 ‖ to minute 2), strictly
 * rising. On a holiday only windows with the holiday bit count.
 *
 * @param id 1 … 65535; 0 is the built-in {@link #ALWAYS}
 */
public record Schedule(int id, List<Window> windows) implements ListRecord {

    public static final int ALWAYS_ID = 0;

    /** Every minute of every day, holidays included; never sent. */
    public static final Schedule ALWAYS =
            new Schedule(ALWAYS_ID, List.of(new Window(Window.EVERY_DAY, 0, Window.MINUTES)));

    private static final int MAX_WINDOWS = 64;

    /**
     * Part of a day on some days (时间窗).
     *
     * @param days bit 0 Monday … bit 6 Sunday, bit 7 holidays
     * @param fromMinute minute of the day, included
     * @param toMinute minute of the day, excluded; at most 1440. A window over midnight is two windows
     */
    public record Window(int days, int fromMinute, int toMinute) implements Comparable<Window> {

        public static final int HOLIDAY = 0x80;
        public static final int EVERY_DAY = 0xFF;
        static final int MINUTES = 24 * 60;

        public Window {
            ModelException.require(days > 0 && days <= EVERY_DAY, ModelException.Reason.RANGE, "at least one day");
            ModelException.require(
                    fromMinute >= 0 && toMinute > fromMinute && toMinute <= MINUTES,
                    ModelException.Reason.RANGE,
                    "minutes from before to, at most 1440");
        }

        boolean holds(int day, int minute) {
            return (days & day) != 0 && minute >= fromMinute && minute < toMinute;
        }

        @Override
        public int compareTo(Window other) {
            return Long.compare(order(), other.order());
        }

        private long order() {
            return ((long) days << 32) | ((long) fromMinute << 16) | toMinute;
        }
    }

    public Schedule {
        windows = windows.stream().sorted().toList();
        ModelException.require(id >= 0 && id <= 0xFFFF, ModelException.Reason.RANGE, "a schedule id u16");
        ModelException.require(
                windows.size() <= MAX_WINDOWS, ModelException.Reason.LENGTH, "at most " + MAX_WINDOWS + " windows");
        ModelException.require(
                windows.stream().distinct().count() == windows.size(), ModelException.Reason.ORDER, "no window twice");
    }

    /** Whether the schedule holds at this local time. */
    public boolean holds(LocalDateTime local, boolean holiday) {
        int day = holiday ? Window.HOLIDAY : 1 << (local.getDayOfWeek().getValue() - 1);
        return holds(day, local.getHour() * 60 + local.getMinute());
    }

    /**
     * The same without making anything, for deciding.
     *
     * @param day one bit of {@link Window#days}
     * @param minute of the local day
     */
    public boolean holds(int day, int minute) {
        for (int i = 0; i < windows.size(); i++) { // an iterator would be one more object at every tap
            if (windows.get(i).holds(day, minute)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ListKind kind() {
        return ListKind.SCHEDULES;
    }

    @Override
    public byte[] canonical() {
        ByteWriter out = new ByteWriter().u16(id).u8(windows.size());
        windows.forEach(window -> out.u8(window.days()).u16(window.fromMinute()).u16(window.toMinute()));
        return out.toByteArray();
    }

    /** @throws ModelException if the bytes are not the canonical form of a schedule */
    public static Schedule decode(byte[] bytes) {
        return Decoding.canonical(
                bytes, ListKind.SCHEDULES, in -> new Schedule(in.u16(), Decoding.list(in, in.u8(), Schedule::window)));
    }

    private static Window window(ByteReader in) {
        return new Window(in.u8(), in.u16(), in.u16());
    }
}
