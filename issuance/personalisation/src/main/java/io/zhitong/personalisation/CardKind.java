package io.zhitong.personalisation;

import io.zhitong.keyapi.KeyUsage;
import java.util.List;

/** How a make of card wants to be written and which keys its purse gets (卡型), docs/card.md "Profiles". */
enum CardKind {
    /** Our card, SM4. */
    OURS(16, 0x00, KeyUsage.PURSE_CONTROL, KeyUsage.DAMK, List.of(KeyUsage.DPK, KeyUsage.DLK, KeyUsage.DTK)),
    /** FM1208 and alike as bought, 3DES: challenges of 8 bytes; the flags of a file name line keys downwards. */
    BOUGHT(
            8,
            0x0F,
            KeyUsage.BOUGHT_CONTROL,
            KeyUsage.BOUGHT_LINE,
            List.of(KeyUsage.BOUGHT_DPK, KeyUsage.BOUGHT_DLK, KeyUsage.BOUGHT_DTK));

    private static final int DIRECTORY = 0x38;
    private static final int KEY_FILE = 0x3F;
    private static final int PURSE = 0x2F;
    private static final int TYPE_BITS = 0x3F;

    private final int challenge;
    private final int lineKeyBits;
    private final KeyUsage control;
    private final KeyUsage line;
    private final List<KeyUsage> money;

    CardKind(int challenge, int lineKeyBits, KeyUsage control, KeyUsage line, List<KeyUsage> money) {
        this.challenge = challenge;
        this.lineKeyBits = lineKeyBits;
        this.control = control;
        this.line = line;
        this.money = money;
    }

    /** Bytes of a challenge for secure messaging. */
    int challenge() {
        return challenge;
    }

    /** Usage of 39/00 of the purse. */
    KeyUsage control() {
        return control;
    }

    /** Usage of the purse's line protection key 36/00. */
    KeyUsage line() {
        return line;
    }

    /** Usages of its keys for purchase, load and TAC. */
    List<KeyUsage> money() {
        return money;
    }

    /** A description for CREATE FILE, its flags as this make counts line keys. */
    byte[] inItsWords(byte[] description) {
        byte[] out = description.clone();
        int type = out[0] & TYPE_BITS;
        if (type != DIRECTORY && type != KEY_FILE && type != PURSE) {
            out[out.length - 1] ^= (byte) lineKeyBits;
        }
        return out;
    }
}
