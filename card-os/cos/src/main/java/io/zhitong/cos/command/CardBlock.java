package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.ApplicationState;
import io.zhitong.cos.file.CardFile;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;

/**
 * CARD BLOCK (卡片锁定) 84 16 00 00 in the MF, data MAC4 under 36/00 of the MF. From then on the card answers 6A81 to
 * everything, for good.
 */
public final class CardBlock implements Command {
    @Override
    public int ins() {
        return 0x16;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x84;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 0, 0);
        Shape.lc(apdu.data(), SecureMessaging.MAC);
        Shape.noLe(apdu);
        CardFile mf = card.files().mf();
        CommandRefused.unless(card.session().df().equals(mf), StatusWord.CONDITIONS_NOT_MET);
        SecureChannel.fullBlock(card, card.needKey(KeyType.MAINTENANCE, 0)).open(apdu);
        mf.state(ApplicationState.BLOCKED_FOR_GOOD);
        return Shape.NOTHING;
    }
}
