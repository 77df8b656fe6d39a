package io.zhitong.cos.access;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.AccessTranscript;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.state.CardContext;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import java.util.Optional;

/**
 * The sealed access answer (密封认证) to 80 8A 00 keyRef: data suite 01 ‖ variant (00 sealed, 01 private) ‖ point 8 ‖ door
 * time 4 ‖ nonce 16 ‖ Q 64 [‖ reader certificate 121]; answer E 33 ‖ C 185 ‖ tag 16. Draws 32 bytes for the ephemeral
 * scalar, then 32 that hedge the signature. At most eight answers a power-up.
 */
final class SealedAnswer {
    private static final int DATA = 94;
    private static final int PRIVATE_DATA = DATA + AccessCertificate.LENGTH;
    private static final int ANSWER = 234;
    private static final int PER_POWER_UP = 8;
    private static final int Q = 30;

    private final CommandApdu apdu;
    private final CardContext card;
    private final AccessApplication application;
    private final byte[] data;

    private SealedAnswer(CommandApdu apdu, CardContext card) {
        this.apdu = apdu;
        this.card = card;
        this.data = apdu.data();
        this.application = AccessApplication.current(card);
    }

    static byte[] run(CommandApdu apdu, CardContext card) {
        int length = apdu.data().length;
        CommandRefused.unless(length == DATA || length == PRIVATE_DATA, StatusWord.WRONG_LENGTH);
        CommandRefused.unless(apdu.p2() < AccessApplication.KEY_PAIRS, StatusWord.WRONG_P1P2);
        Shape.le(apdu, ANSWER);
        CommandRefused.unless(apdu.data()[0] == 1 && apdu.data()[1] == (length == DATA ? 0 : 1), StatusWord.WRONG_DATA);
        return new SealedAnswer(apdu, card).answer();
    }

    private byte[] answer() {
        Sm2PublicKey door = doorPoint();
        boolean sealed = data.length == DATA;
        application.require(sealed ? AccessMethod.SEALED : AccessMethod.PRIVATE);
        Optional<Sm2PublicKey> reader = sealed ? Optional.empty() : Optional.of(reader());
        try (Sm2PrivateKey key =
                application.privateKey(apdu.p2()).orElseThrow(() -> new CommandRefused(StatusWord.KEY_NOT_FOUND))) {
            byte[] certificate = application
                    .certificate(apdu.p2(), key.publicKey())
                    .orElseThrow(() -> new CommandRefused(StatusWord.KEY_NOT_FOUND));
            CommandRefused.unless(card.session().takeSealedAnswer(PER_POWER_UP), StatusWord.CONDITIONS_NOT_MET);
            return seal(key, certificate, door, reader);
        }
    }

    private byte[] seal(Sm2PrivateKey key, byte[] certificate, Sm2PublicKey door, Optional<Sm2PublicKey> reader) {
        try (Sm2PrivateKey ephemeral = FreshScalar.draw(card.random())) {
            byte[] e = ephemeral.publicKey().compressed();
            byte[] th = application.transcript(apdu).sealedHash(e);
            ByteWriter shared = new ByteWriter().bytes(Sm2.ecdhX(ephemeral, door));
            reader.ifPresent(r -> shared.bytes(Sm2.ecdhX(ephemeral, r)));
            byte[] z = shared.toByteArray();
            byte[] keyAndIv = AccessTranscript.sealedKey(z, th);
            byte[] signature = Sm2.sign(key, AccessTranscript.cardMessage(th, certificate), card.random());
            byte[] plain = new ByteWriter().bytes(certificate).bytes(signature).toByteArray();
            byte[] sealed =
                    Sm4.gcmEncrypt(Arrays.copyOf(keyAndIv, 16), Arrays.copyOfRange(keyAndIv, 16, 28), th, plain);
            Arrays.fill(z, (byte) 0);
            Arrays.fill(keyAndIv, (byte) 0);
            return new ByteWriter().bytes(e).bytes(sealed).toByteArray();
        }
    }

    private Sm2PublicKey doorPoint() {
        try {
            return Sm2PublicKey.decode(Arrays.copyOfRange(data, Q, DATA));
        } catch (MalformedInput notOnCurve) {
            throw new CommandRefused(StatusWord.WRONG_DATA);
        }
    }

    private Sm2PublicKey reader() {
        byte[] certificate = Arrays.copyOfRange(data, DATA, PRIVATE_DATA);
        return application.trustedReader(certificate, Arrays.copyOfRange(data, 2, 10));
    }
}
