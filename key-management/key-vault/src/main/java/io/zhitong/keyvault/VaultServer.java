package io.zhitong.keyvault;

import io.zhitong.machinetls.MachineTls;
import io.zhitong.machinetls.PeerRefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vault's door (密钥库服务端口): TLS 1.3 with SM2 certificates, a thread for each connection, at most
 * {@value #MOST_CONNECTIONS} of them.
 */
final class VaultServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VaultServer.class);
    private static final int MOST_CONNECTIONS = 64;
    private static final int HANDSHAKE_MILLIS = 10_000;
    private static final int STOP_SECONDS = 5;

    private final ServerSocket listener;
    private final Supplier<MachineTls> tls;
    private final VaultSession.Factory sessions;
    private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private VaultServer(ServerSocket listener, Supplier<MachineTls> tls, VaultSession.Factory sessions) {
        this.listener = listener;
        this.tls = tls;
        this.sessions = sessions;
    }

    /**
     * Listens and serves until closed.
     *
     * @param address port 0 takes a free one
     * @param tls asked for each connection
     * @throws IOException when the port is taken
     */
    static VaultServer start(InetSocketAddress address, Supplier<MachineTls> tls, VaultSession.Factory sessions)
            throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(address);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        VaultServer server = new VaultServer(listener, tls, sessions);
        server.threads.execute(server::accept);
        return server;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket plain = listener.accept();
                if (free.tryAcquire()) {
                    threads.execute(() -> serve(plain));
                } else {
                    LOG.warn("refused a connection: {} are open", MOST_CONNECTIONS);
                    plain.close();
                }
            } catch (SocketException e) {
                LOG.debug("no longer accepting: {}", e.getMessage());
            } catch (IOException e) {
                LOG.warn("a connection could not be accepted: {}", e.getMessage());
            }
        }
    }

    private void serve(Socket plain) {
        open.add(plain);
        try (SSLSocket socket = tls.get().accepted(plain)) {
            socket.setSoTimeout(HANDSHAKE_MILLIS);
            socket.startHandshake();
            sessions.of(socket).run();
        } catch (IOException e) {
            LOG.info("connection ended: {}", why(e));
        } catch (RuntimeException e) {
            // The edge of the process: one connection's fault must not take the vault down.
            LOG.error("connection failed", e);
        } finally {
            open.remove(plain);
            free.release();
        }
    }

    private static String why(IOException e) {
        return PeerRefusedException.reasonOf(e)
                .map(refusal -> "peer refused, " + refusal.english() + " " + refusal.chinese())
                .orElseGet(() -> e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    private static void hangUp(Socket socket) {
        try {
            socket.shutdownInput();
        } catch (IOException e) {
            LOG.debug("already ended: {}", e.getMessage());
        }
    }

    /** Stops listening, ends the connections, waits for what is being answered. */
    @Override
    public void close() {
        try {
            listener.close();
            threads.shutdown();
            open.forEach(VaultServer::hangUp);
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (IOException e) {
            LOG.warn("while stopping: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
