package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.util.List;
import java.util.Locale;

/**
 * One master key as the vault shows it (密钥清单项); holds no key. On the wire and in the store: <i>ref</i> ‖ state 1 ‖ terms ‖
 * made 8 ‖ changed 8 ‖ KCV 3.
 *
 * @param key usage, version and the factors already applied: none for a root
 * @param state where it stands in its life
 * @param terms origin, exportability, validity and custodian, as they were ordered
 * @param made Unix seconds
 * @param changed Unix seconds of its newest state
 * @param kcv left 3 of SM4-CMAC(K, 0¹⁶); identifies, never authenticates; outlives the key
 */
public record KeyListing(KeyRef key, KeyState state, KeyTerms terms, long made, long changed, byte[] kcv) {
    public KeyListing {
        Checks.range(
                "level of a master",
                key.factors().size(),
                0,
                key.usage().chain().depth() - 1);
        kcv = Checks.length("KCV", kcv, 3);
    }

    public KeyUsage usage() {
        return key.usage();
    }

    public int version() {
        return key.version();
    }

    /** Factors already applied. */
    public List<byte[]> path() {
        return key.factors();
    }

    /** 0 for a root. */
    public int level() {
        return path().size();
    }

    /** The KCV with its method: {@code CMAC 52FC10}. */
    public String kcvText() {
        return "CMAC " + Hex.of(kcv).toUpperCase(Locale.ROOT);
    }

    /** The same key in another state. */
    public KeyListing in(KeyState next, long now) {
        return new KeyListing(key, next, terms, made, now, kcv);
    }

    /** The layout above. */
    public void encode(ByteWriter out) {
        key.encode(out);
        out.u8(state.code());
        terms.encode(out);
        out.u64(made).u64(changed).bytes(kcv);
    }

    /** Reads what {@link #encode} writes. */
    public static KeyListing decode(ByteReader in) {
        return new KeyListing(
                KeyRef.decode(in), KeyState.of(in.u8()), KeyTerms.decode(in), in.u64(), in.u64(), in.bytes(3));
    }
}
