package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.GreyCryptograms;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.GreyLock;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import java.util.Arrays;
import java.util.List;

/**
 * DEBIT FOR UNLOCK (解扣) E0 7E 08, P2 01 deposit or 02 purse, data amount4‖offlineSeq2‖terminal6‖termSeq4‖date4‖time3‖GMAC4,
 * answer TAC4. offlineSeq is the purse's number now, terminal6 the one that locked; the amount is at most the balance.
 * Fifteen wrong GMACs in a row leave the unlocking to the host (6983).
 */
final class GreyDebit {
    private static final int DEPOSIT = 1;

    private GreyDebit() {}

    static byte[] run(CommandApdu apdu, CardContext card) {
        Shape.lc(apdu.data(), 27);
        Shape.le(apdu, 4);
        PurseFile purse = PurseAccess.purse(card, apdu.p2());
        GreyLock lock = purse.grey();
        CommandRefused.unless(lock.locked(), StatusWord.PURSE_9408);
        ByteReader in = new ByteReader(apdu.data());
        long amount = in.u32();
        int sequence = in.u16();
        byte[] terminal = in.bytes(6);
        long terminalSeq = in.u32();
        CardTime time = new CardTime(in.bytes(7));
        boolean fits = sequence == purse.offlineSequence() && Arrays.equals(terminal, lock.terminal6());
        CommandRefused.unless(fits, StatusWord.PURSE_9408);
        CommandRefused.unless(amount <= purse.balance(), StatusWord.FUNDS_TOO_LOW);
        StoredKey key = PurseAccess.key(card, KeyType.PURCHASE, lock.keyId());
        StoredKey tacKey = PurseAccess.tacKey(card, key.algorithm());
        TransactionType type = apdu.p2() == DEPOSIT ? TransactionType.ED_GREY_DEBIT : TransactionType.EP_GREY_DEBIT;
        Begun debit = new Begun(type, purse, amount, terminal, new byte[4], sequence, key, tacKey, List.of());
        requireGmac(card, debit, lock, in.bytes(4));
        byte[] tac = PurseAccess.tac(debit, PurseCryptograms.purchaseTac(amount, type, terminal, terminalSeq, time));
        purse.settleOffline(purse.balance() - amount);
        purse.grey(new GreyLock(
                GreyLock.TAC_UNREAD,
                type.id(),
                lock.keyId(),
                0,
                purse.balance(),
                sequence,
                terminal,
                terminalSeq,
                time.bytes(),
                tac));
        PurseAccess.log(card, debit, time);
        return tac;
    }

    /** A try is spent for good before the comparison; success ends the lock and its tries. */
    private static void requireGmac(CardContext card, Begun debit, GreyLock lock, byte[] gmac) {
        CommandRefused.unless(lock.tries() > 0, StatusWord.AUTHENTICATION_BLOCKED);
        debit.purse().spendGreyTry();
        card.memory().commit();
        CardAlgorithm algorithm = debit.key().algorithm();
        byte[] session = PurseAccess.with(
                debit.key(), key -> GreyCryptograms.debitKey(algorithm, key, lock.sequence(), lock.terminal6()));
        byte[] expected = algorithm.mac4(session, GreyCryptograms.debitMac(debit.amount(), debit.type()));
        Arrays.fill(session, (byte) 0);
        CommandRefused.unless(SecureMessaging.same(expected, gmac), StatusWord.PURSE_MAC_WRONG);
    }
}
