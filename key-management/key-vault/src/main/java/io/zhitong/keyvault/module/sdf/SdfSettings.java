package io.zhitong.keyvault.module.sdf;

import io.zhitong.smcrypto.SecretBytes;
import java.nio.file.Path;

/**
 * Which device and which of its keys (设备设置).
 *
 * @param library the vendor's library
 * @param pin the password of the private keys
 * @param keyIndex the first internal key pair: its encryption half takes keys in; signing keys are its signing half and those
 *     of the pairs behind it
 * @param kekIndex the key encryption key under which keys made by the device are kept
 */
public record SdfSettings(Path library, SecretBytes pin, int keyIndex, int kekIndex) {
    private static final int MOST = 0xFFFF;

    public SdfSettings {
        if (keyIndex < 1 || keyIndex > MOST || kekIndex < 1 || kekIndex > MOST) {
            throw new IllegalArgumentException("expected indexes from 1 to 65535");
        }
    }
}
