package io.zhitong.accessmodel;

import io.zhitong.smcrypto.Sm2PublicKey;
import io.zhitong.smcrypto.Sm3;
import java.util.Arrays;

/**
 * Names a public key (公钥标识): first 4 bytes of SM3(x ‖ y).
 *
 * @param value 4 bytes
 */
public record KeyId(Octets value) {

    public static final int LENGTH = 4;

    public KeyId {
        value.expect(LENGTH, "a key id");
    }

    public static KeyId of(Sm2PublicKey key) {
        return new KeyId(Octets.of(Arrays.copyOf(Sm3.hash(key.xy()), LENGTH)));
    }
}
