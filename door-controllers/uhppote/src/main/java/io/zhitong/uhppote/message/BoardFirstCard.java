package io.zhitong.uhppote.message;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;

/**
 * First-card mode of one door (首卡): from hh mm at 9 ‖ control after the first card 1 ‖ to hh mm ‖ control otherwise 1 ‖ seven
 * weekdays. Source: uhppote-core, messages/set_first_card.go.
 */
public record BoardFirstCard(
        LocalTime from, DoorControl active, LocalTime to, DoorControl inactive, Set<DayOfWeek> days) {

    public BoardFirstCard {
        days = Set.copyOf(days);
    }

    Frame write(Frame out) {
        return Weekdays.write(out, 15, days)
                .minute(9, from)
                .u8(11, active.code())
                .minute(12, to)
                .u8(14, inactive.code());
    }

    static BoardFirstCard read(Frame in) {
        return new BoardFirstCard(
                in.minute(9),
                DoorControl.of(in.u8(11)),
                in.minute(12),
                DoorControl.of(in.u8(14)),
                Weekdays.read(in, 15));
    }
}
