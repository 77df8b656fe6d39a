package io.zhitong.uhppote.message;

/**
 * What is held of this card? (权限查询), function 5A: number 4 at 8.
 */
public record GetCard(long serial, long number) implements Request<CardAnswer> {

    public GetCard {
        FrameException.range(number, 1, BoardCard.MOST, "a card number");
    }

    @Override
    public Function function() {
        return Function.GET_CARD;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).u32(8, number).bytes();
    }

    @Override
    public CardAnswer answer(byte[] frame) {
        return CardAnswer.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static GetCard decode(byte[] frame) {
        Frame in = Frame.of(Function.GET_CARD, frame);
        return new GetCard(in.serial(), in.u32(8));
    }
}
