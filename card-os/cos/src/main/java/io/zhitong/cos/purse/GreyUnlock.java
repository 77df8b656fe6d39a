package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.GreyLock;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import java.util.Arrays;

/**
 * GREY UNLOCK (联机解扣) E0 7E 09 00, data amount4‖date4‖time3‖MAC2, answer MAC3; only right behind its INIT, else 6901. The
 * host takes the amount (0 to release) and ends the lock.
 */
final class GreyUnlock {
    private GreyUnlock() {}

    static byte[] run(CommandApdu apdu, CardContext card) {
        Shape.lc(apdu.data(), 15);
        Shape.le(apdu, 4);
        ByteReader in = new ByteReader(apdu.data());
        long amount = in.u32();
        Begun begun = PurseAccess.begun(card, TransactionType.ED_GREY_UNLOCK, TransactionType.EP_GREY_UNLOCK)
                .of(amount);
        CardTime time = new CardTime(in.bytes(7));
        PurseFile purse = begun.purse();
        CommandRefused.unless(amount <= purse.balance(), StatusWord.FUNDS_TOO_LOW);
        byte[] session = HostMac.verify(card, begun, begun.hostMac(time), in.bytes(4));
        long balance = purse.balance() - amount;
        byte[] covered =
                PurseCryptograms.loadTac(balance, begun.sequence(), amount, begun.type(), begun.terminal6(), time);
        byte[] mac3 = begun.key().algorithm().mac4(session, covered);
        Arrays.fill(session, (byte) 0);
        GreyLock lock = purse.grey();
        purse.settleOnline(balance);
        purse.grey(new GreyLock(
                GreyLock.TAC_UNREAD,
                begun.type().id(),
                lock.keyId(),
                0,
                balance,
                begun.sequence(),
                begun.terminal6(),
                lock.terminalSeq(),
                time.bytes(),
                mac3));
        PurseAccess.log(card, begun, time);
        return mac3;
    }
}
