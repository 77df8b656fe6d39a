package io.zhitong.backend.events.bench;

import io.zhitong.fleet.FleetEstate;
import io.zhitong.machinetls.MachineTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Full handshakes between two engines in memory, both sides on one thread (裸握手). One caller. */
final class BareHandshake {
    private static final int ROOM = 64 * 1024;

    private final MachineTls device;
    private final MachineTls backend;
    /** Each with a backend of its own, so that none resumes another. */
    private int handshakes;

    BareHandshake(FleetEstate estate) {
        device = estate.controller(1).tls();
        backend = estate.backend();
    }

    /** Seconds for so many. */
    double round(int count) {
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            once();
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private void once() {
        SSLEngine client = device.clientEngine(new InetSocketAddress(InetAddress.getLoopbackAddress(), ++handshakes));
        SSLEngine server = backend.serverEngine();
        ByteBuffer up = ByteBuffer.allocate(ROOM);
        ByteBuffer down = ByteBuffer.allocate(ROOM);
        try {
            client.beginHandshake();
            server.beginHandshake();
            for (int turn = 0; !(done(client) && done(server)); turn++) {
                if (turn > 100) {
                    throw new IllegalStateException("the handshake does not end");
                }
                step(client, down, up);
                step(server, up, down);
            }
        } catch (SSLException e) {
            throw new IllegalStateException("the handshake failed", e);
        }
    }

    private static boolean done(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        in.flip();
        for (boolean moved = true; moved; ) {
            moved = switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> tasks(engine);
                case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out).bytesProduced() > 0;
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN ->
                    in.hasRemaining()
                            && engine.unwrap(in, ByteBuffer.allocate(ROOM)).bytesConsumed() > 0;
                case FINISHED, NOT_HANDSHAKING -> false;
            };
        }
        in.compact();
    }

    private static boolean tasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        return true;
    }
}
