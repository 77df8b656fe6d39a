package io.zhitong.uhppote.message;

/**
 * Which card lies at this place? (按索引读取权限), function 5C: place 4 at 8, from 1.
 */
public record GetCardAt(long serial, long index) implements Request<CardAnswer> {

    public GetCardAt {
        FrameException.range(index, 1, 0xFFFF_FFFFL, "a place");
    }

    @Override
    public Function function() {
        return Function.GET_CARD_AT;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).u32(8, index).bytes();
    }

    @Override
    public CardAnswer answer(byte[] frame) {
        return CardAnswer.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static GetCardAt decode(byte[] frame) {
        Frame in = Frame.of(Function.GET_CARD_AT, frame);
        return new GetCardAt(in.serial(), in.u32(8));
    }
}
