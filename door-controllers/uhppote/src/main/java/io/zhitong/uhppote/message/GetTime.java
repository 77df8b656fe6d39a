package io.zhitong.uhppote.message;

/** What time does the board think it is? (读取日期时间), function 32. */
public record GetTime(long serial) implements Request<BoardTime> {

    @Override
    public Function function() {
        return Function.GET_TIME;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).bytes();
    }

    @Override
    public BoardTime answer(byte[] frame) {
        return BoardTime.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static GetTime decode(byte[] frame) {
        return new GetTime(Frame.of(Function.GET_TIME, frame).serial());
    }
}
