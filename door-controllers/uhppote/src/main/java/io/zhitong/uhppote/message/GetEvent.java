package io.zhitong.uhppote.message;

/**
 * Which event has this index? (获取指定索引号的记录), function B0: index 4 at 8, {@link #OLDEST} or
 * {@link #NEWEST}.
 */
public record GetEvent(long serial, long index) implements Request<EventAnswer> {

    @Override
    public Function function() {
        return Function.GET_EVENT;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).u32(8, index).bytes();
    }

    @Override
    public EventAnswer answer(byte[] frame) {
        return EventAnswer.decode(frame);
    }

    /** @throws FrameException if it is no such request */
    public static GetEvent decode(byte[] frame) {
        Frame in = Frame.of(Function.GET_EVENT, frame);
        return new GetEvent(in.serial(), in.u32(8));
    }

    public static final long OLDEST = 0;
    public static final long NEWEST = 0xFFFF_FFFFL;
}
