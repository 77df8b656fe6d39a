package io.zhitong.uhppote.message;

/** Where do events go? (读取接收服务器), function 92. */
public record GetListener(long serial) implements Request<ListenerAnswer> {

    @Override
    public Function function() {
        return Function.GET_LISTENER;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).bytes();
    }

    @Override
    public ListenerAnswer answer(byte[] frame) {
        return ListenerAnswer.decode(frame);
    }

    /** @throws FrameException if it is no such request */
    public static GetListener decode(byte[] frame) {
        return new GetListener(Frame.of(Function.GET_LISTENER, frame).serial());
    }
}
