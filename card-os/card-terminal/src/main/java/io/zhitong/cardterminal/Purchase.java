package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.TransactionType;
import java.time.LocalDateTime;

/**
 * The purchase with a PSAM (消费), docs/card.md: SELECT, INIT PURCHASE, [INIT SAM], DEBIT, [CREDIT SAM]; three exchanges with
 * the card.
 *
 * <p>Order of what is durable: intent, then the PSAM's number, then the card's debit, then the record, then "paid".
 * Exceptions of the {@link PurchaseJournal} pass through: before the debit nothing happened; after it the intent stays open
 * and is settled by {@link PurchaseRecovery}. Thread-safe as far as its parts are.
 */
public final class Purchase {
    private final PsamDebit debit;

    public Purchase(PurchaseSam sam, PurchaseJournal journal, CardAcceptance acceptance) {
        debit = new PsamDebit(sam, journal, acceptance);
    }

    /**
     * Buys from the purse.
     *
     * @param amount fen, 1 to 2³²−1
     * @param at local time of the terminal's community
     */
    public PurchaseOutcome pay(CardChannel card, long amount, LocalDateTime at) {
        return debit.run(card, at, PsamDebit.simply(TransactionType.EP_PURCHASE, amount, Pin.NONE));
    }

    /** Buys from the deposit; the card wants its PIN first where it has one. */
    public PurchaseOutcome payFromDeposit(CardChannel card, long amount, LocalDateTime at, Pin pin) {
        return debit.run(card, at, PsamDebit.simply(TransactionType.ED_PURCHASE, amount, pin));
    }
}
