package io.zhitong.uhppote.message;

import java.time.LocalDateTime;
import java.util.Optional;

/** A board's date and time (控制板时间): BCD yyyy mm dd hh mm ss at 8, in the zone it was set in; nothing if it knows none. */
public record BoardTime(Function function, long serial, Optional<LocalDateTime> time) implements Answer {

    @Override
    public byte[] encode() {
        return Frame.to(function, serial).moment(8, time).bytes();
    }

    /** @throws FrameException if it is no answer to this function */
    public static BoardTime decode(Function function, byte[] frame) {
        Frame in = Frame.of(function, frame);
        return new BoardTime(function, in.serial(), in.moment(8));
    }
}
