package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.TransactionType;
import java.time.LocalDateTime;

/**
 * A purse that a metered service left locked is released by the host (联机解扣), docs/card.md "Grey lock": SELECT, INIT GREY
 * UNLOCK, [MAC1 → MAC2], GREY UNLOCK, [MAC3]. Exceptions of host and journal pass through; before MAC2 is sent nothing has
 * happened to the card.
 */
public final class GreyRelease {
    private final HostTransaction transaction;

    /** @param terminal6 number of the terminal at which the card is released */
    public GreyRelease(MoneyHost host, MoneyJournal journal, byte[] terminal6) {
        transaction = new HostTransaction(TransactionType.EP_GREY_UNLOCK, host, journal, terminal6);
    }

    /**
     * Takes what is still due and ends the lock.
     *
     * @param amount fen, 0 where nothing is due
     * @param at local time of the community
     */
    public MoneyOutcome release(CardChannel card, long amount, LocalDateTime at) {
        return transaction.run(card, amount, at, Pin.NONE);
    }

    /**
     * Asks the card that lies there now whether it was released.
     *
     * @return Done and Refused with NOT_DONE have settled it; everything else leaves it open
     */
    public MoneyOutcome resolve(CardChannel card, HostRecord open) {
        return transaction.resolve(card, open, Pin.NONE);
    }
}
