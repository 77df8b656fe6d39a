package io.zhitong.smcrypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Signatures, points and ciphertexts that must not pass, each refused with its own reason. */
class Sm2RefusalsTest {
    private static final byte[] ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MESSAGE = "圈存 100.00".getBytes(StandardCharsets.UTF_8);
    private static final String N = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
    private static final String ZERO = "00".repeat(32);
    private static final String ONE = "00".repeat(31) + "01";

    private final Sm2PrivateKey key = Sm2PrivateKey.generate(RandomSource.secure());

    @TempDir
    private Path dir;

    private Optional<Sm2Fault> fault(String signature) {
        return Sm2.fault(key.publicKey(), ID, MESSAGE, Hex.parse(signature));
    }

    @Test
    void r_and_s_of_zero_or_the_order_and_a_sum_of_the_order_are_named() {
        assertEquals(Optional.of(Sm2Fault.R_RANGE), fault(ZERO + ONE));
        assertEquals(Optional.of(Sm2Fault.R_RANGE), fault(N + ONE));
        assertEquals(Optional.of(Sm2Fault.R_RANGE), fault("ff".repeat(32) + ONE));
        assertEquals(Optional.of(Sm2Fault.S_RANGE), fault(ONE + ZERO));
        assertEquals(Optional.of(Sm2Fault.S_RANGE), fault(ONE + N));
        assertEquals(Optional.of(Sm2Fault.SUM_ZERO), fault(ONE + N.substring(0, 63) + "2"));
        assertEquals(Optional.of(Sm2Fault.SIGNATURE_MISMATCH), fault(ONE + ONE));
        assertEquals(Optional.of(Sm2Fault.SIGNATURE_LENGTH), fault(ONE));
        assertEquals(Optional.of(Sm2Fault.SIGNATURE_LENGTH), fault(ONE + ONE + "00"));
    }

    @Test
    void openssl_refuses_the_same_ranges() {
        var witness = new SmWitness(dir);
        byte[] good = Sm2.sign(key, MESSAGE, RandomSource.secure());
        assertTrue(witness.verifies(key.publicKey(), ID, MESSAGE, good));
        for (String bad : new String[] {ZERO + ONE, N + ONE, ONE + ZERO, ONE + N, ONE + N.substring(0, 63) + "2"}) {
            assertFalse(witness.verifies(key.publicKey(), ID, MESSAGE, Hex.parse(bad)), bad);
        }
    }

    @Test
    void a_signature_belongs_to_its_identity() {
        byte[] alice = "alice@example.cn".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Sm2.sign(key, alice, MESSAGE, RandomSource.secure());
        assertEquals(Optional.empty(), Sm2.fault(key.publicKey(), alice, MESSAGE, signature));
        assertEquals(Optional.of(Sm2Fault.SIGNATURE_MISMATCH), Sm2.fault(key.publicKey(), ID, MESSAGE, signature));
        var witness = new SmWitness(dir);
        assertTrue(witness.verifies(key.publicKey(), alice, MESSAGE, signature));
        assertFalse(witness.verifies(key.publicKey(), ID, MESSAGE, signature));
        assertThrows(IllegalArgumentException.class, () -> Sm2.za(key.publicKey(), new byte[8192]));
    }

    @Test
    void points_at_infinity_off_the_curve_and_of_wrong_form_are_named() {
        refused(Sm2Fault.POINT_INFINITY, () -> Sm2PublicKey.decode(new byte[1]));
        refused(Sm2Fault.POINT_INFINITY, () -> Sm2PublicKey.decode(new byte[64]));
        refused(Sm2Fault.POINT_INFINITY, () -> Sm2PublicKey.decode(Arrays.copyOf(new byte[] {4}, 65)));
        refused(Sm2Fault.POINT_LENGTH, () -> Sm2PublicKey.decode(new byte[0]));
        refused(Sm2Fault.POINT_LENGTH, () -> Sm2PublicKey.decode(new byte[32]));
        refused(Sm2Fault.POINT_OFF_CURVE, () -> Sm2PublicKey.decode(Hex.parse(ONE + ONE)));
        refused(Sm2Fault.POINT_OFF_CURVE, () -> Sm2PublicKey.decode(Hex.parse("05" + ONE + ONE)));
        byte[] q = key.publicKey().xy();
        BigInteger tooLarge = NaiveSm2.P.add(BigInteger.ONE);
        byte[] unreduced = new ByteWriter()
                .bytes(Sm2.fixed32(tooLarge))
                .bytes(Arrays.copyOfRange(q, 32, 64))
                .toByteArray();
        refused(Sm2Fault.POINT_OFF_CURVE, () -> Sm2PublicKey.decode(unreduced));
    }

    @Test
    void ciphertexts_go_both_ways_between_openssl_and_us() {
        var witness = new SmWitness(dir);
        for (int length : new int[] {1, 16, 31, 32, 33, 200}) {
            byte[] plain = RandomSource.secure().bytes(length);
            byte[] ours = Sm2Encryption.encrypt(key.publicKey(), plain, RandomSource.secure());
            assertEquals(65 + 32 + length, ours.length);
            assertArrayEquals(plain, Sm2Encryption.decrypt(key, ours));
            assertArrayEquals(plain, witness.decrypted(key.export(SecretAccess.TOKEN), ours));
            assertArrayEquals(plain, Sm2Encryption.decrypt(key, witness.encrypted(key.publicKey(), plain)));
        }
    }

    /** GB/T 32918.5-2017 annex C with its one-time number. */
    @Test
    void encryption_with_the_standards_one_time_number_gives_its_ciphertext() {
        Sm2PrivateKey standard =
                Sm2PrivateKey.of(Hex.parse("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"));
        BigInteger k = NaiveSm2.hex("59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21");
        byte[] plain = "encryption standard".getBytes(StandardCharsets.US_ASCII);
        assertEquals(
                "0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73"
                        + "e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0"
                        + "59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766"
                        + "21886ca989ca9c7d58087307ca93092d651efa",
                Hex.of(Sm2Encryption.encrypt(standard.publicKey(), plain, k)));
    }

    @Test
    void the_old_order_is_recognised_and_refused() {
        byte[] sealed = Sm2Encryption.encrypt(key.publicKey(), MESSAGE, RandomSource.secure());
        byte[] oldOrder = new ByteWriter()
                .bytes(Arrays.copyOf(sealed, 65))
                .bytes(Arrays.copyOfRange(sealed, 97, sealed.length))
                .bytes(Arrays.copyOfRange(sealed, 65, 97))
                .toByteArray();
        refused(Sm2Fault.CIPHERTEXT_ORDER, () -> Sm2Encryption.decrypt(key, oldOrder));
    }

    @Test
    void a_wrong_c3_another_key_and_truncation_are_refused() {
        byte[] sealed = Sm2Encryption.encrypt(key.publicKey(), MESSAGE, RandomSource.secure());
        for (int at = 65; at < sealed.length; at++) {
            byte[] damaged = sealed.clone();
            damaged[at] ^= 1;
            refused(Sm2Fault.C3_MISMATCH, () -> Sm2Encryption.decrypt(key, damaged));
        }
        Sm2PrivateKey stranger = Sm2PrivateKey.generate(RandomSource.secure());
        refused(Sm2Fault.C3_MISMATCH, () -> Sm2Encryption.decrypt(stranger, sealed));
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            refused(
                    length <= 97 ? Sm2Fault.CIPHERTEXT_LENGTH : Sm2Fault.C3_MISMATCH,
                    () -> Sm2Encryption.decrypt(key, cut));
        }
        byte[] offCurve = sealed.clone();
        offCurve[64] ^= 1;
        refused(Sm2Fault.POINT_OFF_CURVE, () -> Sm2Encryption.decrypt(key, offCurve));
        byte[] infinity = sealed.clone();
        Arrays.fill(infinity, 1, 65, (byte) 0);
        refused(Sm2Fault.POINT_INFINITY, () -> Sm2Encryption.decrypt(key, infinity));
    }

    @Test
    void a_der_ciphertext_has_one_form_only() {
        byte[] sealed = Sm2Encryption.encrypt(key.publicKey(), MESSAGE, RandomSource.secure());
        byte[] der = Sm2Encryption.toDer(sealed);
        assertArrayEquals(sealed, Sm2Encryption.fromDer(der));
        assertThrows(MalformedInput.class, () -> Sm2Encryption.fromDer(Arrays.copyOf(der, der.length + 1)));
        assertThrows(MalformedInput.class, () -> Sm2Encryption.fromDer(Arrays.copyOf(der, der.length - 1)));
        assertThrows(MalformedInput.class, () -> Sm2Encryption.fromDer(Hex.parse("3006020101020101")));
    }

    @Test
    void plaintexts_of_no_byte_or_too_many_are_not_encrypted() {
        RandomSource random = RandomSource.secure();
        assertThrows(IllegalArgumentException.class, () -> Sm2Encryption.encrypt(key.publicKey(), new byte[0], random));
        assertThrows(
                IllegalArgumentException.class, () -> Sm2Encryption.encrypt(key.publicKey(), new byte[65536], random));
    }

    @Test
    void every_reason_has_words_in_both_languages() {
        for (Sm2Fault each : Sm2Fault.values()) {
            assertTrue(each.chinese().codePoints().anyMatch(c -> c > 0x4E00), each.name());
            assertTrue(each.english().matches("[ -~]{10,}"), each.name());
        }
    }

    private static void refused(Sm2Fault fault, Executable use) {
        assertEquals(fault.english(), assertThrows(MalformedInput.class, use).getMessage());
    }
}
