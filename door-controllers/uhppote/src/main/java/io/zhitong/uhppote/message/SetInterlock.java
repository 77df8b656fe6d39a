package io.zhitong.uhppote.message;

/**
 * Doors that are never open together (设置互锁), function A2: mode 1 at 8.
 */
public record SetInterlock(long serial, Interlock mode) implements Request<Done> {

    @Override
    public Function function() {
        return Function.SET_INTERLOCK;
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
    public static SetInterlock decode(byte[] frame) {
        Frame in = Frame.of(Function.SET_INTERLOCK, frame);
        return new SetInterlock(in.serial(), Interlock.of(in.u8(8)));
    }
}
