package io.zhitong.cos.state;

/**
 * Distance exchanges since SELECT (距离测量).
 *
 * @param nonce rc4, drawn at SELECT, so that the answer waits for nothing
 * @param tries how many there were
 * @param exchange rd4‖rc4‖min2‖max2 of the last, empty before the first
 */
public record Distance(byte[] nonce, int tries, byte[] exchange) {
    /** Where the application offers no distance exchange. */
    public static final Distance NONE = new Distance(new byte[4], 0, new byte[0]);

    /** Before the first. */
    public static Distance before(byte[] nonce4) {
        return new Distance(nonce4, 0, new byte[0]);
    }
}
