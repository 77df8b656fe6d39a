package io.zhitong.uhppote.message;

/**
 * Forget a card (权限删除), function 52: number 4 at 8. Asked again after a lost answer the board
 * says "not done", for it is gone.
 */
public record DeleteCard(long serial, long number) implements Request<Done> {

    public DeleteCard {
        FrameException.range(number, 1, BoardCard.MOST, "a card number");
    }

    @Override
    public Function function() {
        return Function.DELETE_CARD;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).u32(8, number).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static DeleteCard decode(byte[] frame) {
        Frame in = Frame.of(Function.DELETE_CARD, frame);
        return new DeleteCard(in.serial(), in.u32(8));
    }
}
