package io.zhitong.uhppote.message;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * One event as a board holds it (刷卡记录): index 4 at 8 ‖ type 1 ‖ granted 1 ‖ door 1 ‖ direction 1 ‖ card 4 ‖ BCD moment 7 ‖
 * reason 1.
 *
 * @param index from 1; the board counts on while it lives
 * @param type 1 card, 2 door or button, 3 alarm
 * @param door 0 where no door is meant
 * @param direction 1 in, 2 out
 * @param card what the reader sent, 0 = none
 * @param time nothing if the board did not know it
 * @param reason see {@link BoardReason}
 */
public record BoardEvent(
        long index,
        int type,
        boolean granted,
        int door,
        int direction,
        long card,
        Optional<LocalDateTime> time,
        int reason) {

    public static final int CARD = 1;
    public static final int DOOR = 2;
    public static final int ALARM = 3;

    /** Index, type and so on to the reason: what tells one event from another at the same place. */
    public static final int LENGTH = 20;

    public BoardEvent {
        FrameException.range(index, 1, 0xFFFF_FFFEL, "an event index");
    }

    /** The 20 bytes as they stand in the board's answer. */
    public byte[] record() {
        return write(Frame.to(Function.GET_EVENT, 1)).copy(8, LENGTH);
    }

    Frame write(Frame out) {
        return out.u32(8, index)
                .u8(12, type)
                .flag(13, granted)
                .u8(14, door)
                .u8(15, direction)
                .u32(16, card)
                .moment(20, time)
                .u8(27, reason);
    }

    static BoardEvent read(Frame in) {
        return new BoardEvent(
                in.u32(8), in.u8(12), in.flag(13), in.u8(14), in.u8(15), in.u32(16), in.moment(20), in.u8(27));
    }
}
