package io.zhitong.cos.command;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.PinValue;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import java.util.Arrays;

/**
 * CHANGE PIN (修改口令) 80 5E 01 keyId, data old‖FF‖new; RELOAD PIN (重装口令) 80 5E 00 keyId, data new‖MAC4 under the reload
 * key 38 of that id: MAC over the new PIN alone, by the TAC's rule for keys (3DES: left half ⊕ right half, single DES).
 * IV is the challenge of the command before if one was fetched, else zero. Both give the PIN all its tries.
 */
public final class ReplacePin implements Command {
    private static final int RELOAD = 0x00;
    private static final int CHANGE = 0x01;
    private static final byte SEPARATOR = (byte) 0xFF;

    @Override
    public int ins() {
        return 0x5E;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.p1() == RELOAD || apdu.p1() == CHANGE, StatusWord.WRONG_P1P2);
        Shape.noLe(apdu);
        StoredKey pin = card.needKey(KeyType.PIN, apdu.p2());
        PinCheck.put(pin, apdu.p1() == CHANGE ? change(apdu.data(), pin, card) : reload(apdu, card));
        return Shape.NOTHING;
    }

    private static byte[] change(byte[] data, StoredKey pin, CardContext card) {
        int end = 0;
        while (end < data.length && data[end] != SEPARATOR) {
            end++;
        }
        CommandRefused.unless(end < data.length, StatusWord.WRONG_DATA);
        byte[] old = checked(Arrays.copyOf(data, end));
        byte[] fresh = checked(Arrays.copyOfRange(data, end + 1, data.length));
        card.require(pin.useRule());
        PinCheck.require(card, pin, old);
        return fresh;
    }

    private static byte[] reload(CommandApdu apdu, CardContext card) {
        byte[] data = apdu.data();
        CommandRefused.unless(data.length > SecureMessaging.MAC, StatusWord.WRONG_LENGTH);
        byte[] fresh = checked(Arrays.copyOf(data, data.length - SecureMessaging.MAC));
        StoredKey reload = card.needKey(KeyType.PIN_RELOAD, apdu.p2());
        card.require(reload.useRule());
        card.spendTry(reload);
        byte[] expected = mac(reload, fresh, card);
        CommandRefused.unless(
                SecureMessaging.same(expected, Arrays.copyOfRange(data, fresh.length, data.length)),
                StatusWord.MAC_WRONG);
        reload.restoreTries();
        return fresh;
    }

    private static byte[] mac(StoredKey reload, byte[] fresh, CardContext card) {
        CardAlgorithm algorithm = card.profile().algorithm();
        byte[] iv = card.session()
                .challenge()
                .map(challenge -> SecureMessaging.iv(algorithm, challenge))
                .orElseGet(() -> new byte[algorithm.block()]);
        byte[] key = reload.value();
        try {
            return algorithm.mac4(algorithm.tacKey(key), iv, fresh);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] checked(byte[] pin) {
        CommandRefused.unless(PinValue.fits(pin), StatusWord.WRONG_LENGTH);
        return pin;
    }
}
