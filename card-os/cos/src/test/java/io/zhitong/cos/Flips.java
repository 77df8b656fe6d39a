package io.zhitong.cos;

/** Changes one bit of a frame in hex. */
final class Flips {
    private Flips() {}

    /** The frame with its n-th bit turned, from the left. */
    static String bit(String hex, int n) {
        int at = n / 4;
        int digit = Character.digit(hex.charAt(at), 16) ^ (8 >> n % 4);
        return hex.substring(0, at) + Character.toUpperCase(Character.forDigit(digit, 16)) + hex.substring(at + 1);
    }
}
