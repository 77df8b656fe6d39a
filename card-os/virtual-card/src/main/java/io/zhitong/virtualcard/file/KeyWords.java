package io.zhitong.virtualcard.file;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardProfile;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.util.Arrays;
import java.util.Locale;

/**
 * One key in words (密钥说明): type, id, version, tries, and its check value, the first three bytes of a block of zeros
 * enciphered with it. A PIN has no check value, for there are few PINs; a private scalar has none either.
 */
final class KeyWords {
    private static final int PRIVATE_SCALAR = 0x20;

    private KeyWords() {}

    static String of(StoredKey key, CardProfile profile) {
        if (key.typeCode() == PRIVATE_SCALAR) {
            return String.format("20/%02X SM2 private key 私钥", key.id());
        }
        KeyType type = KeyType.of(key.typeCode());
        String head = String.format("%02X/%02X %s %s", type.code(), key.id(), type.en(), type.zh());
        String common = String.format(
                ", use %02X change %02X, tries 剩余次数 %d of %d%s",
                key.useRule(),
                key.changeRule(),
                key.triesLeft(),
                key.mostTries(),
                key.needsProtectedChange() ? ", changed only protected" : "");
        String state = type == KeyType.PIN || type == KeyType.EXTERNAL_AUTH
                ? String.format(", reaches status %X", key.nextState())
                : ", version " + key.version();
        return head + state + (type == KeyType.PIN ? "" : checkValue(key, profile)) + common;
    }

    private static String checkValue(StoredKey key, CardProfile profile) {
        CardAlgorithm algorithm = algorithm(key, profile);
        byte[] value = key.value();
        try {
            byte[] block = algorithm.cipher(value).encryptBlock(new byte[algorithm.block()]);
            return ", " + algorithm + ", KCV " + Hex.of(Arrays.copyOf(block, 3)).toUpperCase(Locale.ROOT);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }

    private static CardAlgorithm algorithm(StoredKey key, CardProfile profile) {
        try {
            return key.algorithm();
        } catch (MalformedInput e) {
            return profile.algorithm();
        }
    }
}
