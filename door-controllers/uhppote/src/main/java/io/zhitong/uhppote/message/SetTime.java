package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.FrameException.Reason.VALUE;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Set the clock (设置日期时间), function 30: BCD yyyy mm dd hh mm ss at 8. Never asked twice by itself: a late
 * repetition would put the clock back.
 */
public record SetTime(long serial, LocalDateTime time) implements Request<BoardTime> {

    @Override
    public Function function() {
        return Function.SET_TIME;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).moment(8, Optional.of(time)).bytes();
    }

    @Override
    public BoardTime answer(byte[] frame) {
        return BoardTime.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static SetTime decode(byte[] frame) {
        Frame in = Frame.of(Function.SET_TIME, frame);
        return new SetTime(in.serial(), in.moment(8).orElseThrow(() -> new FrameException(VALUE, "a date and a time")));
    }
}
