package io.zhitong.uhppote.message;

/**
 * Leave every decision to a host, as long as one speaks at least every 30 s (电脑控制), function A0: guard word
 * 4 at 8 ‖ on 1.
 */
public record SetHostControl(long serial, boolean on) implements Request<Done> {

    @Override
    public Function function() {
        return Function.SET_HOST_CONTROL;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).magic(8).flag(12, on).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static SetHostControl decode(byte[] frame) {
        Frame in = Frame.of(Function.SET_HOST_CONTROL, frame);
        return new SetHostControl(in.needMagic(8).serial(), in.flag(12));
    }
}
