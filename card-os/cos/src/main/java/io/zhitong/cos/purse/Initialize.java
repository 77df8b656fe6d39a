package io.zhitong.cos.purse;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.state.CardContext;

/**
 * INITIALIZE FOR LOAD, PURCHASE, CASH, CAPP, OVERDRAFT, UNLOAD (交易初始化) 80 50, P1 00·01·02·03·04·05, P2 01 deposit or 02
 * purse, data keyId‖amount4‖terminal6, for the overdraft keyId‖terminal6. Load and unload answer
 * bal4‖onlineSeq2‖keyVer‖alg‖rnd4‖MAC1, the overdraft bal4‖onlineSeq2‖limit3‖keyVer‖alg‖rnd4‖MAC1, the others
 * bal4‖offlineSeq2‖limit3‖keyVer‖alg‖rnd4.
 */
public final class Initialize implements Command {
    @Override
    public int ins() {
        return 0x50;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        return Opening.run(apdu, card, PurseKind.of(apdu.p1(), apdu.p2()));
    }
}
