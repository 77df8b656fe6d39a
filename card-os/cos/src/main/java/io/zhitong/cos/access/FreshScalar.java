package io.zhitong.cos.access;

import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.util.Arrays;

/**
 * A fresh private scalar (随机私钥): 32 random bytes as they are, drawn again in the one case of 2³² in which they are out of
 * range, so that a fed random source decides the scalar.
 */
final class FreshScalar {
    private static final int DRAWS = 8;

    private FreshScalar() {}

    static Sm2PrivateKey draw(RandomSource random) {
        for (int i = 0; i < DRAWS; i++) {
            byte[] candidate = random.bytes(32);
            try {
                return Sm2PrivateKey.of(candidate);
            } catch (MalformedInput outOfRange) {
                continue;
            } finally {
                Arrays.fill(candidate, (byte) 0);
            }
        }
        throw new IllegalStateException("the random source gave no scalar in range in " + DRAWS + " draws");
    }
}
