package io.zhitong.cos.access;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;

/**
 * The fast access answer (快速认证) to 80 8A 01 keyId: data suite 01 ‖ 00 ‖ point 8 ‖ door time 4 ‖ nonce 16; answer
 * keyVer1‖credential8‖from4‖to4‖MAC8 with the card's key of type 3B.
 */
final class FastAnswer {
    private static final int DATA = 30;
    private static final int ANSWER = 25;

    private FastAnswer() {}

    static byte[] run(CommandApdu apdu, CardContext card) {
        byte[] data = apdu.data();
        Shape.lc(data, DATA);
        Shape.le(apdu, ANSWER);
        CommandRefused.unless(data[0] == 1 && data[1] == 0, StatusWord.WRONG_DATA);
        AccessApplication application = AccessApplication.current(card);
        application.require(AccessMethod.FAST);
        StoredKey stored = card.needKey(KeyType.ACCESS, apdu.p2());
        CommandRefused.unless(stored.algorithm() == CardAlgorithm.SM4, StatusWord.KEY_NOT_FOUND);
        card.require(stored.useRule());
        byte[] answer = new ByteWriter()
                .u8(stored.version())
                .bytes(application.credential())
                .toByteArray();
        byte[] key = stored.value();
        try {
            byte[] mac = application.transcript(apdu).fastMac(key, answer);
            return new ByteWriter().bytes(answer).bytes(mac).toByteArray();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
