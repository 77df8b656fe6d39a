package io.zhitong.personalisation.keycard;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.personalisation.keycard.KeyCardRefused.Reason;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Arrays;

/** A key card's PIN (密钥卡口令): 6 digits, as ASCII on the card. */
final class KeyPin {
    private static final int LENGTH = 6;
    private static final int TRIES = 0x0F;

    private KeyPin() {}

    /** @throws KeyCardRefused BAD_PIN for other than 6 digits, for equal ones and for runs up or down */
    static void check(SecretBytes pin) {
        byte[] digits = pin.export(SecretAccess.TOKEN);
        try {
            boolean right = digits.length == LENGTH && !run(digits, 0) && !run(digits, 1) && !run(digits, -1);
            for (byte digit : digits) {
                right &= digit >= '0' && digit <= '9';
            }
            if (!right) {
                throw new KeyCardRefused(Reason.BAD_PIN, "");
            }
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    private static boolean run(byte[] digits, int step) {
        for (int i = 1; i < digits.length; i++) {
            if (digits[i] - digits[i - 1] != step) {
                return false;
            }
        }
        return true;
    }

    /** VERIFY; a PIN of another length is not sent, so that it costs no try. */
    static void verify(KeyCardFiles card, SecretBytes pin) {
        if (pin.length() != LENGTH) {
            throw new KeyCardRefused(Reason.BAD_PIN, "");
        }
        byte[] digits = pin.export(SecretAccess.TOKEN);
        ResponseApdu answer;
        try {
            answer = card.send(0x00, 0x20, 0x00, 0x00, digits, CommandApdu.NO_LE);
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
        if (answer.is(StatusWord.AUTHENTICATION_BLOCKED)) {
            throw new KeyCardRefused(Reason.PIN_BLOCKED, "");
        }
        if (StatusWord.of(answer.sw()).filter(StatusWord.TRIES_LEFT::equals).isPresent()) {
            int left = answer.sw() & TRIES;
            throw new KeyCardRefused(left == 0 ? Reason.PIN_BLOCKED : Reason.WRONG_PIN, left + " tries left");
        }
        answer.expectOk("VERIFY");
    }
}
