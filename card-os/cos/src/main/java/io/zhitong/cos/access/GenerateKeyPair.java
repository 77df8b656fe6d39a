package io.zhitong.cos.access;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.SecureChannel;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.KeyFile;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.util.Arrays;

/**
 * GENERATE KEY PAIR (生成密钥对) 84 F6 00 keyRef, our profile: data the MAC4 of the command under the application's control
 * key 39/00 with a challenge of a whole block; answer point x‖y 64 ‖ MAC4 over the point under the same challenge, so that
 * who certifies the point knows which card made it. The scalar never leaves; a pair of that number is replaced.
 */
public final class GenerateKeyPair implements Command {
    private static final int ANSWER = 64 + SecureMessaging.MAC;

    @Override
    public int ins() {
        return 0xF6;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x84;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.p1() == 0 && apdu.p2() < AccessApplication.KEY_PAIRS, StatusWord.WRONG_P1P2);
        Shape.lc(apdu.data(), SecureMessaging.MAC);
        Shape.le(apdu, ANSWER);
        AccessApplication.current(card);
        KeyFile keys = card.keys().orElseThrow(() -> new CommandRefused(StatusWord.FILE_NOT_FOUND));
        SecureChannel channel = SecureChannel.fullBlock(card, card.needKey(KeyType.EXTERNAL_AUTH, 0));
        channel.open(apdu);
        try (Sm2PrivateKey pair = FreshScalar.draw(card.random())) {
            byte[] scalar = pair.export(SecretAccess.TOKEN);
            keys.put(head(apdu.p2()), scalar);
            Arrays.fill(scalar, (byte) 0);
            return channel.seal(pair.publicKey().xy());
        }
    }

    /** Header of the record: use free, change never, algorithm byte unused. */
    private static byte[] head(int keyRef) {
        return new byte[] {32, AccessApplication.SCALAR, (byte) keyRef, (byte) 0xF0, (byte) 0xEF, 0, 0, (byte) 0xFF};
    }
}
