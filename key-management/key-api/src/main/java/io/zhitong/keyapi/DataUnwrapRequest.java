package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;

/**
 * One wrapped data key to be opened (数据密钥解封请求). On the wire: key ‖ context length 2 ‖ context ‖ wrapped 44.
 *
 * @param key as it was wrapped under
 * @param context as it was wrapped with
 * @param wrapped what the vault answered then
 */
public record DataUnwrapRequest(KeyRef key, byte[] context, byte[] wrapped) {
    /** Bytes of a wrapped data key. */
    public static final int WRAPPED = 44;

    static final int MOST_CONTEXT = 64;

    public DataUnwrapRequest {
        context = Checks.length("context", context, 1, MOST_CONTEXT);
        wrapped = Checks.length("wrapped data key", wrapped, WRAPPED);
    }

    void encode(ByteWriter out) {
        key.encode(out);
        out.sized(context).bytes(wrapped);
    }

    static DataUnwrapRequest decode(ByteReader in) {
        return new DataUnwrapRequest(KeyRef.decode(in), in.sized(), in.bytes(WRAPPED));
    }
}
