package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * One MAC over a protected command (命令MAC请求): left {@code length} of SM4-CBC-MAC with IV {@code iv}, data padded 80 00…
 * always. On the wire: key ‖ iv 16 ‖ data length 2 ‖ data ‖ length 1.
 *
 * @param key card level, a usage that allows {@link KeyOperation#MAC}
 * @param iv the card's challenge, padded with zeros to 16
 * @param data CLA INS P1 P2 Lc and what follows without the MAC; 5–260 bytes. Under a control key neither 64 bytes (what a
 *     card answers for a new key pair) nor 5 + 16n ≥ 37 (a key write): those only come from where they belong.
 * @param length of the MAC, 4 or 8
 */
public record MacRequest(KeyRef key, byte[] iv, byte[] data, int length) {
    public MacRequest {
        iv = Checks.length("challenge", iv, 16);
        data = Checks.length("command", data, 5, 260);
        if (length != 4 && length != 8) {
            throw Checks.malformed("MAC length: expected 4 or 8");
        }
    }

    void encode(ByteWriter out) {
        key.encode(out);
        out.bytes(iv).sized(data).u8(length);
    }

    static MacRequest decode(ByteReader in) {
        return new MacRequest(KeyRef.decode(in), in.bytes(16), in.sized(), in.u8());
    }
}
