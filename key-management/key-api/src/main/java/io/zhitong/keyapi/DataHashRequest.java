package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * One value whose keyed hash is asked (检索摘要请求), to find what lies encrypted: HMAC-SM3(HK, value), 32 bytes, where HK = SM4(K,
 * "zhitong data idx") never leaves the vault. Telephone and identity numbers are few enough to be tried out one by one by
 * whoever has such a key. On the wire: key ‖ value length 2 ‖ value.
 *
 * @param key as of {@link DataWrapRequest}
 * @param value 1–256 bytes: a field's name, a separator, the normalised value
 */
public record DataHashRequest(KeyRef key, byte[] value) {
    public DataHashRequest {
        value = Checks.length("value", value, 1, 256);
    }

    void encode(ByteWriter out) {
        key.encode(out);
        out.sized(value);
    }

    static DataHashRequest decode(ByteReader in) {
        return new DataHashRequest(KeyRef.decode(in), in.sized());
    }
}
