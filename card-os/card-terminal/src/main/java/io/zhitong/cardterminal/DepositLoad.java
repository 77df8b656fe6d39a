package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.TransactionType;
import java.time.LocalDateTime;

/**
 * Load of the deposit (存折圈存), docs/card.md: SELECT, VERIFY PIN, INIT LOAD, [MAC1 → MAC2], CREDIT FOR LOAD, [TAC]. Exceptions of host and
 * journal pass through; before MAC2 is sent nothing has happened to the card.
 */
public final class DepositLoad {
    private final HostTransaction transaction;

    /** @param terminal6 number of the terminal */
    public DepositLoad(MoneyHost host, MoneyJournal journal, byte[] terminal6) {
        transaction = new HostTransaction(TransactionType.ED_LOAD, host, journal, terminal6);
    }

    /**
     * Loads.
     *
     * @param amount fen, at least 1
     * @param at local time of the community
     */
    public MoneyOutcome load(CardChannel card, long amount, LocalDateTime at, Pin pin) {
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
