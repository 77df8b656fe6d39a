package io.zhitong.cardterminal;

import io.zhitong.cardspec.CredentialNumber;

/**
 * Who can compute a card's fast MAC (快速认证密钥方): an access SAM, or a list of per-card keys. Thread-safe.
 */
@FunctionalInterface
public interface FastKeys {
    /**
     * SM4-CMAC under the community's access master of that version, derived by the credential number.
     *
     * @return 16 bytes
     * @throws io.zhitong.cardspec.CardException when the SAM refuses or fails
     */
    byte[] cmac(int keyVersion, CredentialNumber credential, byte[] message);
}
