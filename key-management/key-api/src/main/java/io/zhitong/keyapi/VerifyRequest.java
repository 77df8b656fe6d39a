package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * One MAC or TAC to check (校验请求): left {@code mac.length} of SM4-CBC-MAC, IV 0, data padded 80 00… always, under the key
 * itself or under its session key {@code SM4(K, seed ‖ ~seed)}. On the wire: key ‖ seed length 1 ‖ seed ‖ data length 2 ‖
 * data ‖ mac length 1 ‖ mac.
 *
 * @param key card level, a usage that allows {@link KeyOperation#VERIFY}
 * @param sessionSeed empty (TAC) or 8 bytes
 * @param data 1–256 bytes
 * @param mac what is claimed, 4–16 bytes
 */
public record VerifyRequest(KeyRef key, byte[] sessionSeed, byte[] data, byte[] mac) {
    public VerifyRequest {
        sessionSeed = Checks.length("session seed", sessionSeed, 0, 8);
        if (sessionSeed.length % 8 != 0) {
            throw Checks.malformed("session seed: expected no bytes or 8");
        }
        data = Checks.length("data", data, 1, 256);
        mac = Checks.length("MAC", mac, 4, 16);
    }

    void encode(ByteWriter out) {
        key.encode(out);
        out.u8(sessionSeed.length).bytes(sessionSeed).sized(data).u8(mac.length).bytes(mac);
    }

    static VerifyRequest decode(ByteReader in) {
        return new VerifyRequest(KeyRef.decode(in), in.bytes(in.u8()), in.sized(), in.bytes(in.u8()));
    }
}
