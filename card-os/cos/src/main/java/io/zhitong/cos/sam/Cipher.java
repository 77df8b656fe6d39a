package io.zhitong.cos.sam;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.DeliveredKey;
import io.zhitong.smcrypto.BlockModes;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.Sm4;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * CIPHER (通用加密/MAC) 80 FA mode 00 with the delivered key. Mode 00: ECB over whole blocks (keys of type 30 and 39). Mode
 * 05: data = initial value of one block ‖ message, answer MAC4, padding 80 00… always (types 32 and 36). Mode 10: SM4-CMAC
 * of a message of the fast access transaction, which begins with 'ZTF1', answer its left 8 bytes (type 3B).
 */
public final class Cipher implements Command {
    private static final byte[] FAST = "ZTF1".getBytes(StandardCharsets.US_ASCII);
    private static final int FAST_MAC = 8;

    @Override
    public int ins() {
        return 0xFA;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.p2() == 0, StatusWord.WRONG_P1P2);
        byte[] data = apdu.data();
        CommandRefused.unless(data.length > 0, StatusWord.WRONG_LENGTH);
        Mode mode = Mode.of(apdu.p1());
        DeliveredKey delivered =
                card.session().delivered().orElseThrow(() -> new CommandRefused(StatusWord.COMMAND_NOT_ACCEPTED));
        CommandRefused.unless(mode.serves(delivered.type()), StatusWord.CONDITIONS_NOT_MET);
        Shape.le(apdu, mode == Mode.ENCRYPT ? data.length : mode == Mode.MAC ? 4 : FAST_MAC);
        byte[] key = delivered.key().export(SecretAccess.TOKEN);
        try {
            return mode.apply(delivered.algorithm(), key, data);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private enum Mode {
        ENCRYPT,
        MAC,
        FAST_CMAC;

        static Mode of(int p1) {
            return switch (p1) {
                case 0x00 -> ENCRYPT;
                case 0x05 -> MAC;
                case 0x10 -> FAST_CMAC;
                default -> throw new CommandRefused(StatusWord.WRONG_P1P2);
            };
        }

        boolean serves(KeyType type) {
            return switch (this) {
                case ENCRYPT -> type == KeyType.ENCRYPT || type == KeyType.EXTERNAL_AUTH;
                case MAC -> type == KeyType.MAC || type == KeyType.MAINTENANCE;
                case FAST_CMAC -> type == KeyType.ACCESS;
            };
        }

        byte[] apply(CardAlgorithm algorithm, byte[] key, byte[] data) {
            int block = algorithm.block();
            switch (this) {
                case ENCRYPT -> {
                    CommandRefused.unless(data.length % block == 0, StatusWord.WRONG_LENGTH);
                    return BlockModes.ecbEncrypt(algorithm.cipher(key), data);
                }
                case MAC -> {
                    CommandRefused.unless(data.length > block, StatusWord.WRONG_LENGTH);
                    byte[] iv = Arrays.copyOf(data, block);
                    return algorithm.mac4(key, iv, Arrays.copyOfRange(data, block, data.length));
                }
                default -> {
                    CommandRefused.unless(
                            algorithm == CardAlgorithm.SM4 && isFast(data), StatusWord.CONDITIONS_NOT_MET);
                    return Arrays.copyOf(Sm4.cmac(key, data), FAST_MAC);
                }
            }
        }

        private static boolean isFast(byte[] data) {
            return data.length > FAST.length && Arrays.equals(Arrays.copyOf(data, FAST.length), FAST);
        }
    }
}
