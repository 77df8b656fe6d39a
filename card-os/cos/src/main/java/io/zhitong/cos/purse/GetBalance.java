package io.zhitong.cos.purse;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.PurseFile;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteWriter;

/** GET BALANCE (读余额) 80 5C 00, P2 01 the deposit (PIN, where there is one) or 02 the purse; answer 4 bytes, fen. */
public final class GetBalance implements Command {
    @Override
    public int ins() {
        return 0x5C;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.p1() == 0 && (apdu.p2() == 1 || apdu.p2() == 2), StatusWord.WRONG_P1P2);
        Shape.lc(apdu.data(), 0);
        Shape.le(apdu, 4);
        PurseFile purse = PurseAccess.purse(card, apdu.p2());
        if (apdu.p2() == 1) {
            PurseAccess.requirePin(card);
        }
        return new ByteWriter().u32(purse.balance()).toByteArray();
    }
}
