package io.zhitong.keyvault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CardCertificateRequest;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardCertificateTest {
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final byte[] COMMUNITY = Hex.parse("0000000044030001");
    private static final byte[] CARD = Hex.parse("4403000100000001");
    private static final KeyRef CONTROL = KeyRef.of(KeyUsage.ACCESS_CONTROL, 1, CITY, COMMUNITY, CARD);
    private static final byte[] CHALLENGE = Hex.parse("00112233445566778899aabbccddeeff");

    private final Sm2PrivateKey pair = Sm2PrivateKey.generate(RandomSource.secure());

    @TempDir
    Path folder;

    private OpenVault vault;
    private KeyService keys;
    private byte[] mac;

    @BeforeEach
    void open() {
        vault = OpenVault.make(folder);
        keys = vault.service();
        mac = vault.cardKey(CONTROL).mac(CHALLENGE, pair.publicKey().xy());
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void certificate_has_every_field_in_its_place_and_openssl_accepts_its_signature()
            throws IOException, InterruptedException {
        byte[] issuer = keys.publicKey(SigningKey.CARD_ISSUER);

        byte[] certificate =
                keys.certifyCard(request(CONTROL, 1, pair.publicKey().xy(), mac, CARD));

        assertEquals(121, certificate.length);
        assertEquals("0101", Hex.of(Arrays.copyOf(certificate, 2)));
        assertArrayEquals(Arrays.copyOf(Sm3.hash(issuer), 4), Arrays.copyOfRange(certificate, 2, 6));
        assertEquals(
                "4403000100000001" + "20261121" + "20311120" + "0007", Hex.of(Arrays.copyOfRange(certificate, 6, 24)));
        assertArrayEquals(pair.publicKey().compressed(), Arrays.copyOfRange(certificate, 24, 57));

        byte[] signed = new ByteWriter()
                .ascii("ZTC1")
                .bytes(Arrays.copyOf(certificate, 57))
                .toByteArray();
        Path message = Files.write(folder.resolve("body"), signed);
        Path signature = Files.write(folder.resolve("sig"), Sm2.toDer(Arrays.copyOfRange(certificate, 57, 121)));
        assertTrue(OpenSsl.verifies(issuerPem(), signature, message));
        Files.write(message, Hex.parse("00"));
        assertFalse(OpenSsl.verifies(issuerPem(), signature, message));
    }

    @Test
    void swapped_point_changed_mac_and_other_challenge_are_refused() {
        byte[] foreign =
                Sm2PrivateKey.generate(RandomSource.secure()).publicKey().xy();
        byte[] changed = mac.clone();
        changed[0] ^= 1;
        byte[] later = CHALLENGE.clone();
        later[15] ^= 1;

        assertEquals(KeyRefusal.CARD_PROOF_WRONG, refusal(request(CONTROL, 1, foreign, mac, CARD)));
        assertEquals(
                KeyRefusal.CARD_PROOF_WRONG,
                refusal(request(CONTROL, 1, pair.publicKey().xy(), changed, CARD)));
        assertEquals(
                KeyRefusal.CARD_PROOF_WRONG,
                refusal(new CardCertificateRequest(
                        CONTROL, later, pair.publicKey().xy(), mac, 1, CARD, day(2026), day(2031), 7)));
    }

    @Test
    void other_subject_other_role_and_other_control_key_are_refused() {
        byte[] point = pair.publicKey().xy();
        byte[] otherCard = Hex.parse("4403000100000002");
        KeyRef purse = KeyRef.of(KeyUsage.PURSE_CONTROL, 1, CITY, CARD);
        KeyRef master = KeyRef.of(KeyUsage.ACCESS_CONTROL, 1, CITY, COMMUNITY);

        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(request(CONTROL, 1, point, mac, otherCard)));
        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(request(CONTROL, 0xF0, point, mac, CARD)));
        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(request(purse, 1, point, mac, CARD)));
        assertEquals(KeyRefusal.NOT_ALLOWED, refusal(request(master, 1, point, mac, CARD)));
    }

    @Test
    void point_off_the_curve_is_refused_even_with_a_right_mac() {
        byte[] off = pair.publicKey().xy();
        off[63] ^= 1;
        byte[] right = vault.cardKey(CONTROL).mac(CHALLENGE, off);

        assertEquals(KeyRefusal.MALFORMED, refusal(request(CONTROL, 1, off, right, CARD)));
    }

    private KeyRefusal refusal(CardCertificateRequest request) {
        return assertThrows(KeyServiceException.class, () -> keys.certifyCard(request))
                .reason();
    }

    private static CardCertificateRequest request(KeyRef control, int role, byte[] point, byte[] mac, byte[] subject) {
        return new CardCertificateRequest(
                control, CHALLENGE, point, mac, role, subject, Hex.parse("20261121"), Hex.parse("20311120"), 7);
    }

    private static byte[] day(int year) {
        return Hex.parse(year + "1121");
    }

    private Path issuerPem() {
        new PublicFiles(folder, vault.vault()).writeMasters();
        return folder.resolve("public/card-issuer.pem");
    }
}
