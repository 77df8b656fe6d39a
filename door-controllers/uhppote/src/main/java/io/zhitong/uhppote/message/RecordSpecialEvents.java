package io.zhitong.uhppote.message;

/**
 * Record leaves, buttons and alarms too (记录门磁按钮事件), function 8E: on 1 at 8.
 */
public record RecordSpecialEvents(long serial, boolean on) implements Request<Done> {

    @Override
    public Function function() {
        return Function.RECORD_SPECIAL_EVENTS;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).flag(8, on).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static RecordSpecialEvents decode(byte[] frame) {
        Frame in = Frame.of(Function.RECORD_SPECIAL_EVENTS, frame);
        return new RecordSpecialEvents(in.serial(), in.flag(8));
    }
}
