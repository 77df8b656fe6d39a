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
 * APPLICATION BLOCK (应用锁定) 84 1E 00, P2 00 until unblocked, 01 for good; data MAC4 under the line protection key 36/00 of
 * the current application, which is not the MF.
 */
public final class ApplicationBlock implements Command {
    @Override
    public int ins() {
        return 0x1E;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x84;
    }

    @Override
    public ApplicationState worksUpTo() {
        return ApplicationState.BLOCKED;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.p1() == 0 && apdu.p2() <= 1, StatusWord.WRONG_P1P2);
        Shape.lc(apdu.data(), SecureMessaging.MAC);
        Shape.noLe(apdu);
        CardFile application = card.session().df();
        CommandRefused.unless(!application.equals(card.files().mf()), StatusWord.CONDITIONS_NOT_MET);
        SecureChannel.fullBlock(card, card.needKey(KeyType.MAINTENANCE, 0)).open(apdu);
        application.state(apdu.p2() == 1 ? ApplicationState.BLOCKED_FOR_GOOD : ApplicationState.BLOCKED);
        return Shape.NOTHING;
    }
}
