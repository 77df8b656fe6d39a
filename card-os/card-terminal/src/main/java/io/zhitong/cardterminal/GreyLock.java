package io.zhitong.cardterminal;

import io.zhitong.cardspec.PurchaseRecord;
import io.zhitong.cardspec.TransactionType;

/**
 * A purse locked for a metered service (灰锁): what the terminal must still know when the service ends. The bytes are those
 * of a {@link PurchaseRecord} of type 92 in state GREY with amount 0, the balance at the lock, and the GTAC as TAC, zeros
 * where the card's answer never came.
 */
public record GreyLock(PurchaseRecord record) {
    public GreyLock {
        if (record.type() != TransactionType.EP_GREY_LOCK || record.state() != PurchaseRecord.State.GREY) {
            throw new IllegalArgumentException("expected a record of a grey lock in state GREY");
        }
    }

    /** As read back from a journal. */
    public static GreyLock parse(byte[] bytes) {
        return new GreyLock(PurchaseRecord.parse(bytes));
    }

    /** For the journal: 64 bytes. */
    public byte[] encode() {
        return record.encode();
    }

    /** The record that settles the lock; {@code balance} is the card's claim afterwards. */
    PurchaseRecord ended(TransactionType type, long amount, long balance, GreyProof proof, PurchaseRecord.State state) {
        return new PurchaseRecord(
                type,
                record.algorithm(),
                record.keyVersion(),
                record.psamSerial(),
                record.terminalSeq(),
                record.terminal(),
                record.issuer(),
                record.cardSerial(),
                proof.sequence(),
                amount,
                balance,
                proof.time(),
                proof.tac(),
                state);
    }
}
