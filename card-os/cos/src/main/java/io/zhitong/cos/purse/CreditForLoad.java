package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import java.util.Arrays;

/** CREDIT FOR LOAD (圈存) 80 52 00 00, data date4‖time3‖MAC2, answer TAC4; only right behind its INIT, else 6901. */
public final class CreditForLoad implements Command {
    private static final byte[] NO_MAC = new byte[4];

    @Override
    public int ins() {
        return 0x52;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 0, 0);
        Shape.lc(apdu.data(), 11);
        Shape.le(apdu, 4);
        Begun begun = PurseAccess.begun(card, TransactionType.ED_LOAD, TransactionType.EP_LOAD);
        ByteReader in = new ByteReader(apdu.data());
        CardTime time = new CardTime(in.bytes(7));
        Arrays.fill(HostMac.verify(card, begun, begun.hostMac(time), in.bytes(4)), (byte) 0);
        long balance = begun.purse().balance() + begun.amount();
        begun.purse().settleOnline(balance);
        byte[] covered = PurseCryptograms.loadTac(
                balance, begun.sequence(), begun.amount(), begun.type(), begun.terminal6(), time);
        byte[] tac = PurseAccess.tac(begun, covered);
        begun.purse().keepProof(begun.type().id(), begun.sequence(), NO_MAC, tac);
        PurseAccess.log(card, begun, time);
        return tac;
    }
}
