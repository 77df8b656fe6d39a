package io.zhitong.backend.bench;

import io.zhitong.cardspec.ReaderFrame;
import io.zhitong.cardspec.ReaderFrame.Status;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A reader driver that answers what the test says and remembers what it was asked. */
final class FakeCardWorld implements AutoCloseable {

    private final ServerSocket socket;
    private final Thread thread;
    private final Map<Integer, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Status status = Status.OK;

    FakeCardWorld() throws IOException {
        socket = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        thread = new Thread(this::serve, "fake-card-world");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    void answers(ReaderFrame.Op op, String json) {
        answers.put(op.code(), json);
    }

    void refuses() {
        status = Status.BAD_REQUEST;
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve() {
        try {
            while (true) {
                try (Socket peer = socket.accept()) {
                    serve(peer);
                }
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    private void serve(Socket peer) {
        try {
            DataInputStream in = new DataInputStream(peer.getInputStream());
            DataOutputStream out = new DataOutputStream(peer.getOutputStream());
            while (true) {
                ReaderFrame request = ReaderFrame.read(in);
                asked.add(ReaderFrame.Op.of(request.op()) + " " + new String(request.body(), StandardCharsets.UTF_8));
                byte[] body = answers.getOrDefault(request.op(), "").getBytes(StandardCharsets.UTF_8);
                request.answer(status, body).write(out);
            }
        } catch (IOException e) {
            // the peer went away
        }
    }

    /** Returns when nothing listens any more: until its thread has left {@code accept}, the kernel still takes connections. */
    @Override
    public void close() throws IOException {
        socket.close();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("close the bench before its world");
        }
    }
}
