package io.zhitong.uhppote.message;

/** How many cards does the board hold? (权限总数读取), function 58. */
public record CountCards(long serial) implements Request<Number> {

    @Override
    public Function function() {
        return Function.COUNT_CARDS;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).bytes();
    }

    @Override
    public Number answer(byte[] frame) {
        return Number.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static CountCards decode(byte[] frame) {
        return new CountCards(Frame.of(Function.COUNT_CARDS, frame).serial());
    }
}
