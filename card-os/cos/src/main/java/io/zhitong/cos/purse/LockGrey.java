package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.GreyCryptograms;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.GreyLock;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;

/**
 * GREY LOCK (灰锁) E0 7C 08 00, data termSeq4‖termRnd4‖date4‖time3‖MAC1, answer GTAC4‖MAC2; only right behind its INIT, else
 * 6901. It takes an offline number and no money; until the purse is unlocked nothing else moves it.
 */
public final class LockGrey implements Command {
    @Override
    public int ins() {
        return 0x7C;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0xE0;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 8, 0);
        Shape.lc(apdu.data(), 19);
        Shape.le(apdu, 8);
        Begun begun = PurseAccess.begun(card, TransactionType.ED_GREY_LOCK, TransactionType.EP_GREY_LOCK);
        ByteReader in = new ByteReader(apdu.data());
        long terminalSeq = in.u32();
        byte[] terminal4 = in.bytes(4);
        CardTime time = new CardTime(in.bytes(7));
        byte[] mac2 = mac2(begun, terminalSeq, terminal4, time, in.bytes(4));
        PurseFile purse = begun.purse();
        byte[] gtac = PurseAccess.tac(
                begun,
                GreyCryptograms.lockTac(
                        purse.balance(), begun.sequence(), begun.type(), begun.terminal6(), terminalSeq, time));
        purse.settleOffline(purse.balance());
        purse.grey(new GreyLock(
                GreyLock.LOCKED,
                begun.type().id(),
                begun.key().id(),
                GreyLock.TRIES,
                purse.balance(),
                begun.sequence(),
                begun.terminal6(),
                terminalSeq,
                time.bytes(),
                gtac));
        return new ByteWriter().bytes(gtac).bytes(mac2).toByteArray();
    }

    /** Checks MAC1 and answers MAC2, both under the session key of the lock. */
    private static byte[] mac2(Begun begun, long terminalSeq, byte[] terminal4, CardTime time, byte[] mac1) {
        CardAlgorithm algorithm = begun.key().algorithm();
        byte[] session = PurseAccess.with(
                begun.key(),
                key -> GreyCryptograms.lockKey(
                        algorithm, key, begun.random4(), begun.sequence(), terminalSeq, terminal4));
        byte[] covered = GreyCryptograms.lockMac1(begun.type(), begun.terminal6(), time);
        try {
            CommandRefused.unless(
                    SecureMessaging.same(algorithm.mac4(session, covered), mac1), StatusWord.PURSE_MAC_WRONG);
            return algorithm.mac4(
                    session, GreyCryptograms.lockMac2(begun.purse().balance(), begun.sequence()));
        } finally {
            Arrays.fill(session, (byte) 0);
        }
    }
}
