package io.zhitong.cos.command;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.BlockModes;
import java.util.Arrays;

/**
 * INTERNAL AUTHENTICATE (内部认证) 00 88, P2 the key id: P1 00 encrypts whole blocks under a key of type 30, 01 decrypts
 * under 31, 02 answers the MAC4 (IV zero) under 32. On a SAM these keys are masters and derive only: 6985.
 */
public final class InternalAuthenticate implements Command {
    @Override
    public int ins() {
        return 0x88;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x00;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        KeyType type = type(apdu.p1());
        byte[] data = apdu.data();
        CommandRefused.unless(data.length > 0, StatusWord.WRONG_LENGTH);
        Shape.le(apdu, type == KeyType.MAC ? 4 : data.length);
        CommandRefused.unless(!card.profile().sam(), StatusWord.CONDITIONS_NOT_MET);
        StoredKey stored = card.needKey(type, apdu.p2());
        card.require(stored.useRule());
        CardAlgorithm algorithm = stored.algorithm();
        CommandRefused.unless(type == KeyType.MAC || data.length % algorithm.block() == 0, StatusWord.WRONG_LENGTH);
        byte[] key = stored.value();
        try {
            return answer(type, algorithm, key, data);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] answer(KeyType type, CardAlgorithm algorithm, byte[] key, byte[] data) {
        return switch (type) {
            case ENCRYPT -> BlockModes.ecbEncrypt(algorithm.cipher(key), data);
            case DECRYPT -> BlockModes.ecbDecrypt(algorithm.cipher(key), data);
            default -> algorithm.mac4(key, data);
        };
    }

    private static KeyType type(int p1) {
        return switch (p1) {
            case 0 -> KeyType.ENCRYPT;
            case 1 -> KeyType.DECRYPT;
            case 2 -> KeyType.MAC;
            default -> throw new CommandRefused(StatusWord.WRONG_P1P2);
        };
    }
}
