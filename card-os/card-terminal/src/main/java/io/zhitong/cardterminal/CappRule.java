package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardTime;
import java.util.List;

/**
 * What a CAPP does with the record it finds on the card (复合消费规则): how much is due and what is written with the debit.
 * Called in this order, for one card at a time.
 */
public interface CappRule {
    /** Short identifier of the file with the record to be read. */
    int shortId();

    /** Number of the record to be read. */
    int recordNumber();

    /**
     * Fen to be debited, 0 or more.
     *
     * @throws PurchaseRefused if the card is not to be served
     */
    long due(PurseData card, byte[] record, CardTime time);

    /**
     * Whether the record read can be the last one written to this card; asked with what the card answered to INIT.
     * {@code lastCapp} tells whether the card's last CAPP answered INIT with a given number, at the cost of two exchanges.
     *
     * @throws PurchaseRefused if it cannot
     */
    void requireCurrent(int offlineSeq, LastCapp lastCapp);

    /** The records to be written, one to four. */
    List<CappUpdate> updates(PurseData card, int offlineSeq, CardTime time);

    /** A question to the card. */
    @FunctionalInterface
    interface LastCapp {
        /** Whether the card's last CAPP had this number. */
        boolean had(int offlineSeq);
    }
}
