package io.zhitong.cardterminal;

import io.zhitong.cardspec.CredentialNumber;

/** Who can make and check what a lane writes on cards (车道密钥方): an access SAM. Thread-safe. */
@FunctionalInterface
public interface LaneKeys {
    /**
     * MAC4 under the lane master of that version, derived by the card's serial.
     *
     * @throws io.zhitong.cardspec.CardException when the SAM refuses or fails
     */
    byte[] laneMac(int keyVersion, CredentialNumber serial, byte[] message);
}
