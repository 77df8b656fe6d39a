package io.zhitong.uhppote.message;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One card as a board holds it (卡权限): number 4 at 8 ‖ from 4 ‖ to 4 (BCD, both included) ‖ four permissions of 1 ‖ PIN 3 and
 * a zero.
 *
 * @param number what the reader sends, 1 … FFFFFFFE
 * @param doors permission at doors 1 to 4: {@link #NEVER}, {@link #ALWAYS} or a time profile 2 … 254
 * @param pin 0 = none, at most 999999; asked for at doors whose keypad is active
 */
public record BoardCard(long number, Optional<LocalDate> from, Optional<LocalDate> to, List<Integer> doors, int pin) {

    public static final int NEVER = 0;
    public static final int ALWAYS = 1;
    public static final long MOST = 0xFFFF_FFFEL;
    public static final int MOST_PIN = 999_999;

    public BoardCard {
        doors = List.copyOf(doors);
        FrameException.range(number, 1, MOST, "a card number");
        FrameException.range(doors.size(), Doors.COUNT, Doors.COUNT, "a count of doors");
        doors.forEach(each -> FrameException.range(each, NEVER, BoardProfile.LAST_ID, "a permission"));
        FrameException.range(pin, 0, MOST_PIN, "a PIN");
    }

    public int permission(int door) {
        Doors.check(door);
        return doors.get(door - 1);
    }

    /** Without the PIN, which stays out of logs. */
    @Override
    public String toString() {
        return "BoardCard[" + number + ", " + from + ".." + to + ", " + doors + (pin == 0 ? "]" : ", PIN]");
    }

    Frame write(Frame out) {
        out.u32(8, number).date(12, from).date(16, to).u32(24, pin);
        for (int i = 0; i < Doors.COUNT; i++) {
            out.u8(20 + i, doors.get(i));
        }
        return out;
    }

    static BoardCard read(Frame in) {
        return new BoardCard(
                in.u32(8),
                in.date(12),
                in.date(16),
                List.of(in.u8(20), in.u8(21), in.u8(22), in.u8(23)),
                (int) in.u32(24) & 0xFF_FFFF);
    }
}
