package io.zhitong.cos.command;

import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.PinValue;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import java.security.MessageDigest;

/** Comparing a PIN (口令校验): a try is spent for good before, all are given back after success. */
final class PinCheck {
    private PinCheck() {}

    /** Refuses with 63Cn, 6983 when no try was left; either takes the PIN state of the DF away. */
    static void require(CardContext card, StoredKey pin, byte[] candidate) {
        card.session().pin(false);
        card.spendTry(pin);
        if (!MessageDigest.isEqual(pin.value(), PinValue.encode(candidate))) {
            throw new CommandRefused(StatusWord.triesLeft(pin.triesLeft()));
        }
        pin.restoreTries();
    }

    /** A new PIN, with all its tries. */
    static void put(StoredKey pin, byte[] fresh) {
        pin.replace(PinValue.encode(fresh));
        pin.restoreTries();
    }
}
