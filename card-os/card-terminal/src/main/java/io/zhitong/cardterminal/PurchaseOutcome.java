package io.zhitong.cardterminal;

import io.zhitong.cardspec.PurchaseRecord;

/** How a try to buy ended (消费结果). */
public sealed interface PurchaseOutcome {
    /** The card debited, the PSAM confirmed it, the record is in the journal: goods may be given. */
    record Paid(PurchaseRecord record) implements PurchaseOutcome {}

    /** Nothing was debited. {@code sw} is the card's status word, or 0. */
    record Refused(PurchaseRefusal reason, int sw) implements PurchaseOutcome {}

    /** The card left after it was told to debit: lay the same card on again, or give up. */
    record InDoubt(PurchaseIntent intent) implements PurchaseOutcome {}

    /**
     * The card says that it debited, but the terminal could not check it. The record with the card's TAC is in the journal;
     * the issuer's check decides. Goods are not to be given on it.
     */
    record Unconfirmed(PurchaseRecord record, PurchaseRefusal reason) implements PurchaseOutcome {}
}
