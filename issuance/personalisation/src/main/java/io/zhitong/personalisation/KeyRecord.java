package io.zhitong.personalisation;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.keyapi.KeyRef;

/**
 * One key to be written (待写密钥): its five bytes of head as WRITE KEY takes them, its id on the card and where the vault
 * finds it. The type byte carries C0, so that the card lets the key be replaced only under secure messaging.
 */
record KeyRecord(byte[] head, int id, KeyRef key) {
    private static final int REPLACE_PROTECTED = 0xC0;
    private static final int FREE = 0xF0;
    private static final int CHANGE = 0x0F;
    private static final int FIFTEEN_TRIES = 0xFF;

    /** 39: use free, reaches {@code status}, fifteen tries. */
    static KeyRecord authentication(int id, int status, KeyRef key) {
        return counted(id, status, key);
    }

    /** 36: line protection, fifteen tries. */
    static KeyRecord line(int id, KeyRef key) {
        return counted(id, 0xFF, key);
    }

    private static KeyRecord counted(int id, int third, KeyRef key) {
        return new KeyRecord(head(key, third, FIFTEEN_TRIES), id, key);
    }

    /** A key with version and algorithm: purchase, load, TAC, access. */
    static KeyRecord versioned(int id, KeyRef key) {
        CardAlgorithm algorithm = key.usage().tripleDes() ? CardAlgorithm.TRIPLE_DES : CardAlgorithm.SM4;
        return new KeyRecord(head(key, key.version(), algorithm.id()), id, key);
    }

    private static byte[] head(KeyRef key, int fourth, int fifth) {
        int type = key.usage().cardType() | REPLACE_PROTECTED;
        return new byte[] {(byte) type, (byte) FREE, CHANGE, (byte) fourth, (byte) fifth};
    }

    int type() {
        return head[0] & 0xFF;
    }
}
