package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.ApplicationState;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;

/** GET CHALLENGE (取随机数) 00 84 00 00, Le 4, 8 or, on a card of SM4, 16; good for the next command only. */
public final class GetChallenge implements Command {
    @Override
    public int ins() {
        return 0x84;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x00;
    }

    @Override
    public ApplicationState worksUpTo() {
        return ApplicationState.BLOCKED_FOR_GOOD;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.p1p2(apdu, 0, 0);
        Shape.lc(apdu.data(), 0);
        int le = apdu.le();
        int longest = card.profile().algorithm().block();
        CommandRefused.unless(le == 4 || le == 8 || le == 16 && le == longest, StatusWord.WRONG_LENGTH);
        byte[] challenge = card.random().bytes(le);
        card.session().offer(challenge);
        return challenge;
    }
}
