package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.PinValue;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;

/** VERIFY PIN (验证口令) 00 20 00 keyId, data the PIN of 2 to 6 bytes. */
public final class VerifyPin implements Command {
    @Override
    public int ins() {
        return 0x20;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x00;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.p1() == 0, StatusWord.WRONG_P1P2);
        CommandRefused.unless(PinValue.fits(apdu.data()), StatusWord.WRONG_LENGTH);
        Shape.noLe(apdu);
        StoredKey pin = card.needKey(KeyType.PIN, apdu.p2());
        card.require(pin.useRule());
        PinCheck.require(card, pin, apdu.data());
        card.session().pin(true);
        card.session().reach(pin.nextState());
        return Shape.NOTHING;
    }
}
