package io.zhitong.uhppote.message;

/** How a board keeps people from passing twice (反潜回查询结果): mode 1 at 8. */
public record AntiPassbackAnswer(long serial, AntiPassback mode) implements Answer {

    @Override
    public Function function() {
        return Function.GET_ANTI_PASSBACK;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).u8(8, mode.code()).bytes();
    }

    /** @throws FrameException if it is no such answer */
    public static AntiPassbackAnswer decode(byte[] frame) {
        Frame in = Frame.of(Function.GET_ANTI_PASSBACK, frame);
        return new AntiPassbackAnswer(in.serial(), AntiPassback.of(in.u8(8)));
    }
}
