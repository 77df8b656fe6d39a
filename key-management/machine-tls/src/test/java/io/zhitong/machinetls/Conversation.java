package io.zhitong.machinetls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * One handshake and one byte each way over a real socket, and what both sides saw of it.
 *
 * @param suite the cipher suite of a success
 * @param protocol the protocol of a success
 * @param clientSaw whom the client saw
 * @param serverSaw whom the server saw
 * @param clientFailure what the client threw
 * @param serverFailure what the server threw
 */
record Conversation(
        Optional<String> suite,
        Optional<String> protocol,
        Optional<MachinePeer> clientSaw,
        Optional<MachinePeer> serverSaw,
        Optional<IOException> clientFailure,
        Optional<IOException> serverFailure) {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private record ServerSide(Optional<MachinePeer> saw, Optional<IOException> failure) {}

    static Conversation between(MachineTls client, MachineTls server) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<ServerSide> serving = CompletableFuture.supplyAsync(() -> serve(listener, server));
            InetSocketAddress address = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
            try {
                SSLSession session = ask(client, address);
                ServerSide side = get(serving);
                return new Conversation(
                        Optional.of(session.getCipherSuite()),
                        Optional.of(session.getProtocol()),
                        MachinePeer.of(session),
                        side.saw(),
                        Optional.empty(),
                        side.failure());
            } catch (IOException e) {
                ServerSide side = get(serving);
                return new Conversation(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        side.saw(),
                        Optional.of(e),
                        side.failure());
            }
        }
    }

    /** Closed before anybody waits for the server: its own close waits until the client's has come. */
    private static SSLSession ask(MachineTls client, InetSocketAddress address) throws IOException {
        try (SSLSocket socket = client.connect(address, LIMIT)) {
            socket.getOutputStream().write('?');
            int answer = socket.getInputStream().read();
            if (answer != '!') {
                throw new IOException("connection closed instead of an answer");
            }
            return socket.getSession();
        }
    }

    boolean succeeded() {
        return suite.isPresent();
    }

    Optional<PeerRefusal> serverRefused() {
        return serverFailure.flatMap(PeerRefusedException::reasonOf);
    }

    Optional<PeerRefusal> clientRefused() {
        return clientFailure.flatMap(PeerRefusedException::reasonOf);
    }

    private static ServerSide serve(ServerSocket listener, MachineTls server) {
        try (SSLSocket socket = server.accepted(listener.accept())) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.startHandshake();
            Optional<MachinePeer> peer = MachinePeer.of(socket.getSession());
            if (socket.getInputStream().read() == '?') {
                socket.getOutputStream().write('!');
            }
            return new ServerSide(peer, Optional.empty());
        } catch (IOException e) {
            return new ServerSide(Optional.empty(), Optional.of(e));
        }
    }

    private static ServerSide get(CompletableFuture<ServerSide> serving) throws IOException {
        try {
            return serving.get(LIMIT.toSeconds() * 2, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException("server side did not end", e);
        }
    }
}
