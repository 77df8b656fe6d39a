package io.zhitong.cardterminal;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cos.Card;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** A card with an access application and a SAM for it, on our card operating system; the issuer is the test's. */
final class RealAccess {
    static final Door DOOR =
            new Door(Hex.parse("0000000044030001"), Hex.parse("0000002a00000007"), ZoneId.of("Asia/Shanghai"));
    static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");
    static final Sm2PrivateKey ISSUER = Sm2PrivateKey.of(Hex.parse("31".repeat(32)));
    static final TrustedIssuers ISSUERS = new TrustedIssuers(List.of(ISSUER.publicKey()));
    private static final Sm2PrivateKey READER = Sm2PrivateKey.of(Hex.parse("35".repeat(32)));
    private static final String CONTROL = "390102030405060708090a0b0c0d0e0f";
    private static final String MASTER = "3b0102030405060708090a0b0c0d0e0f";
    private static final String CREDENTIAL = "4403000112345678";
    private static final String DATES = "20260101" + "20361231";

    private RealAccess() {}

    /** @param methods byte of DF60, two digits */
    static Card card(String methods) {
        Card card = RealCards.born(CardProfile.BLANK, 21);
        byte[] fast = CardAlgorithm.SM4.diversify(Hex.parse(MASTER), Hex.parse(CREDENTIAL));
        RealCards.ok(card, "80E0 3F02 16 38 0800 F0 F0 99 FF FF F05A54414343 0000000044030001");
        RealCards.ok(card, "00A4 0400 0E F05A54414343 0000000044030001");
        RealCards.ok(card, "80E0 0000 07 3F 0180 01 F0 FF FF");
        RealCards.ok(card, "80D4 0100 15 39 F0F00F33" + CONTROL);
        RealCards.ok(card, "80D4 0101 15 3B F0F00104" + Hex.of(fast));
        put(card, 0x19, "01" + methods + "0BB800");
        put(card, 0x11, CREDENTIAL + DATES);
        put(card, 0x12, Hex.of(ISSUER.publicKey().xy()));
        put(card, 0x13, "00000000");
        put(card, 0x14, Hex.of(certificate(AccessCertificate.CARD, CREDENTIAL, keyPair(card))));
        card.reset();
        return card;
    }

    private static void put(Card card, int file, String content) {
        RealCards.ok(card, String.format("80E0 %04X 07 28 %04X EF F0 FF 00", file, content.length() / 2));
        RealCards.ok(card, String.format("00D6 %02X00 %02X", 0x80 | file, content.length() / 2) + content);
    }

    private static Sm2PublicKey keyPair(Card card) {
        byte[] challenge = RealCards.ok(card, "0084 0000 10");
        byte[] mac = SecureMessaging.commandMac(
                CardAlgorithm.SM4, Hex.parse(CONTROL), challenge, Hex.parse("84f60000"), new byte[0]);
        byte[] answer = RealCards.ok(card, "84F6 0000 04" + Hex.of(mac) + "44");
        return Sm2PublicKey.decode(java.util.Arrays.copyOf(answer, 64));
    }

    private static byte[] certificate(int role, String subject, Sm2PublicKey key) {
        byte[] body = AccessCertificate.body(
                role,
                ISSUER.publicKey(),
                Hex.parse(subject),
                Hex.parse(DATES.substring(0, 8)),
                Hex.parse(DATES.substring(8)),
                1,
                key);
        byte[] signature = Sm2.sign(ISSUER, AccessCertificate.message(body), RandomSource.secure());
        return new ByteWriter().bytes(body).bytes(signature).toByteArray();
    }

    /** The reader of {@link #DOOR}, or of the point named by 16 digits, certified. */
    static ReaderIdentity reader(String point) {
        byte[] certificate = certificate(AccessCertificate.READER, point, READER.publicKey());
        return new ReaderIdentity(READER, AccessCertificate.parse(certificate));
    }

    static ReaderIdentity reader() {
        return reader(Hex.of(DOOR.point()));
    }

    /** An access SAM that holds the masters of fast and legacy cards. */
    static Card sam(String legacyMaster) {
        Card card = RealCards.born(CardProfile.PSAM, 22);
        RealCards.ok(card, "80E0 DF02 0D 38 0400 F0 F0 01 FF FF 5053414D31");
        RealCards.ok(card, "00A4 0000 02 DF02");
        RealCards.ok(card, "80E0 0000 07 3F 0100 01 F0 FF FF");
        RealCards.ok(card, "80D4 0101 15 3B F0 F0 01 04" + MASTER);
        RealCards.ok(card, "80D4 0101 15 32 F0 F0 01 04" + "320102030405060708090a0b0c0d0e0f");
        RealCards.ok(card, "80D4 0101 15 30 F0 F0 01 00" + legacyMaster);
        card.reset();
        return card;
    }
}
