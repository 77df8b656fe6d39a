package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.FrameException.Reason.VALUE;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a permission holds (时段): id 1 at 8 ‖ from 4 ‖ to 4 (BCD, both included) ‖ seven weekdays ‖ three segments of hh mm ‖ hh
 * mm ‖ linked profile 1 at 36. A segment includes both its minutes; 00:00 to 00:00 is none.
 *
 * @param id 2 … 254
 * @param linked the profile that is asked when this one does not hold, 0 = none
 */
public record BoardProfile(
        int id,
        Optional<LocalDate> from,
        Optional<LocalDate> to,
        Set<DayOfWeek> days,
        List<Segment> segments,
        int linked) {

    public static final int FIRST_ID = 2;
    public static final int LAST_ID = 254;
    public static final int MOST_SEGMENTS = 3;

    /** Part of a day (时间段), whole minutes. */
    public record Segment(LocalTime start, LocalTime end) {

        public Segment {
            FrameException.require(
                    whole(start) && whole(end) && start.isBefore(end), VALUE, "a start before its end, whole minutes");
        }

        private static boolean whole(LocalTime time) {
            return time.getSecond() == 0 && time.getNano() == 0;
        }
    }

    public BoardProfile {
        days = Set.copyOf(days);
        segments = List.copyOf(segments);
        FrameException.range(id, FIRST_ID, LAST_ID, "a profile");
        FrameException.range(segments.size(), 0, MOST_SEGMENTS, "a count of segments");
        FrameException.require(
                linked == 0 || linked >= FIRST_ID && linked <= LAST_ID, VALUE, "no linked profile or 2 to 254");
    }

    Frame write(Frame out) {
        out.u8(8, id).date(9, from).date(13, to).u8(36, linked);
        Weekdays.write(out, 17, days);
        for (int i = 0; i < segments.size(); i++) {
            out.minute(24 + 4 * i, segments.get(i).start());
            out.minute(26 + 4 * i, segments.get(i).end());
        }
        return out;
    }

    static BoardProfile read(Frame in) {
        List<Segment> segments = new ArrayList<>();
        for (int at = 24; at < 36; at += 4) {
            if (!in.minute(at).equals(in.minute(at + 2))) {
                segments.add(new Segment(in.minute(at), in.minute(at + 2)));
            }
        }
        return new BoardProfile(in.u8(8), in.date(9), in.date(13), Weekdays.read(in, 17), segments, in.u8(36));
    }
}
