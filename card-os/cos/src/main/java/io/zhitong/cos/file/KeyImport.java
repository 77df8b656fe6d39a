package io.zhitong.cos.file;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;

/**
 * The data of WRITE KEY (密钥数据), docs/card.md: keys with algorithm {@code type use change ver alg key}; 39 {@code type
 * use change nextState errCtr key}; 36, 37, 38 {@code type use change FF errCtr key}; 3A {@code type use EF nextState
 * errCtr pin}. The error counter holds the most in its high nibble and what is left in its low one.
 */
public final class KeyImport {
    private static final int FIELDS = 5;
    private static final int FIFTEEN_OF_FIFTEEN = 0xFF;

    private final KeyType type;
    private final byte[] head;
    private final byte[] value;

    private KeyImport(KeyType type, byte[] head, byte[] value) {
        this.type = type;
        this.head = head;
        this.value = value;
    }

    /** Checks lengths, algorithm and counter; 6A80 or 6700 if they do not fit. */
    public static KeyImport parse(byte[] data, int id, CardAlgorithm ofCard) {
        CommandRefused.unless(data.length > FIELDS, StatusWord.WRONG_LENGTH);
        KeyType type = typeOf(data[0] & 0x3F);
        byte[] secret = Arrays.copyOfRange(data, FIELDS, data.length);
        boolean counted = hasCounter(type);
        if (type == KeyType.PIN) {
            CommandRefused.unless(PinValue.fits(secret), StatusWord.WRONG_LENGTH);
        } else {
            checkKey(counted ? ofCard : algorithmOf(data[4], ofCard), secret);
        }
        int tries = counted ? data[4] & 0xFF : FIFTEEN_OF_FIFTEEN;
        CommandRefused.unless(tries >> 4 > 0 && (tries & 0x0F) <= tries >> 4, StatusWord.WRONG_DATA);
        byte[] stored = type == KeyType.PIN ? PinValue.encode(secret) : secret;
        byte[] head = {
            (byte) stored.length,
            data[0],
            (byte) id,
            data[1],
            data[2],
            data[3],
            counted ? (byte) ofCard.id() : data[4],
            (byte) tries
        };
        return new KeyImport(type, head, stored);
    }

    /** Type without its protection bits. */
    public KeyType type() {
        return type;
    }

    /** Adds the key to a file, or replaces the one of the same type and id. */
    public void putInto(KeyFile keys) {
        keys.put(head, value);
        Arrays.fill(value, (byte) 0);
    }

    private static boolean hasCounter(KeyType type) {
        return switch (type) {
            case EXTERNAL_AUTH, MAINTENANCE, PIN_UNBLOCK, PIN_RELOAD, PIN -> true;
            default -> false;
        };
    }

    private static void checkKey(CardAlgorithm algorithm, byte[] key) {
        boolean fits = key.length == 16 || key.length == 8 && algorithm == CardAlgorithm.TRIPLE_DES;
        CommandRefused.unless(fits, StatusWord.WRONG_LENGTH);
    }

    private static KeyType typeOf(int code) {
        try {
            return KeyType.of(code);
        } catch (MalformedInput e) {
            throw new CommandRefused(StatusWord.WRONG_DATA);
        }
    }

    /** A chip that knows 3DES only takes any byte but SM4's for it; real ones are written with 00, 01 and 98. */
    private static CardAlgorithm algorithmOf(byte field, CardAlgorithm ofCard) {
        if (ofCard == CardAlgorithm.TRIPLE_DES) {
            CommandRefused.unless((field & 0x0F) != CardAlgorithm.SM4.id(), StatusWord.WRONG_DATA);
            return ofCard;
        }
        try {
            return CardAlgorithm.of(field & 0x0F);
        } catch (MalformedInput e) {
            throw new CommandRefused(StatusWord.WRONG_DATA);
        }
    }
}
