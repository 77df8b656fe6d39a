package io.zhitong.uhppote.message;

/** Whether a board did what it was asked (执行结果): done 1 at 8. */
public record Done(Function function, long serial, boolean done) implements Answer {

    @Override
    public byte[] encode() {
        return Frame.to(function, serial).flag(8, done).bytes();
    }

    /** @throws FrameException if it is no answer to this function */
    public static Done decode(Function function, byte[] frame) {
        Frame in = Frame.of(function, frame);
        return new Done(function, in.serial(), in.flag(8));
    }
}
