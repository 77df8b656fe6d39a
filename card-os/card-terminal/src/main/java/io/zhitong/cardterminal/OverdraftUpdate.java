package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.TransactionType;
import java.time.LocalDateTime;

/**
 * Change of the overdraft limit of the deposit (修改透支限额), docs/card.md: SELECT, VERIFY PIN, INIT OVERDRAFT, [MAC1 → MAC2], UPDATE OVERDRAW, [TAC]. Exceptions of host and
 * journal pass through; before MAC2 is sent nothing has happened to the card.
 */
public final class OverdraftUpdate {
    private final HostTransaction transaction;

    /** @param terminal6 number of the terminal */
    public OverdraftUpdate(MoneyHost host, MoneyJournal journal, byte[] terminal6) {
        transaction = new HostTransaction(TransactionType.OVERDRAFT, host, journal, terminal6);
    }

    /**
     * Sets the limit; the balance rises or falls with it.
     *
     * @param newLimit fen, 0 to 2²⁴−1
     * @param at local time of the community
     */
    public MoneyOutcome update(CardChannel card, long newLimit, LocalDateTime at, Pin pin) {
        return transaction.run(card, newLimit, at, pin);
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
