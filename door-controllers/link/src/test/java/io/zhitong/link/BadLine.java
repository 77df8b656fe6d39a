package io.zhitong.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A TCP proxy before a backend that does to some pieces what bad lines and bad people do. */
final class BadLine implements AutoCloseable {

    /** What happens to a piece on its way up. */
    enum Fault {
        DUPLICATED,
        SWAPPED_WITH_THE_NEXT,
        ONE_BIT_TURNED,
        LOST,
        CUT
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int backend;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    /** Given to each connection in turn, at its piece of that number; those after the last run clean. */
    private final List<Fault> faults;

    private final int piece;
    /** Nothing moves either way while it is true, and no socket is closed: half-open. */
    volatile boolean held;
    /** How long each piece upward is late. */
    volatile long delayMillis;

    BadLine(int backend, int piece, Fault... faults) throws IOException {
        this.backend = backend;
        this.piece = piece;
        this.faults = List.of(faults);
        run(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        assert closed.getMessage() != null;
                    }
                },
                "bad-line");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket device = listener.accept();
            Socket there = new Socket(InetAddress.getLoopbackAddress(), backend);
            sockets.addAll(List.of(device, there));
            int number = connections.getAndIncrement();
            run(() -> pass(device, there, number < faults.size() ? new Spoiler(faults.get(number)) : piece -> piece));
            run(() -> pass(there, device, piece -> piece));
        }
    }

    private void pass(Socket from, Socket to, UnaryOperator<byte[]> change) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16_384];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                while (held) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                }
                if (delayMillis > 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(delayMillis));
                }
                byte[] changed = change.apply(Arrays.copyOf(buffer, count));
                if (changed.length == 0 && change instanceof Spoiler spoiler && spoiler.fault == Fault.CUT) {
                    return;
                }
                out.write(changed);
                out.flush();
            }
        }
    }

    private final class Spoiler implements UnaryOperator<byte[]> {
        private final Fault fault;
        private int count;
        private byte[] kept = new byte[0];

        Spoiler(Fault fault) {
            this.fault = fault;
        }

        @Override
        public byte[] apply(byte[] bytes) {
            if (++count == piece + 1 && fault == Fault.SWAPPED_WITH_THE_NEXT) {
                return joined(bytes, kept);
            }
            return count == piece ? spoiled(bytes) : bytes;
        }

        private byte[] spoiled(byte[] bytes) {
            return switch (fault) {
                case DUPLICATED -> joined(bytes, bytes);
                case SWAPPED_WITH_THE_NEXT -> {
                    kept = bytes;
                    yield new byte[0];
                }
                case ONE_BIT_TURNED -> {
                    bytes[bytes.length / 2] ^= 1;
                    yield bytes;
                }
                case LOST, CUT -> new byte[0];
            };
        }

        private static byte[] joined(byte[] first, byte[] second) {
            byte[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return both;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
