package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.Hex;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Figures by OpenSSL 3: {@code openssl kdf -keylen 32 -kdfopt digest:SM3 -kdfopt pass:… -kdfopt hexsalt:… -kdfopt iter:… PBKDF2}. */
final class PinHashTest {
    private static final Octets SALT = Octets.of(Hex.parse("0102030405060708"));
    private static final String THOUSAND = "B08D98308FDDB1732E5BEA89C6380EE4AFC5DF981AFC01905280A2C252BCC5E8";

    @Test
    void openssl_derives_the_same_from_1234_in_a_thousand_rounds() {
        assertEquals(Octets.of(Hex.parse(THOUSAND)), PinHash.of(digits("1234"), SALT, 1_000));
    }

    @Test
    void openssl_derives_the_same_in_one_round() {
        assertEquals(
                Octets.of(Hex.parse("036A4F1DADEE84018A577A34A82BD88B2B64B06D0120D00F3F61CA6A2680F3CA")),
                PinHash.of(digits("20260503"), SALT, 1));
    }

    @Test
    void a_record_knows_its_own_pin_and_no_neighbour() {
        PinRecord pin =
                new PinRecord(CredentialNumber.parse("4403010100000001"), SALT, 1_000, Octets.of(Hex.parse(THOUSAND)));
        assertTrue(PinHash.matches(pin, digits("1234")));
        assertFalse(PinHash.matches(pin, digits("1235")));
        assertFalse(PinHash.matches(pin, digits("12340")));
        assertFalse(PinHash.matches(pin, new byte[0]));
    }

    private static byte[] digits(String pin) {
        return pin.getBytes(StandardCharsets.US_ASCII);
    }
}
