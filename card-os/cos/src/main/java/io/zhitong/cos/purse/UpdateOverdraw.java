package io.zhitong.cos.purse;

import io.zhitong.cardspec.CardTime;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cardspec.TransactionType;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteReader;
import java.util.Arrays;

/**
 * UPDATE OVERDRAW LIMIT (修改透支限额) 80 58 00 00, data newLimit3‖date4‖time3‖MAC2, answer TAC4. The balance, which includes
 * the limit, changes by the difference; 9401 if too much of the old limit is spent already.
 */
public final class UpdateOverdraw implements Command {
    private static final byte[] NO_MAC = new byte[4];

    @Override
    public int ins() {
        return 0x58;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 0, 0);
        Shape.lc(apdu.data(), 14);
        Shape.le(apdu, 4);
        Begun begun = PurseAccess.begun(card, TransactionType.OVERDRAFT);
        ByteReader in = new ByteReader(apdu.data());
        int limit = in.u24();
        CardTime time = new CardTime(in.bytes(7));
        long balance = begun.purse().balance() - begun.purse().overdraft() + limit;
        CommandRefused.unless(balance >= 0, StatusWord.FUNDS_TOO_LOW);
        CommandRefused.unless(balance <= PurseFile.MOST, StatusWord.CONDITIONS_NOT_MET);
        byte[] covered = PurseCryptograms.overdraftMac2(limit, begun.terminal6(), time);
        Arrays.fill(HostMac.verify(card, begun, covered, in.bytes(4)), (byte) 0);
        begun.purse().limitOverdraft(limit);
        begun.purse().settleOnline(balance);
        byte[] tac = PurseAccess.tac(
                begun, PurseCryptograms.overdraftTac(balance, begun.sequence(), limit, begun.terminal6(), time));
        begun.purse().keepProof(begun.type().id(), begun.sequence(), NO_MAC, tac);
        PurseAccess.log(card, begun, limit, time);
        return tac;
    }
}
