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

    /** Bytes of the answer to INIT. */
    int answer() {
        return type == TransactionType.OVERDRAFT ? 0x13 : online ? 0x10 : 0x0F;
    }

    /** Identifier of the purse file that a transaction type belongs to. */
    static int fileOf(TransactionType type) {
        return switch (type) {
            case EP_LOAD, EP_PURCHASE, CAPP_PURCHASE -> PURSE;
            default -> DEPOSIT;
        };
    }
}
