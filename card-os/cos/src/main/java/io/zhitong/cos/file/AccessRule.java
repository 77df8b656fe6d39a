package io.zhitong.cos.file;

/**
 * An access byte XY (访问权限): X = 0 asks for a status of the MF of at least Y, any other X for a status of the current DF
 * between Y and X. So F0 is free and EF never.
 */
public final class AccessRule {
    private AccessRule() {}

    /** Whether the statuses (0..15) satisfy the byte. */
    public static boolean allows(int rule, int mfStatus, int dfStatus) {
        int x = rule >> 4 & 0x0F;
        int y = rule & 0x0F;
        return x == 0 ? mfStatus >= y : y <= dfStatus && dfStatus <= x;
    }

    /** Whether no status ever satisfies the byte. */
    public static boolean isNever(int rule) {
        int x = rule >> 4 & 0x0F;
        return x != 0 && (rule & 0x0F) > x;
    }
}
