package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Arrays;

/**
 * One data key to be wrapped (数据密钥封装请求). The answer is {@value DataUnwrapRequest#WRAPPED} bytes: IV 12 ‖ SM4-GCM(KEK, data key,
 * additional data = context) 16 ‖ tag 16, where KEK = SM4(K, "zhitong data key") is computed in the vault and stays there. On the
 * wire: key ‖ context length 2 ‖ context ‖ data key 16.
 *
 * @param key of {@link DataKind#key}: usage {@link KeyUsage#PERSONAL_DATA} with all its factors
 * @param context whose data key it is, 1–64 bytes; has to be given again to unwrap it
 * @param dataKey 16 bytes; stays the caller's
 */
public record DataWrapRequest(KeyRef key, byte[] context, SecretBytes dataKey) {
    /** Bytes of a data key. */
    public static final int DATA_KEY = 16;

    public DataWrapRequest {
        context = Checks.length("context", context, 1, DataUnwrapRequest.MOST_CONTEXT);
        Checks.range("length of the data key", dataKey.length(), DATA_KEY, DATA_KEY);
    }

    void encode(ByteWriter out) {
        key.encode(out);
        out.sized(context);
        put(dataKey, out);
    }

    static void put(SecretBytes secret, ByteWriter out) {
        byte[] clear = secret.export(SecretAccess.TOKEN);
        out.bytes(clear);
        Arrays.fill(clear, (byte) 0);
    }

    static DataWrapRequest decode(ByteReader in) {
        return new DataWrapRequest(KeyRef.decode(in), in.sized(), SecretBytes.takeOver(in.bytes(DATA_KEY)));
    }
}
