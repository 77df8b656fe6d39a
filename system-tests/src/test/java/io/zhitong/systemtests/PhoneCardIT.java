package io.zhitong.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cardterminal.AccessOutcome;
import io.zhitong.cardterminal.Door;
import io.zhitong.cardterminal.SealedAccess;
import io.zhitong.cardterminal.TrustedIssuers;
import io.zhitong.cos.Card;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The card operating system in a phone's host card emulation: compiled against Android's framework, run with no class that a
 * phone has not, asked by an ordinary door.
 */
final class PhoneCardIT {
    private static final String AID = "F05A544143430000000044030001";
    private static final byte[] CONTROL = Hex.parse("39".repeat(16));
    private static final String CREDENTIAL = "4403000112345678";

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Phone phone;

    @BeforeAll
    static void build() {
        phone = new Phone(folder);
    }

    @Test
    void the_card_uses_nothing_that_a_phone_has_not() {
        assertEquals(List.of(), phone.strangersIn(Phone.cardPlaces()));
    }

    @Test
    void a_class_that_a_phone_has_not_is_found_when_planted() {
        Path planted =
                phone.compile("Planted", "class Planted { long pid() { return ProcessHandle.current().pid(); } }");
        List<String> found = phone.strangersIn(List.of(planted));
        assertFalse(found.isEmpty());
        assertTrue(found.toString().contains("ProcessHandle"), found.toString());
        assertThrows(ClassNotFoundException.class, () -> phone.platform(planted).loadClass("java.lang.ProcessHandle"));
    }

    @Test
    void a_door_knows_the_phone_by_the_sealed_transaction_also_after_the_system_ended_the_service() throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        Sm2PrivateKey issuer = Sm2PrivateKey.generate(RandomSource.secure());
        Phone.Service first = phone.service(files);
        assertFalse(first.classLoader().equals(Card.class.getClassLoader()));
        personalise(first::process, issuer);
        first.leaveField();
        assertEquals(CREDENTIAL, credential(first::process, issuer.publicKey()));
        Phone.Service again = phone.service(files);
        assertEquals(CREDENTIAL, credential(again::process, issuer.publicKey()));
        assertEquals("6982", Hex.of(again.process(Hex.parse("00b0940000"))), "nobody reads the certificate");
    }

    private static String credential(CardChannel card, Sm2PublicKey issuer) {
        Door door = new Door(Hex.parse(AID.substring(12)), Hex.parse("0000002a00000001"), ZoneId.of("Asia/Shanghai"));
        AccessOutcome outcome = new SealedAccess(door, RandomSource.secure(), System::nanoTime)
                .identify(card, new TrustedIssuers(List.of(issuer)), Instant.now());
        return Hex.of(assertInstanceOf(AccessOutcome.Genuine.class, outcome, outcome.toString())
                .credential()
                .bytes());
    }

    private static void personalise(CardChannel card, Sm2PrivateKey issuer) {
        ok(card, "80E0AC0116 38 0500 F0 F0 1F FF FF" + AID);
        ok(card, "00A404000E" + AID);
        ok(card, "80E0000007 3F 0180 01 F0 FF FF");
        ok(card, "80D4010015 39F0F00F33" + Hex.of(CONTROL));
        write(card, 0x11, Hex.parse(CREDENTIAL + "20260101" + "20361231"));
        write(card, 0x14, certificate(issuer, generated(card)));
    }

    private static Sm2PublicKey generated(CardChannel card) {
        byte[] challenge = ok(card, "0084000010");
        CommandApdu bare = new CommandApdu(0x84, 0xF6, 0, 0, new byte[0], 0x44);
        byte[] frame = SecureMessaging.protect(CardAlgorithm.SM4, CONTROL, challenge, bare)
                .encode();
        return Sm2PublicKey.decode(Arrays.copyOf(ok(card, Hex.of(frame)), 64));
    }

    private static byte[] certificate(Sm2PrivateKey issuer, Sm2PublicKey key) {
        byte[] body = AccessCertificate.body(
                AccessCertificate.CARD,
                issuer.publicKey(),
                Hex.parse(CREDENTIAL),
                Hex.parse("20260101"),
                Hex.parse("20361231"),
                1,
                key);
        byte[] signature = Sm2.sign(issuer, AccessCertificate.message(body), RandomSource.secure());
        byte[] whole = Arrays.copyOf(body, AccessCertificate.LENGTH);
        System.arraycopy(signature, 0, whole, body.length, signature.length);
        return whole;
    }

    private static void write(CardChannel card, int fid, byte[] content) {
        ok(card, String.format("80E0%04X0728%04XEFF0FF00", fid, content.length));
        ok(card, String.format("00D6%02X00%02X", 0x80 | fid, content.length) + Hex.of(content));
    }

    private static byte[] ok(CardChannel card, String frame) {
        String answer = Hex.of(card.transceive(Hex.parse(frame.replace(" ", "").toLowerCase(Locale.ROOT))));
        assertTrue(answer.endsWith("9000"), frame + " answered " + answer);
        return Hex.parse(answer.substring(0, answer.length() - 4));
    }
}
