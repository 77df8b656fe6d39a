package io.zhitong.keyvault.block;

import io.zhitong.keyapi.KeyRef;
import io.zhitong.smcrypto.SecretBytes;

/**
 * One key of every card's set (卡密钥组的一项).
 *
 * @param master names the master one level above the card, of SM4
 * @param key its 16 bytes, which stay the caller's
 */
public record KeySetLine(KeyRef master, SecretBytes key) {
    public KeySetLine {
        boolean above = master.factors().size() == master.usage().chain().depth() - 1;
        if (!above || master.usage().tripleDes()) {
            throw new IllegalArgumentException("expected an SM4 master one level above the card, came " + master);
        }
    }
}
