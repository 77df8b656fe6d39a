package io.zhitong.uhppote.message;

/**
 * Hold this card, instead of what was held under its number (权限添加或修改), function 50: a {@link BoardCard}.
 */
public record PutCard(long serial, BoardCard card) implements Request<Done> {

    @Override
    public Function function() {
        return Function.PUT_CARD;
    }

    @Override
    public byte[] encode() {
        return card.write(Frame.to(function(), serial)).bytes();
    }

    @Override
    public Done answer(byte[] frame) {
        return Done.decode(function(), frame);
    }

    /** @throws FrameException if it is no such request */
    public static PutCard decode(byte[] frame) {
        Frame in = Frame.of(Function.PUT_CARD, frame);
        return new PutCard(in.serial(), BoardCard.read(in));
    }
}
