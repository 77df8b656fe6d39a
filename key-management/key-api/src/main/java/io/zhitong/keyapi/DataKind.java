package io.zhitong.keyapi;

import java.nio.charset.StandardCharsets;

/**
 * Whose data keys are wrapped (数据密钥类别): the last factor of a key of {@link KeyUsage#PERSONAL_DATA}, 8 letters of ASCII. A key that
 * was wrapped for one kind, community or city opens under no other.
 */
public enum DataKind {
    /** One data key for each person: identity number, telephone. */
    PERSONS("personal"),
    /** Data keys of pictures, one for a month of a community. */
    PICTURES("pictures");

    private final String factor;

    DataKind(String factor) {
        this.factor = factor;
    }

    /**
     * The key that wraps this kind's data keys in one community.
     *
     * @param version 1–255, the newest active one ({@link KeyVersions#newest}) for new data keys
     * @param city factor, 8 bytes
     * @param community factor, 8 bytes
     */
    public KeyRef key(int version, byte[] city, byte[] community) {
        return KeyRef.of(KeyUsage.PERSONAL_DATA, version, city, community, factor.getBytes(StandardCharsets.US_ASCII));
    }
}
