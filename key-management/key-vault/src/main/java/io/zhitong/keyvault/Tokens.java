package io.zhitong.keyvault;

import io.zhitong.keyvault.store.StoredToken;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;

/** One-time enrolment tokens (一次性注册令牌): 128 random bits as hex, good for seven days, kept as their SM3 hash. */
final class Tokens {
    private static final int BYTES = 16;
    private static final Duration VALIDITY = Duration.ofDays(7);

    private Tokens() {}

    static String text(RandomSource random) {
        return Hex.of(random.bytes(BYTES));
    }

    static StoredToken stored(String text, Instant now) {
        return new StoredToken(hash(text), now.plus(VALIDITY));
    }

    static boolean opens(StoredToken stored, String text, Instant now) {
        return MessageDigest.isEqual(stored.hash(), hash(text)) && now.isBefore(stored.end());
    }

    private static byte[] hash(String text) {
        return Sm3.hash(text.getBytes(StandardCharsets.UTF_8));
    }
}
