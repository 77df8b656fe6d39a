package io.zhitong.machinetls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two engines joined by two buffers. */
final class EnginePair {
    private static final int BUFFER = 64 * 1024;
    private static final int ROUNDS = 200;

    private EnginePair() {}

    static void shakeHands(SSLEngine client, SSLEngine server) throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(BUFFER);
        ByteBuffer toClient = ByteBuffer.allocate(BUFFER);
        client.beginHandshake();
        server.beginHandshake();
        for (int round = 0; round < ROUNDS; round++) {
            boolean moved = step(client, toClient, toServer) | step(server, toServer, toClient);
            if (!moved && done(client) && done(server)) {
                return;
            }
        }
        throw new SSLException("handshake did not end in " + ROUNDS + " rounds");
    }

    private static boolean done(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        SSLEngineResult written = engine.wrap(ByteBuffer.allocate(0), out);
        in.flip();
        SSLEngineResult read = engine.unwrap(in, ByteBuffer.allocate(BUFFER));
        in.compact();
        return written.bytesProduced() + read.bytesConsumed() > 0;
    }
}
