package io.zhitong.uhppote.message;

/** How far were the events read? (获取已读取的记录索引号), function B4. */
public record GetEventIndex(long serial) implements Request<Number> {

    @Override
    public Function function() {
        return Function.GET_EVENT_INDEX;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).bytes();
    }

    @Override
    public Number answer(byte[] frame) {
        return Number.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static GetEventIndex decode(byte[] frame) {
        return new GetEventIndex(Frame.of(Function.GET_EVENT_INDEX, frame).serial());
    }
}
