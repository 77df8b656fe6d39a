package io.zhitong.smcrypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GCM, CCM and CTR beside what the openssl command's CTR and CBC give by the definitions. */
class Sm4AeadTest {
    private final Random random = new Random(20261121);
    private final byte[] key = bytes(16);

    private byte[] bytes(int length) {
        byte[] out = new byte[length];
        random.nextBytes(out);
        return out;
    }

    @ParameterizedTest
    @CsvSource({"12, 0, 0", "12, 20, 0", "12, 0, 1", "12, 17, 33", "1, 5, 16", "16, 16, 64", "60, 1, 15"})
    void gcm_is_the_one_put_together_from_openssl(int iv, int aad, int plain) {
        byte[] n = bytes(iv);
        byte[] a = bytes(aad);
        byte[] p = bytes(plain);
        byte[] sealed = Sm4Aead.GCM.seal(key, n, a, p, 16);
        assertEquals(Hex.of(SmWitness.gcm(key, n, a, p)), Hex.of(sealed));
        assertArrayEquals(p, Sm4Aead.GCM.open(key, n, a, sealed, 16));
    }

    @ParameterizedTest
    @CsvSource({"7, 0, 0, 16", "12, 20, 0, 8", "13, 0, 1, 4", "12, 17, 33, 10", "8, 14, 16, 16", "11, 300, 64, 6"})
    void ccm_is_the_one_put_together_from_openssl(int iv, int aad, int plain, int tag) {
        byte[] n = bytes(iv);
        byte[] a = bytes(aad);
        byte[] p = bytes(plain);
        byte[] sealed = Sm4Aead.CCM.seal(key, n, a, p, tag);
        assertEquals(Hex.of(SmWitness.ccm(key, n, a, p, tag)), Hex.of(sealed));
        assertArrayEquals(p, Sm4Aead.CCM.open(key, n, a, sealed, tag));
    }

    @Test
    void ccm_with_one_bit_changed_anywhere_is_refused() {
        byte[] iv = bytes(12);
        byte[] aad = bytes(3);
        byte[] sealed = Sm4Aead.CCM.seal(key, iv, aad, bytes(20), 16);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] forged = sealed.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(MalformedInput.class, () -> Sm4Aead.CCM.open(key, iv, aad, forged, 16));
        }
        assertThrows(MalformedInput.class, () -> Sm4Aead.CCM.open(key, iv, new byte[0], sealed, 16));
        assertThrows(MalformedInput.class, () -> Sm4Aead.CCM.open(key, iv, aad, new byte[5], 16));
    }

    @ParameterizedTest
    @CsvSource({
        "CCM, 16, 6, 16",
        "CCM, 16, 14, 16",
        "CCM, 16, 12, 2",
        "CCM, 16, 12, 5",
        "CCM, 16, 12, 18",
        "GCM, 16, 0, 16",
        "GCM, 16, 12, 3",
        "GCM, 16, 12, 17",
        "GCM, 15, 12, 16",
        "CCM, 32, 12, 16"
    })
    void lengths_a_mode_does_not_have_are_refused(Sm4Aead mode, int keyLength, int iv, int tag) {
        byte[] k = new byte[keyLength];
        assertThrows(IllegalArgumentException.class, () -> mode.seal(k, new byte[iv], new byte[0], new byte[1], tag));
        assertThrows(IllegalArgumentException.class, () -> mode.open(k, new byte[iv], new byte[0], new byte[20], tag));
    }

    @Test
    void counter_runs_over_the_whole_block_as_that_of_openssl() {
        byte[] nearEnd = Hex.parse("ff".repeat(15) + "fe");
        for (int length : new int[] {0, 1, 15, 16, 17, 48, 100}) {
            byte[] data = bytes(length);
            byte[] sealed = Sm4.ctr(key, nearEnd, data);
            assertEquals(Hex.of(SmWitness.ctr(key, nearEnd, data)), Hex.of(sealed), "length " + length);
            assertArrayEquals(data, Sm4.ctr(key, nearEnd, sealed));
        }
        assertThrows(IllegalArgumentException.class, () -> Sm4.ctr(key, new byte[8], new byte[1]));
    }

    @Test
    void hmac_agrees_with_openssl_for_keys_around_a_block_of_the_hash() {
        for (int length : new int[] {1, 31, 32, 63, 64, 65, 200}) {
            byte[] k = bytes(length);
            byte[] data = bytes(length);
            assertEquals(Hex.of(SmWitness.hmac(k, data)), Hex.of(Sm3.hmac(k, data)), "length " + length);
        }
    }
}
