package io.zhitong.cardterminal;

import io.zhitong.cardspec.CredentialNumber;

/** Who can compute what a legacy card answers (传统认证密钥方): an access SAM with the 3DES master. Thread-safe. */
@FunctionalInterface
public interface LegacyKeys {
    /**
     * 3DES of the challenge (8 bytes) under the card's key: the master derived by the card's serial.
     *
     * @throws io.zhitong.cardspec.CardException when the SAM refuses or fails
     */
    byte[] cryptogram(CredentialNumber serial, byte[] challenge8);
}
