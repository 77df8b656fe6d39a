package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.MalformedInput;
import java.util.function.Consumer;
import java.util.function.Function;

/** The client's end of the wire protocol: one question, one answer, refusals as exceptions. Thread-safe. */
final class WireAsker implements AutoCloseable {
    private final VaultConnections connections;

    WireAsker(VaultConnections connections) {
        this.connections = connections;
    }

    <T> T ask(WireOp op, Consumer<ByteWriter> body, Function<ByteReader, T> decode) {
        ByteWriter out = new ByteWriter().u8(VaultFrames.VERSION).u8(op.code());
        body.accept(out);
        ByteReader in = new ByteReader(connections.exchange(op, out.toByteArray()));
        try {
            int status = in.u8();
            if (status != 0) {
                throw new KeyServiceException(KeyRefusal.of(status), "the vault says: " + in.text());
            }
            T answer = decode.apply(in);
            in.end();
            return answer;
        } catch (MalformedInput e) {
            throw new KeyServiceException(KeyRefusal.UNAVAILABLE, "the vault answered in another layout", e);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
