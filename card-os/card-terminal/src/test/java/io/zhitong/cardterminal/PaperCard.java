package io.zhitong.cardterminal;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A sealed card written from docs/card.md alone, that can be told to do each step wrong: it shares only primitives with
 * the terminal.
 */
final class PaperCard implements CardChannel {

    static final Sm2PrivateKey ISSUER = Sm2PrivateKey.of(Hex.parse("31".repeat(32)));
    static final Sm2PrivateKey CARD = Sm2PrivateKey.of(Hex.parse("32".repeat(32)));
    private static final String FCI = "6f1a840ef05a544143430000000000440301a508df6005010f0bb800";

    private Sm2PrivateKey signer = CARD;
    private byte[] certificate = certificate(AccessCertificate.CARD, ISSUER);
    private UnaryOperator<byte[]> answer = UnaryOperator.identity();
    private UnaryOperator<byte[]> content = UnaryOperator.identity();
    private Runnable before = () -> {};
    private int leaveAt = -1;
    private int exchanges;

    /** A certificate for the card's key, 2026-01-01 to 2027-12-31, number 7. */
    static byte[] certificate(int role, Sm2PrivateKey issuer) {
        return signed(
                AccessCertificate.body(
                        role,
                        ISSUER.publicKey(),
                        Hex.parse("4403000112345678"),
                        Hex.parse("20260101"),
                        Hex.parse("20271231"),
                        7,
                        CARD.publicKey()),
                issuer);
    }

    /** Body and signature, whatever the body is. */
    static byte[] signed(byte[] body, Sm2PrivateKey issuer) {
        byte[] message = new ByteWriter().ascii("ZTC1").bytes(body).toByteArray();
        return new ByteWriter()
                .bytes(body)
                .bytes(Sm2.sign(issuer, message, RandomSource.secure()))
                .toByteArray();
    }

    PaperCard showing(byte[] otherCertificate) {
        certificate = otherCertificate;
        return this;
    }

    PaperCard signingWith(Sm2PrivateKey key) {
        signer = key;
        return this;
    }

    PaperCard changing(UnaryOperator<byte[]> sentAnswer) {
        answer = sentAnswer;
        return this;
    }

    PaperCard sealing(UnaryOperator<byte[]> sealedContent) {
        content = sealedContent;
        return this;
    }

    /** Something that happens while the card computes. */
    PaperCard meanwhile(Runnable event) {
        before = event;
        return this;
    }

    PaperCard leavingAt(int exchange) {
        leaveAt = exchange;
        return this;
    }

    int exchanges() {
        return exchanges;
    }

    @Override
    public byte[] transceive(byte[] command) {
        if (exchanges++ == leaveAt) {
            throw new CardException(CardException.Reason.TIMEOUT, "no answer");
        }
        if (command[1] == (byte) 0xA4) {
            return Hex.parse(FCI + "9000");
        }
        before.run();
        byte[] data = Arrays.copyOfRange(command, 5, 5 + 94);
        Sm2PrivateKey ephemeral = Sm2PrivateKey.generate(RandomSource.secure());
        byte[] e = ephemeral.publicKey().compressed();
        byte[] th = Sm3.hash(new ByteWriter()
                .ascii("ZTS1")
                .u16(FCI.length() / 2)
                .bytes(Hex.parse(FCI))
                .u8(0)
                .bytes(Arrays.copyOf(command, 5))
                .bytes(data)
                .bytes(e)
                .toByteArray());
        byte[] z = Sm2.ecdhX(ephemeral, Sm2PublicKey.decode(Arrays.copyOfRange(data, 30, 94)));
        byte[] keyAndIv = Sm2.kdf(new ByteWriter().bytes(z).bytes(th).toByteArray(), 28);
        byte[] message =
                new ByteWriter().ascii("ZTS1-card").bytes(th).bytes(certificate).toByteArray();
        byte[] plain = content.apply(new ByteWriter()
                .bytes(certificate)
                .bytes(Sm2.sign(signer, message, RandomSource.secure()))
                .toByteArray());
        byte[] sealed = Sm4.gcmEncrypt(Arrays.copyOf(keyAndIv, 16), Arrays.copyOfRange(keyAndIv, 16, 28), th, plain);
        return new ByteWriter()
                .bytes(answer.apply(new ByteWriter().bytes(e).bytes(sealed).toByteArray()))
                .u16(0x9000)
                .toByteArray();
    }
}
