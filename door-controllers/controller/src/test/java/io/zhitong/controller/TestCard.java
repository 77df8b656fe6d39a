package io.zhitong.controller;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardspec.ResponseApdu;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.Arrays;
import java.util.Random;

/** A real card of the card operating system with an access application, written by plain commands (测试卡). */
final class TestCard {

    static final String COMMUNITY = "0000000044030001";
    static final byte[] MASTER = Hex.parse("3b000102030405060708090a0b0c0d0e");
    private static final byte[] CONTROL = Hex.parse("390102030405060708090a0b0c0d0e0f");
    private static final String AID = "f05a54414343" + COMMUNITY;

    private final Card card;

    private TestCard(Card card) {
        this.card = card;
    }

    /** A card of that number, certified by the issuer for 2026 to 2030. */
    static TestCard of(CredentialNumber number, int certificate, Sm2PrivateKey issuer) {
        Nvm nvm = Nvm.inMemory(CardProfile.BLANK.memory());
        ChipIdentity chip = new ChipIdentity(number.bytes(), Hex.parse("08a1b2c3"));
        CardBirth.blank(nvm, CardProfile.BLANK, chip);
        TestCard card = new TestCard(new Card(nvm, seeded(number.value())));
        card.personalise(number, certificate, issuer);
        return card;
    }

    /** A card of 3DES as people own it: serial in 0015, key 01 for internal authentication. */
    static TestCard legacy(CredentialNumber number, byte[] master) {
        Nvm nvm = Nvm.inMemory(CardProfile.FM1208.memory());
        CardBirth.blank(nvm, CardProfile.FM1208, new ChipIdentity(number.bytes(), Hex.parse("08a1b2c5")));
        TestCard card = new TestCard(new Card(nvm, seeded(number.value())));
        byte[] key = CardAlgorithm.TRIPLE_DES.diversify(master, number.bytes());
        card.ok("80e03f0111380800f0f095ffffa00000000386980701");
        card.ok("00a4040009a00000000386980701");
        card.ok("80e00000073f018095f0ffff");
        card.ok("80d4010115" + "30f0f00100" + Hex.of(key));
        card.ok("80e000150728001ef0f0ffff");
        card.ok("00d695001e" + "440300000000000101010000" + number + "20260101203612310101");
        card.reset();
        return card;
    }

    /** An empty card of some other system. */
    static TestCard stranger() {
        Nvm nvm = Nvm.inMemory(CardProfile.BLANK.memory());
        CardBirth.blank(nvm, CardProfile.BLANK, new ChipIdentity(new byte[8], Hex.parse("08a1b2c4")));
        return new TestCard(new Card(nvm, seeded(7)));
    }

    static RandomSource seeded(long seed) {
        Random random = new Random(seed);
        return n -> {
            byte[] out = new byte[n];
            random.nextBytes(out);
            return out;
        };
    }

    byte[] reset() {
        return card.reset();
    }

    byte[] transceive(byte[] apdu) {
        return card.process(apdu);
    }

    private void personalise(CredentialNumber number, int certificate, Sm2PrivateKey issuer) {
        byte[] key = CardAlgorithm.SM4.diversify(MASTER, number.bytes());
        ok("80e00000073f008001f0ffff");
        ok("80e03f0216380800f0f095ffff" + AID);
        ok("00a404000e" + AID);
        ok("80e00000073f018095f0ffff");
        ok("80d40100" + "15" + "39f0f00f33" + Hex.of(CONTROL));
        ok("80d40101" + "15" + "3bf0f00104" + Hex.of(key));
        ok("80e000110728" + "0010f0f0ff00");
        ok("00d6910010" + number + "20260101" + "20301231");
        ok("80e000140728" + "0079f0f0ff00");
        Sm2PublicKey point = keyPair();
        ok("00d6940079" + Hex.of(certificate(number, certificate, issuer, point)));
        card.reset();
    }

    private Sm2PublicKey keyPair() {
        byte[] challenge = ok("0084000010");
        CommandApdu command = SecureMessaging.protect(
                CardAlgorithm.SM4, CONTROL, challenge, new CommandApdu(0x84, 0xF6, 0, 0, new byte[0], 68));
        return Sm2PublicKey.decode(Arrays.copyOf(ok(Hex.of(command.encode())), 64));
    }

    private static byte[] certificate(CredentialNumber number, int serial, Sm2PrivateKey issuer, Sm2PublicKey point) {
        byte[] body = AccessCertificate.body(
                AccessCertificate.CARD,
                issuer.publicKey(),
                number.bytes(),
                Hex.parse("20260101"),
                Hex.parse("20301231"),
                serial,
                point);
        byte[] signature = Sm2.sign(issuer, AccessCertificate.message(body), seeded(serial));
        byte[] all = Arrays.copyOf(body, AccessCertificate.LENGTH);
        System.arraycopy(signature, 0, all, body.length, signature.length);
        return all;
    }

    private byte[] ok(String frame) {
        return ResponseApdu.parse(card.process(Hex.parse(frame))).expectOk(frame);
    }
}
