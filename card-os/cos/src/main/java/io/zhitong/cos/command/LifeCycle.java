package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.LifeState;

/** LIFECYCLE (生命周期) 80 F0 00 state in the MF, data MAC4 under the MF's 39/00 with a challenge of a whole block. */
public final class LifeCycle implements Command {
    @Override
    public int ins() {
        return 0xF0;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.p1() == 0, StatusWord.WRONG_P1P2);
        Shape.lc(apdu.data(), SecureMessaging.MAC);
        Shape.noLe(apdu);
        CommandRefused.unless(card.session().df().equals(card.files().mf()), StatusWord.CONDITIONS_NOT_MET);
        SecureChannel.fullBlock(card, card.needKey(KeyType.EXTERNAL_AUTH, 0)).open(apdu);
        LifeState.advance(card.memory(), apdu.p2());
        return Shape.NOTHING;
    }
}
