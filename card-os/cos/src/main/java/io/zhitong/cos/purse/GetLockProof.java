package io.zhitong.cos.purse;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.FileKind;
import io.zhitong.cos.file.GreyLock;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteWriter;
import java.util.List;

/**
 * GET LOCK PROOF (取灰锁状态) E0 CA, P1 00 reads, 01 reads and takes the TAC as fetched, P2 01 deposit, 02 purse, 00 the one
 * that is not free, else the first there is; answer state1‖type1‖P2‖bal4‖seq2‖terminal6‖termSeq4‖date4‖time3‖TAC4, zeros
 * when free. The deposit's balance is zero until the PIN was verified.
 */
public final class GetLockProof implements Command {
    private static final int ANSWER = 30;
    private static final int DEPOSIT = 1;

    @Override
    public int ins() {
        return 0xCA;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0xE0;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.p1() <= 1 && apdu.p2() <= 2, StatusWord.WRONG_P1P2);
        Shape.lc(apdu.data(), 0);
        Shape.le(apdu, ANSWER);
        int fid = apdu.p2() == 0 ? chosen(card) : apdu.p2();
        PurseFile purse = PurseAccess.purse(card, fid);
        GreyLock lock = purse.grey();
        if (apdu.p1() == 1 && lock.state() == GreyLock.TAC_UNREAD) {
            purse.forgetGrey();
        }
        boolean shown = fid != DEPOSIT || PurseAccess.pinSatisfied(card);
        return new ByteWriter()
                .u8(lock.state())
                .u8(lock.type())
                .u8(fid)
                .u32(shown ? lock.balance() : 0)
                .u16(lock.sequence())
                .bytes(lock.terminal6())
                .u32(lock.terminalSeq())
                .bytes(lock.time7())
                .bytes(lock.tac())
                .toByteArray();
    }

    private static int chosen(CardContext card) {
        List<Integer> there = card.files().children(card.session().df()).stream()
                .filter(f -> f.kind() == FileKind.PURSE)
                .map(f -> f.fid())
                .sorted()
                .toList();
        CommandRefused.unless(!there.isEmpty(), StatusWord.FILE_NOT_FOUND);
        return there.stream()
                .filter(fid -> PurseAccess.purse(card, fid).grey().state() != GreyLock.FREE)
                .findFirst()
                .orElse(there.get(0));
    }
}
