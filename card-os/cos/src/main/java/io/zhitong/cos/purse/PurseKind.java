package io.zhitong.cos.purse;

import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.file.CommandRefused;

/**
 * What P1 of INITIALIZE begins (交易种类) on the deposit (P2 01) or the purse (P2 02).
 *
 * @param type transaction type identifier
 * @param keyType key that protects it
 * @param online whether it takes the online sequence and answers a MAC1
 * @param credits whether the balance rises
 * @param needsPin whether the DF's PIN, if it has one, must be verified
 */
record PurseKind(TransactionType type, KeyType keyType, boolean online, boolean credits, boolean needsPin) {
    private static final int DEPOSIT = 1;
    private static final int PURSE = 2;

    static PurseKind of(int p1, int p2) {
        return switch (p1 << 8 | p2) {
            case 0x0001 -> new PurseKind(TransactionType.ED_LOAD, KeyType.LOAD, true, true, true);
            case 0x0002 -> new PurseKind(TransactionType.EP_LOAD, KeyType.LOAD, true, true, true);
            case 0x0101 -> new PurseKind(TransactionType.ED_PURCHASE, KeyType.PURCHASE, false, false, true);
            case 0x0102 -> new PurseKind(TransactionType.EP_PURCHASE, KeyType.PURCHASE, false, false, false);
            case 0x0201 -> new PurseKind(TransactionType.CASH, KeyType.PURCHASE, false, false, true);
            case 0x0302 -> new PurseKind(TransactionType.CAPP_PURCHASE, KeyType.PURCHASE, false, false, false);
            case 0x0401 -> new PurseKind(TransactionType.OVERDRAFT, KeyType.OVERDRAFT, true, true, true);
            case 0x0501 -> new PurseKind(TransactionType.UNLOAD, KeyType.UNLOAD, true, false, true);
            default -> throw new CommandRefused(StatusWord.WRONG_P1P2);
        };
    }

    /** What P1 of INITIALIZE FOR GREY LOCK and UNLOCK begins: 08 a lock, 09 an unlock by the host. */
    static PurseKind ofGrey(int p1, int p2) {
        return switch (p1 << 8 | p2) {
            case 0x0801 -> new PurseKind(TransactionType.ED_GREY_LOCK, KeyType.PURCHASE, false, false, true);
            case 0x0802 -> new PurseKind(TransactionType.EP_GREY_LOCK, KeyType.PURCHASE, false, false, false);
            case 0x0901 -> new PurseKind(TransactionType.ED_GREY_UNLOCK, KeyType.LOAD, true, false, true);
            case 0x0902 -> new PurseKind(TransactionType.EP_GREY_UNLOCK, KeyType.LOAD, true, false, true);
            default -> throw new CommandRefused(StatusWord.WRONG_P1P2);
        };
    }

    /** Whether INIT names no amount. */
    boolean withoutAmount() {
        return isGrey() || type == TransactionType.OVERDRAFT;
    }

    /** Whether it locks or unlocks for metered use. */
    boolean isGrey() {
        return type.id() > TransactionType.CAPP_PURCHASE.id();
    }

    /** Bytes of the answer to INIT. */
    int answer() {
        return switch (type) {
            case OVERDRAFT -> 0x13;
            case ED_GREY_UNLOCK, EP_GREY_UNLOCK -> 0x12;
            default -> online ? 0x10 : 0x0F;
        };
    }

    /** Identifier of the purse file that a transaction type belongs to. */
    static int fileOf(TransactionType type) {
        return switch (type) {
            case EP_LOAD, EP_PURCHASE, CAPP_PURCHASE, EP_GREY_LOCK, EP_GREY_DEBIT, EP_GREY_UNLOCK -> PURSE;
            default -> DEPOSIT;
        };
    }
}
