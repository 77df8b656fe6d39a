package io.zhitong.cardterminal.air;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CommandApdu;
import java.util.function.LongSupplier;

/**
 * Counts what passes through a channel (空口计时): wrapped around a card or a SAM, it tells after a transaction what that took;
 * {@link AirLink}, {@link ContactLine} and {@link ChipModel} make milliseconds of it. Not thread-safe.
 */
public final class CardClock implements CardChannel {
    private final CardChannel card;
    private final LongSupplier writes;
    private Tally tally = Tally.NONE;

    /** @param writes the chip's own count of memory operations, ever rising; a chip that does not tell gives 0 */
    public CardClock(CardChannel card, LongSupplier writes) {
        this.card = card;
        this.writes = writes;
    }

    /** Around a chip that does not tell its memory operations. */
    public static CardClock around(CardChannel card) {
        return new CardClock(card, () -> 0);
    }

    @Override
    public byte[] transceive(byte[] command) {
        ChipWork work = ChipWork.of(CommandApdu.parse(command));
        long before = writes.getAsLong();
        int answered = 0;
        try {
            byte[] answer = card.transceive(command);
            answered = answer.length;
            return answer;
        } finally {
            tally = tally.and(command.length, answered, work.withWrites(writes.getAsLong() - before));
        }
    }

    /** What has passed since the last call; counting begins anew. */
    public Tally take() {
        Tally taken = tally;
        tally = Tally.NONE;
        return taken;
    }
}
