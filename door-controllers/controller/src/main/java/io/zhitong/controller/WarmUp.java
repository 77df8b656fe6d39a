package io.zhitong.controller;

import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import io.zhitong.smcrypto.Sm4;

/**
 * Runs the arithmetic of a sealed transaction before the first card comes (预热): in a fresh virtual machine the first tap would
 * take ten times as long as every other.
 */
final class WarmUp {

    private static final int ROUNDS = 40;

    private WarmUp() {}

    /** Beside everything else that a start takes: a card that comes meanwhile is not kept waiting. */
    static void begin() {
        Thread thread = new Thread(WarmUp::run, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    static void run() {
        RandomSource random = RandomSource.secure();
        byte[] message = new byte[64];
        try (Sm2PrivateKey other = Sm2PrivateKey.generate(random)) {
            for (int i = 0; i < ROUNDS; i++) {
                round(random, other, message);
            }
        }
    }

    private static void round(RandomSource random, Sm2PrivateKey other, byte[] message) {
        try (Sm2PrivateKey own = Sm2PrivateKey.generate(random)) {
            byte[] key = Sm2.kdf(Sm2.ecdhX(own, other.publicKey()), 28);
            Sm2.verify(own.publicKey(), message, Sm2.sign(own, message, random));
            Sm4.cmac(java.util.Arrays.copyOf(key, 16), message);
        }
    }
}
