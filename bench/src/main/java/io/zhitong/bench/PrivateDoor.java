package io.zhitong.bench;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardterminal.PrivateAccess;
import io.zhitong.cardterminal.ReaderIdentity;
import io.zhitong.cardterminal.TrustedIssuers;
import io.zhitong.cos.Card;
import io.zhitong.cos.CardBirth;
import io.zhitong.cos.ChipIdentity;
import io.zhitong.cos.chip.Nvm;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.Arrays;
import java.util.List;

/** A card that answers certified readers only, and such a reader, under an issuer of their own (私密认证). */
final class PrivateDoor {
    private static final RandomSource RANDOM = RandomSource.secure();
    private static final byte[] CONTROL = Hex.parse("39".repeat(16));
    private static final String NAME = "f05a54414343" + "0000000044030001";
    private static final String DATES = "20260101" + "20351231";

    private final Sm2PrivateKey issuer = Sm2PrivateKey.generate(RANDOM);
    private final Sm2PrivateKey reader = Sm2PrivateKey.generate(RANDOM);

    TrustedIssuers issuers() {
        return new TrustedIssuers(List.of(issuer.publicKey()));
    }

    PrivateAccess door() {
        byte[] certificate = certificate(AccessCertificate.READER, MadeCards.DOOR.point(), reader.publicKey());
        var identity = new ReaderIdentity(reader, AccessCertificate.parse(certificate));
        return new PrivateAccess(MadeCards.DOOR, identity, RANDOM, System::nanoTime);
    }

    Card card() {
        Nvm nvm = Nvm.inMemory(CardProfile.BLANK.memory());
        CardBirth.blank(nvm, CardProfile.BLANK, ChipIdentity.fresh(RANDOM));
        Card card = new Card(nvm, RANDOM);
        ok(card, "80e03f0216" + "380800f0f099ffff" + NAME);
        ok(card, "00a404000e" + NAME);
        ok(card, "80e0000007" + "3f018001f0ffff");
        ok(card, "80d4010015" + "39f0f00f33" + Hex.of(CONTROL));
        file(card, 0x19, "01040bb800");
        file(card, 0x12, Hex.of(issuer.publicKey().xy()));
        file(card, 0x13, "00000000");
        byte[] subject = Hex.parse("4403000100000001");
        file(card, 0x14, Hex.of(certificate(AccessCertificate.CARD, subject, keyPair(card))));
        card.reset();
        return card;
    }

    private static Sm2PublicKey keyPair(Card card) {
        byte[] challenge = ok(card, "0084000010");
        byte[] mac =
                SecureMessaging.commandMac(CardAlgorithm.SM4, CONTROL, challenge, Hex.parse("84f60000"), new byte[0]);
        return Sm2PublicKey.decode(Arrays.copyOf(ok(card, "84f6000004" + Hex.of(mac) + "44"), 64));
    }

    private static void file(Card card, int id, String content) {
        String length = Hex.of(new byte[] {(byte) (content.length() / 2)});
        String shortId = Hex.of(new byte[] {(byte) (0x80 | id)});
        ok(card, "80e000" + Hex.of(new byte[] {(byte) id}) + "0728" + "00" + length + "eff0ff00");
        ok(card, "00d6" + shortId + "00" + length + content);
    }

    private static byte[] ok(Card card, String command) {
        byte[] answer = card.process(Hex.parse(command));
        if (!Hex.of(answer).endsWith("9000")) {
            throw new IllegalStateException("expected a card that can be made, came " + Hex.of(answer));
        }
        return Arrays.copyOf(answer, answer.length - 2);
    }

    private byte[] certificate(int role, byte[] subject, Sm2PublicKey key) {
        byte[] from = Hex.parse(DATES.substring(0, 8));
        byte[] to = Hex.parse(DATES.substring(8));
        byte[] body = AccessCertificate.body(role, issuer.publicKey(), subject, from, to, 1, key);
        byte[] signature = Sm2.sign(issuer, AccessCertificate.message(body), RANDOM);
        return new ByteWriter().bytes(body).bytes(signature).toByteArray();
    }
}
