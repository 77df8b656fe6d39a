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
 * APPLICATION UNBLOCK (应用解锁) 84 18 00 00, data MAC4 under 36/00 of the current application. The third wrong one in a row
 * blocks it for good: 9303.
 */
public final class ApplicationUnblock implements Command {
    @Override
    public int ins() {
        return 0x18;
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
        Shape.p1p2(apdu, 0, 0);
        Shape.lc(apdu.data(), SecureMessaging.MAC);
        Shape.noLe(apdu);
        CardFile application = card.session().df();
        CommandRefused.unless(application.state() == ApplicationState.BLOCKED, StatusWord.CONDITIONS_NOT_MET);
        SecureChannel channel = SecureChannel.fullBlock(card, card.needKey(KeyType.MAINTENANCE, 0));
        if (application.unblocksLeft() == 0) {
            throw blockedForGood(application, card);
        }
        // Committed together with the key's try, before anything is compared.
        application.spendUnblock();
        try {
            channel.open(apdu);
        } catch (CommandRefused e) {
            throw application.unblocksLeft() > 0 ? e : blockedForGood(application, card);
        }
        application.state(ApplicationState.OPEN);
        return Shape.NOTHING;
    }

    private static CommandRefused blockedForGood(CardFile application, CardContext card) {
        application.state(ApplicationState.BLOCKED_FOR_GOOD);
        card.memory().commit();
        return new CommandRefused(StatusWord.LOCKED_FOR_GOOD);
    }
}
