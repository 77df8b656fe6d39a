package io.zhitong.uhppote.message;

/**
 * Remember how far the events were read (设置已读取的记录索引号), function B2: index 4 at 8 ‖ guard word 4. A
 * convenience for people; our own cursor is kept on our side.
 */
public record SetEventIndex(long serial, long index) implements Request<Done> {

    @Override
    public Function function() {
        return Function.SET_EVENT_INDEX;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).u32(8, index).magic(12).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static SetEventIndex decode(byte[] frame) {
        Frame in = Frame.of(Function.SET_EVENT_INDEX, frame);
        return new SetEventIndex(in.needMagic(12).serial(), in.u32(8));
    }
}
