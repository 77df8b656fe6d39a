package io.zhitong.uhppote.message;

import java.util.Optional;

/**
 * An event a board was asked for (记录查询结果): a {@link BoardEvent}; index 0 = none there, and with type FF = one was there
 * and was overwritten.
 */
public record EventAnswer(long serial, Optional<BoardEvent> event, boolean overwritten) implements Answer {

    private static final int OVERWRITTEN = 0xFF;

    @Override
    public Function function() {
        return Function.GET_EVENT;
    }

    @Override
    public byte[] encode() {
        Frame out = Frame.to(function(), serial);
        event.ifPresentOrElse(each -> each.write(out), () -> out.u8(12, overwritten ? OVERWRITTEN : 0));
        return out.bytes();
    }

    /** @throws FrameException if it is no such answer */
    public static EventAnswer decode(byte[] frame) {
        Frame in = Frame.of(Function.GET_EVENT, frame);
        boolean overwritten = in.u8(12) == OVERWRITTEN;
        boolean none = in.u32(8) == 0 || overwritten;
        return new EventAnswer(in.serial(), none ? Optional.empty() : Optional.of(BoardEvent.read(in)), overwritten);
    }
}
