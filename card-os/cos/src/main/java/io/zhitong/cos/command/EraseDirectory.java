package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.LifeState;

/** ERASE DF (擦除目录) 80 0E 00 00: removes everything in the current DF; the DF itself stays. The MF of a
 * personalised card is not erased: 6985. */
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
        boolean mf = card.session().df().equals(card.files().mf());
        boolean early = LifeState.of(card.memory()).compareTo(LifeState.PERSONALISED) < 0;
        CommandRefused.unless(early || !mf, StatusWord.CONDITIONS_NOT_MET);
        card.require(card.session().df().writeRule());
        card.files().eraseChildren(card.session().df(), card::isChipFile);
        card.session().forgetFile();
        card.freeWithoutKeys();
        return Shape.NOTHING;
    }
}
