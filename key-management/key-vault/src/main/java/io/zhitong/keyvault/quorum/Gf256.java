package io.zhitong.keyvault.quorum;

/**
 * The field GF(2⁸) with polynomial x⁸+x⁴+x³+x+1 (11B). No tables and no branch on a value: neither the cache nor the clock
 * tells what was multiplied.
 */
final class Gf256 {
    private static final int POLYNOMIAL = 0x1B;

    private Gf256() {}

    static int multiply(int a, int b) {
        int product = 0;
        int shifted = a;
        for (int bit = 0; bit < 8; bit++) {
            product ^= shifted & -(b >> bit & 1);
            shifted = (shifted << 1 ^ POLYNOMIAL & -(shifted >> 7 & 1)) & 0xFF;
        }
        return product;
    }

    /** a²⁵⁴, which is 1/a; 0 for 0. */
    static int inverse(int a) {
        int square = a;
        int result = 1;
        for (int i = 0; i < 7; i++) {
            square = multiply(square, square);
            result = multiply(result, square);
        }
        return result;
    }
}
