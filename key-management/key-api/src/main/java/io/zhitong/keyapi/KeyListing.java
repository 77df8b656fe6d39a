package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.util.Locale;

/**
 * One master key as the vault shows it (密钥清单项). On the wire: usage 1 ‖ version 1 ‖ level 1 ‖ state 1 ‖ made 8 ‖ KCV 3.
 *
 * @param usage what keys derived from it are for
 * @param version 1–255
 * @param level factors already applied: 0 root, 1 city or chip, 2 community
 * @param state where it stands in its life
 * @param made Unix seconds
 * @param kcv left 3 of SM4-CMAC(K, 0¹⁶); identifies, never authenticates
 */
public record KeyListing(KeyUsage usage, int version, int level, KeyState state, long made, byte[] kcv) {
    public KeyListing {
        Checks.range("key version", version, 1, 255);
        Checks.range("level", level, 0, 3);
        kcv = Checks.length("KCV", kcv, 3);
    }

    /** The KCV with its method: {@code CMAC 52FC10}. */
    public String kcvText() {
        return "CMAC " + Hex.of(kcv).toUpperCase(Locale.ROOT);
    }

    void encode(ByteWriter out) {
        out.u8(usage.code()).u8(version).u8(level).u8(state.code()).u64(made).bytes(kcv);
    }

    static KeyListing decode(ByteReader in) {
        return new KeyListing(KeyUsage.of(in.u8()), in.u8(), in.u8(), KeyState.of(in.u8()), in.u64(), in.bytes(3));
    }
}
