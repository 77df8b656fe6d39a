package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.PinValue;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;

/**
 * UNBLOCK PIN (解锁口令) 84 24 00 keyId, data ENC(Ld‖new PIN‖padding)‖MAC4 under the unblock key 37 of that id: the issuer
 * sets a new PIN and gives it all its tries.
 */
public final class UnblockPin implements Command {
    @Override
    public int ins() {
        return 0x24;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x84;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.p1() == 0, StatusWord.WRONG_P1P2);
        int block = card.profile().algorithm().block();
        Shape.lc(apdu.data(), block + 4);
        Shape.noLe(apdu);
        StoredKey pin = card.needKey(KeyType.PIN, apdu.p2());
        StoredKey unblock = card.needKey(KeyType.PIN_UNBLOCK, apdu.p2());
        card.require(unblock.useRule());
        byte[] fresh = SecureChannel.fullBlock(card, unblock).openEncrypted(apdu);
        CommandRefused.unless(PinValue.fits(fresh), StatusWord.WRONG_DATA);
        PinCheck.put(pin, fresh);
        return Shape.NOTHING;
    }
}
