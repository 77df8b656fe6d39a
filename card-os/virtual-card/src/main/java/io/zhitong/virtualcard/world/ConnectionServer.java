package io.zhitong.virtualcard.world;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the loopback address (本机监听) and gives every connection a thread, at most 256 at a time. */
final class ConnectionServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionServer.class);
    private static final int MOST = 256;

    private final ServerSocket listener;
    private final Handler handler;
    private final String name;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is done with one connection, until it ends. */
    @FunctionalInterface
    interface Handler {
        void serve(Socket socket) throws IOException, InterruptedException;
    }

    /** Listens at once; port 0 takes a free one. */
    ConnectionServer(String name, int port, Handler handler) throws IOException {
        this.name = name;
        this.handler = handler;
        this.listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
        Thread thread = new Thread(this::accept, name + "-accept");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                start(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.error("{}: accepting a connection failed: {}", name, e.getMessage());
                }
            }
        }
    }

    private void start(Socket socket) throws IOException {
        if (open.size() >= MOST) {
            LOG.warn("{}: refused a connection, {} are open", name, MOST);
            socket.close();
            return;
        }
        open.add(socket);
        Thread thread = new Thread(() -> serve(socket), name + "-" + socket.getPort());
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            handler.serve(socket);
        } catch (IOException e) {
            LOG.debug("{}: a connection ended: {}", name, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    /** Stops listening and ends every connection. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
