package io.zhitong.uhppote.message;

import java.util.Optional;

/**
 * A card a board was asked for (卡查询结果): a {@link BoardCard}; number 0 = none there, FFFFFFFF = one was deleted there.
 *
 * @param deleted the place was a deleted card's; later places may hold cards
 */
public record CardAnswer(Function function, long serial, Optional<BoardCard> card, boolean deleted) implements Answer {

    private static final long DELETED = 0xFFFF_FFFFL;

    @Override
    public byte[] encode() {
        Frame out = Frame.to(function, serial);
        card.ifPresentOrElse(each -> each.write(out), () -> out.u32(8, deleted ? DELETED : 0));
        return out.bytes();
    }

    /** @throws FrameException if it is no answer to this function */
    public static CardAnswer decode(Function function, byte[] frame) {
        Frame in = Frame.of(function, frame);
        long number = in.u32(8);
        boolean deleted = number == DELETED;
        Optional<BoardCard> card = number == 0 || deleted ? Optional.empty() : Optional.of(BoardCard.read(in));
        return new CardAnswer(function, in.serial(), card, deleted);
    }
}
