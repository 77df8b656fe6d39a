package io.zhitong.uhppote.message;

/** How does the board stand? (查询控制器状态), function 20. */
public record GetStatus(long serial) implements Request<Status> {

    @Override
    public Function function() {
        return Function.GET_STATUS;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).bytes();
    }

    @Override
    public Status answer(byte[] frame) {
        return Status.decode(frame);
    }

    /** @throws FrameException if it is no such request */
    public static GetStatus decode(byte[] frame) {
        return new GetStatus(Frame.of(Function.GET_STATUS, frame).serial());
    }
}
