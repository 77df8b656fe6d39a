package io.zhitong.cardterminal;

/** Who holds the keys with which an issuer sets a PIN anew (口令主机); the card is named by its 0015. */
public interface PinHost {
    /** MAC4 of RELOAD PIN under the card's reload key: over the new PIN, IV the challenge of 16. */
    byte[] reloadMac(PurseData card, byte[] challenge16, Pin fresh);

    /** Data of UNBLOCK PIN under the card's unblock key: ENC ‖ MAC4, IV the challenge of 16. */
    byte[] unblockData(PurseData card, byte[] challenge16, byte[] header4, Pin fresh);
}
