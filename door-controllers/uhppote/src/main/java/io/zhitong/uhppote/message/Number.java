package io.zhitong.uhppote.message;

/** A number a board was asked for (数值): u32 at 8: how many cards it holds, how far its events were read. */
public record Number(Function function, long serial, long value) implements Answer {

    @Override
    public byte[] encode() {
        return Frame.to(function, serial).u32(8, value).bytes();
    }

    /** @throws FrameException if it is no answer to this function */
    public static Number decode(Function function, byte[] frame) {
        Frame in = Frame.of(function, frame);
        return new Number(function, in.serial(), in.u32(8));
    }
}
