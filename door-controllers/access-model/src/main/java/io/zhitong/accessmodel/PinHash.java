package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm3;
import java.security.MessageDigest;

/** PBKDF2-HMAC-SM3 (RFC 8018 5.2 over GB/T 32905) with one block of output: what a PIN is recognised by (密码散列). */
public final class PinHash {
    private PinHash() {}

    /**
     * @param digits of the PIN in ASCII
     * @param iterations from 1
     * @return 32 bytes
     */
    public static Octets of(byte[] digits, Octets salt, int iterations) {
        byte[] step =
                Sm3.hmac(digits, salt.toByteArray(), new ByteWriter().u32(1).toByteArray());
        byte[] sum = step.clone();
        for (int i = 1; i < iterations; i++) {
            step = Sm3.hmac(digits, step);
            for (int at = 0; at < sum.length; at++) {
                sum[at] ^= step[at];
            }
        }
        return Octets.of(sum);
    }

    /** Whether these digits are the record's PIN; compared in constant time. */
    public static boolean matches(PinRecord pin, byte[] digits) {
        return MessageDigest.isEqual(
                pin.hash().toByteArray(),
                of(digits, pin.salt(), pin.iterations()).toByteArray());
    }
}
