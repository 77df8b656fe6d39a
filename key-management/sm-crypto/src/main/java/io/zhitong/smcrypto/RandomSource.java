package io.zhitong.smcrypto;

import java.security.SecureRandom;

/** Where random bytes come from (随机数源): the system's generator in earnest, a fed list in a test. */
@FunctionalInterface
public interface RandomSource {
    /** Exactly n fresh bytes. */
    byte[] bytes(int n);

    /** The system's cryptographic generator; thread-safe. */
    static RandomSource secure() {
        SecureRandom random = new SecureRandom();
        return n -> {
            byte[] out = new byte[n];
            random.nextBytes(out);
            return out;
        };
    }
}
