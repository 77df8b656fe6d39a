package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import java.util.Arrays;

/** DEBIT FOR UNLOAD (圈提) 80 54 03 00, data date4‖time3‖MAC2, answer MAC3 under the session key. */
final class DebitForUnload {
    private static final byte[] NO_TAC = new byte[4];

    private DebitForUnload() {}

    static byte[] run(CommandApdu apdu, CardContext card) {
        Shape.lc(apdu.data(), 11);
        Shape.le(apdu, 4);
        Begun begun = PurseAccess.begun(card, TransactionType.UNLOAD);
        ByteReader in = new ByteReader(apdu.data());
        CardTime time = new CardTime(in.bytes(7));
        byte[] session = HostMac.verify(card, begun, begun.hostMac(time), in.bytes(4));
        long balance = begun.purse().balance() - begun.amount();
        byte[] covered = PurseCryptograms.loadTac(
                balance, begun.sequence(), begun.amount(), begun.type(), begun.terminal6(), time);
        byte[] mac3 = begun.key().algorithm().mac4(session, covered);
        Arrays.fill(session, (byte) 0);
        begun.purse().settleOnline(balance);
        begun.purse().keepProof(begun.type().id(), begun.sequence(), mac3, NO_TAC);
        PurseAccess.log(card, begun, time);
        return mac3;
    }
}
