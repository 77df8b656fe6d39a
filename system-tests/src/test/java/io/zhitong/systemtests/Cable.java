package io.zhitong.systemtests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** A cable between a device and what it talks to (线路), in which the test may cut, or hold what goes one way or both. */
final class Cable implements AutoCloseable {
    private static final int BUFFER = 16_384;

    private final int port;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ServerSocket listener;
    private volatile long late;
    private boolean up = true;
    private boolean down = true;
    private Optional<Snare> snare = Optional.empty();
    private Optional<Snare> sprung = Optional.empty();
    private Optional<Socket> answering = Optional.empty();

    /** Waits for bytes that a device sends, and holds the cable before or behind them. */
    private record Snare(byte[] bytes, boolean before, CountDownLatch held) {}

    Cable(int port, int target) {
        this.port = port;
        this.target = target;
        this.listener = listen();
    }

    /** A port just left may be free only a moment later. */
    private ServerSocket listen() {
        AtomicReference<ServerSocket> bound = new AtomicReference<>();
        Await.until("port " + port + " is free", Duration.ofSeconds(5), () -> {
            try {
                ServerSocket fresh = new ServerSocket();
                fresh.setReuseAddress(true);
                fresh.bind(RunningEstate.at(port));
                bound.set(fresh);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        ServerSocket listening = bound.get();
        start(() -> accept(listening));
        return listening;
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                connect(from.accept());
            } catch (IOException e) {
                // the listener was closed, or nobody is at the far end: the device sees its connection end
                continue;
            }
        }
    }

    private void connect(Socket near) throws IOException {
        Socket far = new Socket();
        try {
            far.connect(RunningEstate.at(target), 2_000);
        } catch (IOException e) {
            near.close();
            throw e;
        }
        sockets.add(near);
        sockets.add(far);
        start(() -> pump(near, far, true));
        start(() -> pump(far, near, false));
    }

    /** Bytes and when they come out at the other end; no bytes = this way has ended. */
    private record Piece(byte[] bytes, long due) {}

    /** What goes in comes out in order, late by as much as the line was when it went in. */
    private void pump(Socket from, Socket to, boolean upwards) {
        BlockingQueue<Piece> under = new LinkedBlockingQueue<>();
        start(() -> deliver(under, from, to));
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (upwards) {
                    asked(from, buffer, n);
                } else {
                    answered(to);
                }
                awaitOpen(upwards);
                under.add(new Piece(Arrays.copyOf(buffer, n), System.nanoTime() + late));
            }
        } catch (IOException | InterruptedException e) {
            // one end is gone: the other is told
            return;
        } finally {
            under.add(new Piece(new byte[0], System.nanoTime() + late));
        }
    }

    private void deliver(BlockingQueue<Piece> under, Socket from, Socket to) {
        try (from;
                to) {
            OutputStream out = to.getOutputStream();
            for (Piece piece = under.take(); piece.bytes().length > 0; piece = under.take()) {
                for (long left = piece.due() - System.nanoTime(); left > 0; left = piece.due() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                out.write(piece.bytes());
            }
        } catch (IOException | InterruptedException e) {
            // one end is gone: closing both tells the other
            return;
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void asked(Socket device, byte[] buffer, int n) {
        lock.lock();
        try {
            if (snare.isPresent() && contains(buffer, n, snare.get().bytes())) {
                sprung = snare;
                snare = Optional.empty();
                pass(!sprung.get().before(), false);
                if (sprung.get().before()) {
                    sprung.get().held().countDown();
                } else {
                    answering = Optional.of(device);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void answered(Socket device) {
        lock.lock();
        try {
            if (answering.filter(device::equals).isPresent()) {
                answering = Optional.empty();
                sprung.ifPresent(each -> each.held().countDown());
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean contains(byte[] buffer, int n, byte[] wanted) {
        for (int at = 0; at + wanted.length <= n; at++) {
            if (Arrays.equals(buffer, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Holds the cable when a device sends these bytes.
     *
     * @param before them: the far end does not get them; else it does, and its answer is held
     * @return counted down when the bytes, or the answer, are held
     */
    CountDownLatch holdAt(byte[] bytes, boolean before) {
        CountDownLatch held = new CountDownLatch(1);
        lock.lock();
        try {
            snare = Optional.of(new Snare(bytes.clone(), before, held));
        } finally {
            lock.unlock();
        }
        return held;
    }

    private void awaitOpen(boolean upwards) throws InterruptedException {
        lock.lock();
        try {
            while (upwards ? !up : !down) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on everything comes so much later, each way, and in order. */
    void late(Duration by) {
        late = by.toNanos();
    }

    /** Nothing passes either way and nobody is told: a cable pulled out. */
    void hold() {
        pass(false, false);
    }

    /** What the device says passes, what it is answered does not. */
    void holdAnswers() {
        pass(true, false);
    }

    /** What was held goes on. */
    void resume() {
        pass(true, true);
    }

    private void pass(boolean upwards, boolean downwards) {
        lock.lock();
        try {
            up = upwards;
            down = downwards;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Connections end and new ones are refused. */
    void refuse() {
        try {
            listener.close();
            for (Socket each : sockets) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void accept() {
        if (listener.isClosed()) {
            listener = listen();
        }
    }

    /** Every connection through it ends now, what was held is lost, and new ones are welcome. */
    void reconnect() {
        refuse();
        resume();
        accept();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        refuse();
        resume();
    }
}
