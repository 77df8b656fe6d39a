package io.zhitong.uhppote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A wire between a driver and a board that does to datagrams what networks do: each is handed to a {@link Fate}, which says after
 * how many milliseconds copies of it arrive; none = lost. The driver's side has an address of its own, which the driver takes for
 * the board's.
 */
public final class BadWire implements AutoCloseable {

    /** When copies of a datagram arrive. */
    @FunctionalInterface
    public interface Fate {
        List<Integer> of(boolean fromBoard, byte[] datagram);
    }

    private final DatagramChannel near;
    private final DatagramChannel far;
    private final InetSocketAddress board;
    private final AtomicReference<Fate> fate;
    private final AtomicReference<SocketAddress> driver = new AtomicReference<>(new InetSocketAddress(0));
    private final ScheduledExecutorService late = Executors.newSingleThreadScheduledExecutor();

    public BadWire(InetSocketAddress board, Fate fate) throws IOException {
        this.board = board;
        this.fate = new AtomicReference<>(fate);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        near = DatagramChannel.open().bind(any);
        far = DatagramChannel.open().bind(any);
        carry(near, false);
        carry(far, true);
    }

    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) near.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void fate(Fate next) {
        fate.set(next);
    }

    /** Puts a datagram on the driver's side as if the board had sent it. */
    public void forge(byte[] datagram) {
        send(near, datagram, driver.get());
    }

    private void carry(DatagramChannel from, boolean fromBoard) {
        Thread thread = new Thread(() -> {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            while (from.isOpen()) {
                try {
                    SocketAddress sender = from.receive(buffer.clear());
                    byte[] datagram = new byte[buffer.flip().remaining()];
                    buffer.get(datagram);
                    if (!fromBoard) {
                        driver.set(sender);
                    }
                    fate.get().of(fromBoard, datagram).forEach(millis -> pass(fromBoard, datagram, millis));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void pass(boolean fromBoard, byte[] datagram, int millis) {
        Runnable send = () -> send(fromBoard ? near : far, datagram, fromBoard ? driver.get() : board);
        try {
            late.schedule(send, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException cut) {
            // The wire was taken away; what was on it is lost.
            Thread.onSpinWait();
        }
    }

    private static void send(DatagramChannel channel, byte[] datagram, SocketAddress to) {
        try {
            channel.send(ByteBuffer.wrap(datagram), to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        late.shutdownNow();
        near.close();
        far.close();
    }
}
