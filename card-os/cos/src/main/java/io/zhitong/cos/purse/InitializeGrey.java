package io.zhitong.cos.purse;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.state.CardContext;

/**
 * INITIALIZE FOR GREY LOCK (灰锁初始化) E0 7A 08 and FOR GREY UNLOCK (联机解扣初始化) E0 7A 09, P2 01 deposit or 02 purse, data
 * keyId‖terminal6. The lock answers bal4‖offlineSeq2‖limit3‖keyVer‖alg‖rnd4, the unlock
 * bal4‖offlineSeq2‖onlineSeq2‖keyVer‖alg‖rnd4‖MAC1. 9408 if the purse is locked already, or not.
 */
public final class InitializeGrey implements Command {
    @Override
    public int ins() {
        return 0x7A;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0xE0;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        return Opening.run(apdu, card, PurseKind.ofGrey(apdu.p1(), apdu.p2()));
    }
}
