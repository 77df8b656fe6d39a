package io.zhitong.uhppote.message;

/** Which anti-passback is in force? (读取反潜回), function 86. */
public record GetAntiPassback(long serial) implements Request<AntiPassbackAnswer> {

    @Override
    public Function function() {
        return Function.GET_ANTI_PASSBACK;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).bytes();
    }

    @Override
    public AntiPassbackAnswer answer(byte[] frame) {
        return AntiPassbackAnswer.decode(frame);
    }

    /** @throws FrameException if it is no such request */
    public static GetAntiPassback decode(byte[] frame) {
        return new GetAntiPassback(Frame.of(Function.GET_ANTI_PASSBACK, frame).serial());
    }
}
