package io.zhitong.cardterminal;

import io.zhitong.cardspec.CredentialNumber;

/** Who can compute a card's fast MAC (快速认证密钥方): an access SAM, or a list of per-card keys. Thread-safe. */
@FunctionalInterface
public interface FastKeys {
    /**
     * Left 8 bytes of SM4-CMAC under the community's access master of that version, derived by the credential number.
     *
     * @throws io.zhitong.cardspec.CardException when the SAM refuses or fails
     */
    byte[] mac(int keyVersion, CredentialNumber credential, byte[] message);
}
