package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardTime;
import java.util.List;

/**
 * What a CAPP does with the record it finds on the card (复合消费规则): how much is due and what is written with the debit.
 * Made for one card; its methods are called in this order.
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

    /** Offline sequence at which the record says that it was written; asked where {@link #follows} denies. */
    int writtenAt();

    /** Whether the record is the card's newest without asking, or need not be: the card now stands at this sequence. */
    boolean follows(int offlineSeq);

    /** The records to be written, at most four. */
    List<CappUpdate> updates(PurseData card, int offlineSeq, CardTime time);
}
