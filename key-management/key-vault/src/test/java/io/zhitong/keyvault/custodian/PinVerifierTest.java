package io.zhitong.keyvault.custodian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinVerifierTest {
    static final PinCost CHEAP = new PinCost(8, 1);

    static SecretBytes pin(String digits) {
        return SecretBytes.takeOver(digits.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void right_pin_fits_and_every_other_does_not() {
        PinVerifier kept = PinVerifier.of(pin("480213"), CHEAP, RandomSource.secure());
        assertTrue(kept.fits(pin("480213")));
        for (String other : new String[] {"480214", "48021", "4802130", "", "480213 "}) {
            assertFalse(kept.fits(pin(other)), other);
        }
    }

    /** Published with the reference implementation of Argon2 (phc-winner-argon2, test.c, version 19). */
    @Test
    void hash_is_the_argon2id_of_the_reference_implementation() {
        byte[] salt = "somesalt".getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
                Hex.of(PinVerifier.hash(pin("password"), new PinCost(256, 2), salt)));
        assertEquals(
                "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
                Hex.of(PinVerifier.hash(pin("password"), new PinCost(65_536, 2), salt)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "1234567890123", "12345a", "111111", "123456", "987654", "０１２３４６", "12 346"})
    void pin_that_is_short_long_no_number_or_a_run_is_refused(String digits) {
        KeyServiceException e = assertThrows(
                KeyServiceException.class, () -> PinVerifier.of(pin(digits), CHEAP, RandomSource.secure()));
        assertEquals(KeyRefusal.BAD_PIN, e.reason());
        assertFalse(digits.length() > 3 && String.valueOf(e.getMessage()).contains(digits));
    }

    @Test
    void two_custodians_with_one_pin_have_different_verifiers_that_survive_the_disk() {
        PinVerifier one = PinVerifier.of(pin("480213"), PinCost.STANDARD, RandomSource.secure());
        PinVerifier two = PinVerifier.of(pin("480213"), PinCost.STANDARD, RandomSource.secure());
        assertNotEquals(Hex.of(one.hash()), Hex.of(two.hash()));
        ByteWriter out = new ByteWriter();
        one.encode(out);
        PinVerifier read = PinVerifier.decode(new ByteReader(out.toByteArray()));
        assertEquals(PinCost.STANDARD, read.cost());
        assertTrue(read.fits(pin("480213")));
    }

    @Test
    void cost_outside_its_bounds_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new PinCost(7, 1));
        assertThrows(IllegalArgumentException.class, () -> new PinCost(8, 0));
        assertThrows(IllegalArgumentException.class, () -> new PinCost(1 << 21, 1));
    }
}
