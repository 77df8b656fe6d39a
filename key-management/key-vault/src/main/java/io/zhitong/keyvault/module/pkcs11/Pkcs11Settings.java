package io.zhitong.keyvault.module.pkcs11;

import io.zhitong.smcrypto.SecretBytes;
import java.nio.file.Path;

/**
 * Which token (PKCS#11 令牌设置).
 *
 * @param library the vendor's library
 * @param slotListIndex the token's place in the library's list of slots, from 0
 * @param pin the user's PIN, ASCII
 */
public record Pkcs11Settings(Path library, int slotListIndex, SecretBytes pin) {
    public Pkcs11Settings {
        if (slotListIndex < 0) {
            throw new IllegalArgumentException("expected a place in the list of slots from 0");
        }
    }
}
