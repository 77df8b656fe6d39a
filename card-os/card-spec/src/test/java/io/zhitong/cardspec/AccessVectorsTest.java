package io.zhitong.cardspec;

import static io.zhitong.cardspec.Vectors.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The access formulas against test-vectors/access.json, which an independent implementation made. */
class AccessVectorsTest {
    private static final JsonNode FILE = Vectors.file("access.json");

    @Test
    void sealed_and_private_answers_open_and_carry_the_listed_certificate_and_a_good_signature() {
        for (String kind : new String[] {"sealed", "private"}) {
            for (JsonNode c : Vectors.cases("access.json", kind)) {
                CommandApdu command = CommandApdu.parse(hex(c, "command"));
                AccessTranscript seen = AccessTranscript.of(hex(FILE, "fci"), hex(c, "distance"), command);
                byte[] answer = hex(c, "response");
                byte[] ephemeral = Arrays.copyOf(answer, 33);
                byte[] th = seen.sealedHash(ephemeral);
                assertArrayEquals(hex(c, "th"), th);
                byte[] z = Sm2.ecdhX(scalar("doorEphemeral"), Sm2PublicKey.decode(ephemeral));
                if (kind.equals("private")) {
                    byte[] second = Sm2.ecdhX(scalar("reader"), Sm2PublicKey.decode(ephemeral));
                    z = new ByteWriter().bytes(z).bytes(second).toByteArray();
                }
                assertArrayEquals(hex(c, "Z"), z);
                byte[] keys = AccessTranscript.sealedKey(z, th);
                assertArrayEquals(hex(c, "key"), Arrays.copyOf(keys, 16));
                assertArrayEquals(hex(c, "iv"), Arrays.copyOfRange(keys, 16, 28));
                byte[] plain = Sm4.gcmDecrypt(
                        Arrays.copyOf(keys, 16),
                        Arrays.copyOfRange(keys, 16, 28),
                        th,
                        Arrays.copyOfRange(answer, 33, answer.length));
                byte[] certificate = Arrays.copyOf(plain, 121);
                assertArrayEquals(hex(FILE, "cardCertificate"), certificate);
                byte[] message = AccessTranscript.cardMessage(th, certificate);
                assertArrayEquals(hex(c, "signedMessage"), message);
                assertTrue(Sm2.verify(point("card"), message, Arrays.copyOfRange(plain, 121, 185)));
            }
        }
    }

    @Test
    void the_fast_mac_binds_select_answer_command_and_dates() {
        JsonNode c = Vectors.cases("access.json", "fast").get(0);
        CommandApdu command = CommandApdu.parse(hex(c, "command"));
        byte[] answer = hex(c, "response");
        byte[] withoutMac = Arrays.copyOf(answer, 17);
        byte[] credential = Arrays.copyOfRange(answer, 1, 9);
        byte[] key = CardAlgorithm.SM4.diversify(hex(c, "master"), credential);
        assertArrayEquals(hex(c, "cardKey"), key);
        byte[] mac = Arrays.copyOfRange(answer, 17, 25);
        byte[] fci = hex(FILE, "fci");
        assertArrayEquals(mac, AccessTranscript.of(fci, new byte[0], command).fastMac(key, withoutMac));
        byte[] distance = new byte[12];
        assertFalse(
                Arrays.equals(mac, AccessTranscript.of(fci, distance, command).fastMac(key, withoutMac)));
    }

    @Test
    void certificates_read_verify_and_hold_their_dates() {
        Sm2PublicKey issuer = point("issuer");
        AccessCertificate card = AccessCertificate.parse(hex(FILE, "cardCertificate"));
        AccessCertificate reader = AccessCertificate.parse(hex(FILE, "readerCertificate"));
        assertTrue(card.signedBy(issuer));
        assertTrue(reader.signedBy(issuer));
        assertFalse(card.signedBy(point("reader")));
        assertEquals(AccessCertificate.CARD, card.role());
        assertEquals(AccessCertificate.READER, reader.role());
        assertEquals("4403000112345678", Hex.of(card.subject()));
        assertEquals("0000002a00000007", Hex.of(reader.subject()));
        assertArrayEquals(AccessCertificate.hint(issuer), card.issuerHint());
        assertEquals(point("card"), card.publicKey());
        assertTrue(card.validOn(Hex.parse("20260101")));
        assertTrue(card.validOn(Hex.parse("20271231")));
        assertFalse(card.validOn(Hex.parse("20280101")));
        assertFalse(card.validOn(Hex.parse("20251231")));
    }

    @Test
    void a_certificate_with_any_bit_of_its_body_changed_is_not_signed() {
        byte[] good = hex(FILE, "cardCertificate");
        for (int bit = 8; bit < 8 * AccessCertificate.BODY; bit += 5) {
            byte[] forged = good.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(AccessCertificate.parse(forged).signedBy(point("issuer")), "bit " + bit);
        }
    }

    @Test
    void the_body_builder_gives_the_bytes_of_the_listed_certificate() {
        byte[] listed = hex(FILE, "cardCertificate");
        byte[] body = AccessCertificate.body(
                AccessCertificate.CARD,
                point("issuer"),
                Hex.parse("4403000112345678"),
                Hex.parse("20260101"),
                Hex.parse("20271231"),
                1,
                point("card"));
        assertArrayEquals(Arrays.copyOf(listed, AccessCertificate.BODY), body);
    }

    @Test
    void za_of_the_cards_key_is_the_listed_one() {
        assertArrayEquals(hex(FILE, "ZA_card"), Sm2.za(point("card")));
    }

    @Test
    void certificates_of_a_wrong_length_or_version_are_refused() {
        assertThrows(MalformedInput.class, () -> AccessCertificate.parse(new byte[120]));
        assertThrows(MalformedInput.class, () -> AccessCertificate.parse(new byte[121]));
    }

    private static Sm2PrivateKey scalar(String name) {
        return Sm2PrivateKey.of(Hex.parse(FILE.get("scalars").get(name).asString()));
    }

    private static Sm2PublicKey point(String name) {
        return Sm2PublicKey.decode(Hex.parse(FILE.get("points").get(name).asString()));
    }
}
