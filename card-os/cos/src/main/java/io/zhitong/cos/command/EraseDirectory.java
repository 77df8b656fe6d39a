package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cos.state.CardContext;

/** ERASE DF (擦除目录) 80 0E 00 00: removes everything in the current DF; the DF itself stays. */
public final class EraseDirectory implements Command {
    @Override
    public int ins() {
        return 0x0E;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 0, 0);
        Shape.lc(apdu.data(), 0);
        Shape.noLe(apdu);
        card.require(card.session().df().writeRule());
        card.files().eraseChildren(card.session().df());
        card.session().forgetFile();
        card.freeWithoutKeys();
        return Shape.NOTHING;
    }
}
