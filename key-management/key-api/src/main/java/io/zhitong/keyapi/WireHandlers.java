package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.HashMap;
import java.util.Map;

/** What one client may ask, by code (请求处理表); each part of the vault's interface puts in its own questions. */
final class WireHandlers {
    /** What is done once the whole request was read and found well formed. */
    interface Act {
        void answer(ByteWriter out);
    }

    /** Reads a request's body. */
    interface Handler {
        Act read(ByteReader in);
    }

    private final Map<Integer, Handler> byCode = new HashMap<>();

    void put(WireOp op, Handler handler) {
        if (byCode.put(op.code(), handler) != null) {
            throw new IllegalStateException("two questions have the code " + op.code());
        }
    }

    /**
     * The handler of a code.
     *
     * @throws KeyServiceException {@link KeyRefusal#CALLER_NOT_ALLOWED} for everything that was not put in
     */
    Handler of(int code) {
        Handler handler = byCode.get(code);
        if (handler == null) {
            throw new KeyServiceException(KeyRefusal.CALLER_NOT_ALLOWED, "this client may not ask that");
        }
        return handler;
    }
}
