package io.zhitong.cardterminal;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.StatusWord;
import java.util.Arrays;

/** What the three ways to a new PIN have in common: SELECT, one command, and the question after a card that left. */
final class PinExchange {
    private PinExchange() {}

    /** The command for a card, made after its selection. */
    @FunctionalInterface
    interface Maker {
        CommandApdu make(PurseData card);
    }

    static PinOutcome run(CardChannel card, Maker maker) {
        PurseData data;
        CommandApdu command;
        try {
            data = Purse.select(card).data();
            command = maker.make(data);
        } catch (CardException e) {
            return PinOutcome.Refused.of(PinRefusal.of(e), e.sw());
        }
        ResponseApdu answer;
        try {
            answer = card.send(command);
        } catch (CardException e) {
            return new PinOutcome.InDoubt(data);
        }
        if (answer.is(StatusWord.OK)) {
            return new PinOutcome.Changed();
        }
        return PsamDebit.leavesDoubt(answer.sw())
                ? new PinOutcome.InDoubt(data)
                : PinOutcome.Refused.of(PinRefusal.of(answer.sw()), answer.sw());
    }

    /** Verifies the new PIN: right means changed; wrong means not, and costs a try. */
    static PinOutcome resolve(CardChannel card, PurseData torn, Pin fresh) {
        try {
            Purse purse = Purse.select(card);
            if (!Arrays.equals(purse.data().serial(), torn.serial())) {
                return PinOutcome.Refused.of(PinRefusal.OTHER_CARD, 0);
            }
            purse.verify(fresh);
            return new PinOutcome.Changed();
        } catch (CardException e) {
            PinRefusal reason = PinRefusal.of(e);
            return PinOutcome.Refused.of(reason == PinRefusal.PIN_WRONG ? PinRefusal.NOT_CHANGED : reason, e.sw());
        }
    }

    static byte[] challenge(CardChannel card) {
        return card.send(new CommandApdu(0x00, 0x84, 0x00, 0x00, new byte[0], 16))
                .expect("GET CHALLENGE", 16);
    }
}
