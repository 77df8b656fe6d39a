package io.zhitong.uhppote.message;

/** Forget all cards (权限清空), function 54: guard word 4 at 8. */
public record DeleteAllCards(long serial) implements Request<Done> {

    @Override
    public Function function() {
        return Function.DELETE_ALL_CARDS;
    }

    @Override
    public byte[] encode() {
        return Frame.to(function(), serial).magic(8).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static DeleteAllCards decode(byte[] frame) {
        return new DeleteAllCards(
                Frame.of(Function.DELETE_ALL_CARDS, frame).needMagic(8).serial());
    }
}
