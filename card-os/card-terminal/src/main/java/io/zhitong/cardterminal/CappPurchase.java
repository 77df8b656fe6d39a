package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import java.time.LocalDateTime;

/**
 * The compound purchase (复合消费), docs/card.md: SELECT, READ RECORD, INIT CAPP, UPDATE CAPP DATA CACHE, [INIT SAM], DEBIT,
 * [CREDIT SAM]. What the rule wants written is written with the debit or not at all; five exchanges with the card where one
 * record is written. What is durable in which order: as {@link Purchase}. Thread-safe as far as its parts are.
 */
public final class CappPurchase {
    private final PsamDebit debit;

    public CappPurchase(PurchaseSam sam, PurchaseJournal journal, CardAcceptance acceptance) {
        debit = new PsamDebit(sam, journal, acceptance);
    }

    /**
     * Debits what the rule says is due.
     *
     * @param at local time of the terminal's community
     */
    public PurchaseOutcome pay(CardChannel card, CappRule rule, LocalDateTime at) {
        return debit.run(card, at, (purse, terminal6, time) -> open(purse, terminal6, time, rule));
    }

    private static PsamDebit.Opened open(Purse purse, byte[] terminal6, CardTime time, CappRule rule) {
        byte[] record = purse.readRecord(rule.shortId(), rule.recordNumber());
        long due = rule.due(purse.data(), record, time);
        PurchaseOffer offer = purse.init(TransactionType.CAPP_PURCHASE, due, terminal6);
        if (!rule.follows(offer.offlineSeq())) {
            offer = afterQuestion(purse, terminal6, rule, due, offer);
        }
        rule.updates(purse.data(), offer.offlineSeq(), time).forEach(purse::cache);
        return new PsamDebit.Opened(TransactionType.CAPP_PURCHASE, due, offer);
    }

    /** The card bought elsewhere since: its proof tells whether the record is of its last CAPP. The question ends INIT. */
    private static PurchaseOffer afterQuestion(
            Purse purse, byte[] terminal6, CappRule rule, long due, PurchaseOffer offer) {
        int written = rule.writtenAt();
        boolean newest = written < offer.offlineSeq()
                && purse.prove(TransactionType.CAPP_PURCHASE, written).is(StatusWord.OK);
        if (!newest) {
            throw new PurchaseRefused(PurchaseRefusal.RECORD_OLD);
        }
        return purse.init(TransactionType.CAPP_PURCHASE, due, terminal6);
    }
}
