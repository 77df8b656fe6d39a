package io.zhitong.uhppote.message;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;

/**
 * What a board does by itself at a minute of the day (定时任务): from 4 at 8 ‖ to 4 (BCD, both included) ‖ seven weekdays ‖ hh mm
 * at 23 ‖ door 1 ‖ action 1 ‖ number of cards 1.
 *
 * @param action see {@link Action}
 * @param cards how many cards, for {@link Action#MORE_CARDS_ON}
 */
public record BoardTask(
        Optional<LocalDate> from,
        Optional<LocalDate> to,
        Set<DayOfWeek> days,
        LocalTime at,
        int door,
        Action action,
        int cards) {

    /** What is done (任务); the code is the place in this list. Source: uhppoted-lib-python, README. */
    public enum Action {
        CONTROLLED,
        NORMALLY_OPEN,
        NORMALLY_CLOSED,
        PROFILES_OFF,
        PROFILES_ON,
        CARD_ONLY,
        CARD_AND_PIN_IN,
        CARD_AND_PIN,
        MORE_CARDS_ON,
        MORE_CARDS_OFF,
        TRIGGER_ONCE,
        BUTTON_OFF,
        BUTTON_ON;

        static Action of(int code) {
            FrameException.range(code, 0, values().length - 1L, "a task");
            return values()[code];
        }
    }

    public BoardTask {
        days = Set.copyOf(days);
        Doors.check(door);
        FrameException.range(cards, 0, 0xFF, "a number of cards");
    }

    Frame write(Frame out) {
        return Weekdays.write(out, 16, days)
                .date(8, from)
                .date(12, to)
                .minute(23, at)
                .u8(25, door)
                .u8(26, action.ordinal())
                .u8(27, cards);
    }

    static BoardTask read(Frame in) {
        return new BoardTask(
                in.date(8),
                in.date(12),
                Weekdays.read(in, 16),
                in.minute(23),
                in.u8(25),
                Action.of(in.u8(26)),
                in.u8(27));
    }
}
