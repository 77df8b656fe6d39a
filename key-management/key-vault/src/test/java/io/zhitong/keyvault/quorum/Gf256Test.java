package io.zhitong.keyvault.quorum;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class Gf256Test {
    @Test
    void products_of_the_aes_field_are_those_of_fips_197() {
        // FIPS 197, 4.2 and 4.2.1, which uses the same polynomial.
        assertEquals(0xC1, Gf256.multiply(0x57, 0x83));
        assertEquals(0xFE, Gf256.multiply(0x57, 0x13));
        assertEquals(0xAE, Gf256.multiply(0x57, 0x02));
        assertEquals(0x47, Gf256.multiply(0x57, 0x04));
        assertEquals(0x8E, Gf256.multiply(0x57, 0x08));
        assertEquals(0x07, Gf256.multiply(0x57, 0x10));
    }

    @Test
    void every_number_but_zero_has_its_inverse() {
        assertEquals(0xCA, Gf256.inverse(0x53));
        assertEquals(0, Gf256.inverse(0));
        for (int a = 1; a < 256; a++) {
            assertEquals(1, Gf256.multiply(a, Gf256.inverse(a)), "a = " + a);
        }
    }

    @Test
    void multiplication_agrees_with_shift_and_reduce_for_all_pairs() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                assertEquals(longhand(a, b), Gf256.multiply(a, b), a + " * " + b);
            }
        }
    }

    /** Polynomial product first, remainder by 11B afterwards. */
    private static int longhand(int a, int b) {
        int product = 0;
        for (int bit = 0; bit < 8; bit++) {
            product ^= (b >> bit & 1) == 1 ? a << bit : 0;
        }
        for (int bit = 14; bit >= 8; bit--) {
            product ^= (product >> bit & 1) == 1 ? 0x11B << bit - 8 : 0;
        }
        return product;
    }
}
