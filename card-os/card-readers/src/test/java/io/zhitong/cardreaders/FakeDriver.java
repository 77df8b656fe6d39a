package io.zhitong.cardreaders;

import io.zhitong.cardspec.ReaderFrame;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A driver that answers as a test tells it and keeps the requests it saw. */
final class FakeDriver implements AutoCloseable {
    final List<ReaderFrame> requests = new CopyOnWriteArrayList<>();
    final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicReference<UnaryOperator<ReaderFrame>> behaviour;
    private final ServerSocket server;

    FakeDriver(UnaryOperator<ReaderFrame> behaviour) throws IOException {
        this.behaviour = new AtomicReference<>(behaviour);
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    private void serve(Socket socket) {
        try (var in = new DataInputStream(socket.getInputStream());
                var out = new DataOutputStream(socket.getOutputStream())) {
            while (true) {
                ReaderFrame request = ReaderFrame.read(in);
                requests.add(request);
                behaviour.get().apply(request).write(out);
            }
        } catch (IOException | IllegalStateException e) {
            // the client left, or the test breaks off
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "fake-driver");
        thread.setDaemon(true);
        thread.start();
    }

    void dropConnections() throws IOException {
        for (Socket socket : connections) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        dropConnections();
    }
}
