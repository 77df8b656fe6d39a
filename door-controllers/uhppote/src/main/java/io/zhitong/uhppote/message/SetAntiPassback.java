package io.zhitong.uhppote.message;

/**
 * Keep people from passing twice (设置反潜回), function 84: mode 1 at 8.
 */
public record SetAntiPassback(long serial, AntiPassback mode) implements Request<Done> {

    @Override
    public Function function() {
        return Function.SET_ANTI_PASSBACK;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).u8(8, mode.code()).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static SetAntiPassback decode(byte[] frame) {
        Frame in = Frame.of(Function.SET_ANTI_PASSBACK, frame);
        return new SetAntiPassback(in.serial(), AntiPassback.of(in.u8(8)));
    }
}
