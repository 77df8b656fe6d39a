package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * One key to be written into one card (密钥装载请求): both keys are derived inside the vault and only the wrapped form leaves
 * it. The answer is the data field of WRITE KEY: {@code ENC ‖ MAC4}, where ENC = SM4-ECB under the control key of
 * {@code Ld ‖ prefix ‖ key16 ‖ suffix}, padded 80 00… where not aligned, and MAC4 = left 4 of SM4-CBC-MAC with IV
 * {@code iv} over {@code header ‖ Lc ‖ ENC}, padded 80 00… always; Lc counts the MAC (docs/card.md, secure messaging).
 *
 * <p>On the wire: control ‖ iv 16 ‖ header 4 ‖ prefix 5 ‖ key ‖ suffix length 1 ‖ suffix.
 *
 * @param control the card's control key, card level
 * @param iv the card's 16-byte challenge
 * @param header CLA 84, INS D4, P1, P2
 * @param prefix the head of the key record: type ‖ four bytes; the type must fit the usage of {@code key}
 * @param key the key to deliver
 * @param suffix at most 4 bytes after the key
 */
public record WrapRequest(KeyRef control, byte[] iv, byte[] header, byte[] prefix, KeyRef key, byte[] suffix) {
    /** A key record's head, and so few bytes that no block of ENC is known to the caller in full. */
    private static final int PREFIX = 5;

    private static final int MOST_SUFFIX = 4;

    public WrapRequest {
        iv = Checks.length("challenge", iv, 16);
        header = Checks.length("command header", header, 4);
        prefix = Checks.length("head of the key record", prefix, PREFIX);
        suffix = Checks.length("tail of the key record", suffix, 0, MOST_SUFFIX);
        if (header[0] != (byte) 0x84 || header[1] != (byte) 0xD4) {
            throw Checks.malformed("command header: expected 84 D4, keys are wrapped for WRITE KEY only");
        }
    }

    void encode(ByteWriter out) {
        control.encode(out);
        out.bytes(iv).bytes(header).bytes(prefix);
        key.encode(out);
        out.u8(suffix.length).bytes(suffix);
    }

    static WrapRequest decode(ByteReader in) {
        KeyRef control = KeyRef.decode(in);
        byte[] iv = in.bytes(16);
        byte[] header = in.bytes(4);
        byte[] prefix = in.bytes(PREFIX);
        return new WrapRequest(control, iv, header, prefix, KeyRef.decode(in), in.bytes(in.u8()));
    }
}
