package io.zhitong.smcrypto;

/**
 * A hash chain (杂凑链) of records: each link covers its predecessor, so no record can be changed, dropped or moved
 * unnoticed. One form serves journal, audit, ceremony transcript and voting bulletin (our profile, docs/link.md).
 */
public final class HashChain {
    /** Stands before the first record: 32 zero bytes. */
    private static final byte[] START = new byte[Sm3.LENGTH];

    private HashChain() {}

    /** The value that stands before the first record. */
    public static byte[] start() {
        return START.clone();
    }

    /** SM3(previous 32 bytes ‖ record). */
    public static byte[] next(byte[] previous, byte[] record) {
        if (previous.length != Sm3.LENGTH) {
            throw new IllegalArgumentException("expected a previous hash of 32 bytes, came " + previous.length);
        }
        return Sm3.hash(previous, record);
    }
}
