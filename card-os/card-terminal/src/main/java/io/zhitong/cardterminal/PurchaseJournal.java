package io.zhitong.cardterminal;

import io.zhitong.cardspec.PurchaseRecord;

/**
 * The terminal's durable memory of purchases (终端流水). Both calls return only when the bytes would survive a power cut;
 * if they cannot, they throw, and the sale does not take place or is not shown as paid.
 */
public interface PurchaseJournal {
    /** Called before the PSAM is asked for a number. */
    void intent(PurchaseIntent intent);

    /** Called exactly once for each intent whose end is known, before anybody is told "paid". */
    void settled(PurchaseRecord record);
}
