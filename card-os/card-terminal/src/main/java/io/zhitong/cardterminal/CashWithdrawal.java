package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.TransactionType;
import java.time.LocalDateTime;

/**
 * Cash from the deposit against the card (存折取现), docs/card.md: VERIFY PIN, INIT CASH, [INIT SAM], DEBIT, [CREDIT SAM]. What
 * is durable in which order: as {@link Purchase}. Thread-safe as far as its parts are.
 */
public final class CashWithdrawal {
    private final PsamDebit debit;

    public CashWithdrawal(PurchaseSam sam, PurchaseJournal journal, CardAcceptance acceptance) {
        debit = new PsamDebit(sam, journal, acceptance);
    }

    /**
     * Debits the deposit; cash is handed out on Paid only.
     *
     * @param amount fen, 1 to 2³²−1
     * @param at local time of the terminal's community
     */
    public PurchaseOutcome withdraw(CardChannel card, long amount, LocalDateTime at, Pin pin) {
        return debit.run(card, at, PsamDebit.simply(TransactionType.CASH, amount, pin));
    }
}
