package io.zhitong.bench;

import io.zhitong.cardspec.ReaderFrame;
import io.zhitong.cardspec.ReaderFrame.Status;
import io.zhitong.cos.Card;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.MalformedInput;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Virtual readers behind the TCP driver's port, and the relay behind them, with a watch at both ends (秒表读卡器): it knows when a
 * card came into the field and when the relay's command arrived. Thread-safe.
 */
final class StopwatchDriver implements AutoCloseable {
    private final ServerSocket server;
    private final Map<String, Card> lying = new TreeMap<>();
    private final Map<String, Long> changes = new HashMap<>();
    private final Set<String> seenEmpty = new HashSet<>();
    private long relays;
    private long lastRelay;

    StopwatchDriver() throws IOException {
        server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        daemon("stopwatch-accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** @return {@link System#nanoTime} of the moment */
    synchronized long lay(String reader, Card card) {
        lying.put(reader, card);
        changes.merge(reader, 1L, Long::sum);
        notifyAll();
        return System.nanoTime();
    }

    /** Takes every card away and waits until each reader that had one was told. */
    void lift() {
        Set<String> had;
        synchronized (this) {
            had = Set.copyOf(lying.keySet());
            seenEmpty.clear();
            lying.clear();
            had.forEach(reader -> changes.merge(reader, 1L, Long::sum));
            notifyAll();
        }
        await(() -> seenEmpty.containsAll(had), "the reader was not asked whether the card has gone");
    }

    synchronized long relays() {
        return relays;
    }

    /** Waits for one more relay command than {@code before}; {@link System#nanoTime} of its arrival. */
    synchronized long relayAfter(long before, long patienceMillis) {
        await(() -> relays > before, "no relay moved", patienceMillis);
        return lastRelay;
    }

    private void await(BooleanSupplier done, String otherwise) {
        await(done, otherwise, 10_000);
    }

    private synchronized void await(BooleanSupplier done, String otherwise, long patienceMillis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        try {
            while (!done.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new IllegalStateException(otherwise);
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                daemon("stopwatch-line", new Line(socket)::serve);
            }
        } catch (IOException e) {
            System.getLogger("bench").log(System.Logger.Level.DEBUG, "no more lines", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** One connection: a reader's, or the relay's. */
    private final class Line {
        private final Socket socket;
        private String reader = "";
        private long told;
        private Optional<Card> powered = Optional.empty();

        Line(Socket socket) {
            this.socket = socket;
        }

        void serve() {
            try (socket;
                    DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
                while (!socket.isClosed()) {
                    ReaderFrame request = ReaderFrame.read(in);
                    answer(request).write(out);
                }
            } catch (IOException | MalformedInput e) {
                System.getLogger("bench").log(System.Logger.Level.DEBUG, "a line ended", e);
            }
        }

        private ReaderFrame answer(ReaderFrame request) {
            return switch (ReaderFrame.Op.of(request.op())) {
                case ATTACH -> {
                    reader = new String(request.body(), StandardCharsets.UTF_8);
                    yield request.answer(Status.OK, new byte[0]);
                }
                case STATUS -> request.answer(Status.OK, present());
                case WAIT_CHANGE -> {
                    waitForChange(new ByteReader(request.body()).u32());
                    yield request.answer(Status.OK, present());
                }
                case POWER_ON -> powerOn(request);
                case POWER_OFF -> {
                    powered = Optional.empty();
                    yield request.answer(Status.OK, new byte[0]);
                }
                case APDU ->
                    powered.map(card -> request.answer(Status.OK, card.process(request.body())))
                            .orElseGet(() -> request.answer(Status.CARD_LEFT, new byte[0]));
                case RELAY -> moved(request);
                default -> request.answer(Status.BAD_REQUEST, new byte[0]);
            };
        }

        private ReaderFrame powerOn(ReaderFrame request) {
            synchronized (StopwatchDriver.this) {
                powered = Optional.ofNullable(lying.get(reader));
            }
            return powered.map(card -> request.answer(Status.OK, card.reset()))
                    .orElseGet(() -> request.answer(Status.NO_CARD, new byte[0]));
        }

        private byte[] present() {
            synchronized (StopwatchDriver.this) {
                told = changes.getOrDefault(reader, 0L);
                boolean here = lying.containsKey(reader);
                if (!here) {
                    seenEmpty.add(reader);
                    StopwatchDriver.this.notifyAll();
                }
                return new byte[] {(byte) (here ? 1 : 0)};
            }
        }

        private void waitForChange(long millis) {
            synchronized (StopwatchDriver.this) {
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                try {
                    while (told == changes.getOrDefault(reader, 0L) && end > System.nanoTime()) {
                        TimeUnit.NANOSECONDS.timedWait(StopwatchDriver.this, Math.max(1, end - System.nanoTime()));
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private ReaderFrame moved(ReaderFrame request) {
            synchronized (StopwatchDriver.this) {
                lastRelay = System.nanoTime();
                relays++;
                StopwatchDriver.this.notifyAll();
            }
            return request.answer(Status.OK, new byte[0]);
        }
    }
}
