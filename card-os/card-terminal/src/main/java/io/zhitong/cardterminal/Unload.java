package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.TransactionType;
import java.time.LocalDateTime;

/**
 * Money of the deposit back to its owner's account (圈提), docs/card.md: SELECT, VERIFY PIN, INIT UNLOAD, [MAC1 → MAC2], DEBIT FOR UNLOAD, [MAC3]. Exceptions of host and
 * journal pass through; before MAC2 is sent nothing has happened to the card.
 */
public final class Unload {
    private final HostTransaction transaction;

    /** @param terminal6 number of the terminal */
    public Unload(MoneyHost host, MoneyJournal journal, byte[] terminal6) {
        transaction = new HostTransaction(TransactionType.UNLOAD, host, journal, terminal6);
    }

    /**
     * Takes money off the card; the account is credited on Done only.
     *
     * @param amount fen, at least 1
     * @param at local time of the community
     */
    public MoneyOutcome unload(CardChannel card, long amount, LocalDateTime at, Pin pin) {
        return transaction.run(card, amount, at, pin);
    }

    /**
     * Asks the card that lies there now whether it did that.
     *
     * @return Done and Refused with NOT_DONE have settled it; everything else leaves it open
     */
    public MoneyOutcome resolve(CardChannel card, HostRecord open, Pin pin) {
        return transaction.resolve(card, open, pin);
    }
}
