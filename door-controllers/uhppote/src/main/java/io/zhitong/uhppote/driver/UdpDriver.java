package io.zhitong.uhppote.driver;

import io.zhitong.uhppote.driver.DriverException.Reason;
import io.zhitong.uhppote.message.Answer;
import io.zhitong.uhppote.message.DeviceAnswer;
import io.zhitong.uhppote.message.Frame;
import io.zhitong.uhppote.message.FrameException;
import io.zhitong.uhppote.message.Function;
import io.zhitong.uhppote.message.GetDevice;
import io.zhitong.uhppote.message.Request;
import io.zhitong.uhppote.message.SetAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks boards questions over one UDP socket (驱动). One question at a time is on the way to a board; an answer counts if it comes
 * from the board's address and carries its serial number, the function and the running number of the question. A message that
 * is not {@link Function#repeatable} is sent once. Safe for use by several threads.
 */
public final class UdpDriver implements AutoCloseable {

    private static final int MOST_FOUND = 256;

    private final DatagramChannel channel;
    private final Patience patience;
    private final Map<Long, Semaphore> turns = new ConcurrentHashMap<>();
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger sequence = new AtomicInteger();
    private final AtomicLongArray ignored = new AtomicLongArray(Ignored.values().length);
    private final Thread reader;

    /** A question on its way; {@code from} is null when everybody may answer. */
    private record Waiting(
            @Nullable SocketAddress from, long serial, Function function, BlockingQueue<byte[]> answers) {}

    private UdpDriver(DatagramChannel channel, Patience patience) {
        this.channel = channel;
        this.patience = patience;
        reader = new Thread(this::receive, "uhppote-driver");
        reader.setDaemon(true);
    }

    /** @throws DriverException NETWORK if the address cannot be had */
    public static UdpDriver open(InetSocketAddress local, Patience patience) {
        try {
            UdpDriver driver = new UdpDriver(
                    DatagramChannel.open(StandardProtocolFamily.INET).bind(local), patience);
            driver.reader.start();
            return driver;
        } catch (IOException e) {
            throw new DriverException(Reason.NETWORK, "expected to have the local UDP port", e);
        }
    }

    /** @throws DriverException if the board did not answer; see the reasons */
    public <A extends Answer> A ask(BoardAddress board, Request<A> request) {
        Semaphore turn = turns.computeIfAbsent(board.serial(), any -> new Semaphore(1, true));
        if (!await(() -> turn.tryAcquire(patience.turn().toMillis(), TimeUnit.MILLISECONDS))) {
            throw new DriverException(Reason.BUSY, "expected a turn within " + patience.turn(), null);
        }
        try {
            return read(request, exchange(board, request));
        } finally {
            turn.release();
        }
    }

    /** Sends once; a board that takes another address says nothing. */
    public void tell(BoardAddress board, SetAddress request) {
        send(request.encode(), board.at());
    }

    /**
     * Who is there? Answers within this time, one a board.
     *
     * @param where a broadcast address of the boards' own network, or one board
     */
    public List<DeviceAnswer> search(InetSocketAddress where, Duration time) {
        long number = next();
        Waiting all = new Waiting(null, 0, Function.GET_DEVICE, new LinkedBlockingQueue<>(MOST_FOUND));
        Map<Long, DeviceAnswer> found = new LinkedHashMap<>();
        waiting.put(number, all);
        try {
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            send(Frame.withSequence(new GetDevice(0).encode(), number), where);
            long until = System.nanoTime() + time.toNanos();
            for (byte[] each = poll(all, until); each.length > 0; each = poll(all, until)) {
                addTo(found, each);
            }
        } catch (IOException e) {
            throw new DriverException(Reason.NETWORK, "expected a network that carries broadcasts", e);
        } finally {
            waiting.remove(number);
        }
        return new ArrayList<>(found.values());
    }

    /** An answer nobody can read is a stranger's: it must not hide the others. */
    private void addTo(Map<Long, DeviceAnswer> found, byte[] frame) {
        try {
            DeviceAnswer device = DeviceAnswer.decode(frame);
            found.putIfAbsent(device.serial(), device);
        } catch (FrameException e) {
            ignore(Ignored.NO_MESSAGE);
        }
    }

    /** Where answers come to. */
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new DriverException(Reason.NETWORK, "expected an open socket", e);
        }
    }

    /** How many datagrams were thrown away for this reason since the start. */
    public long ignored(Ignored why) {
        return ignored.get(why.ordinal());
    }

    private byte[] exchange(BoardAddress board, Request<?> request) {
        long number = next();
        byte[] question = Frame.withSequence(request.encode(), number);
        Waiting answer = new Waiting(board.at(), board.serial(), request.function(), new LinkedBlockingQueue<>(1));
        waiting.put(number, answer);
        try {
            int attempts = request.function().repeatable() ? patience.attempts() : 1;
            for (int i = 0; i < attempts; i++) {
                send(question, board.at());
                byte[] found =
                        poll(answer, System.nanoTime() + patience.answer().toNanos());
                if (found.length > 0) {
                    return found;
                }
            }
            throw new DriverException(
                    Reason.NO_ANSWER,
                    "expected an answer to " + request.function() + ", asked " + attempts + "x",
                    null);
        } finally {
            waiting.remove(number);
        }
    }

    /** Never 0, which boards send when nobody numbered. */
    private long next() {
        int next = sequence.incrementAndGet();
        return next == 0 ? next() : next & 0xFFFF_FFFFL;
    }

    private static <A extends Answer> A read(Request<A> request, byte[] frame) {
        try {
            return request.answer(frame);
        } catch (FrameException e) {
            throw new DriverException(Reason.UNREADABLE, "expected an answer to " + request.function(), e);
        }
    }

    private void send(byte[] frame, InetSocketAddress to) {
        try {
            channel.send(ByteBuffer.wrap(frame), to);
        } catch (IOException e) {
            throw new DriverException(Reason.NETWORK, "expected to send to the board", e);
        }
    }

    private static byte[] poll(Waiting waiting, long until) {
        byte[][] found = {new byte[0]};
        await(() -> {
            byte[] next = waiting.answers().poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            found[0] = next == null ? found[0] : next;
            return next != null;
        });
        return found[0];
    }

    private interface Pause {
        boolean end() throws InterruptedException;
    }

    private static boolean await(Pause pause) {
        try {
            return pause.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(Reason.NETWORK, "interrupted while waiting for a board", e);
        }
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocate(Frame.LENGTH_BYTES + 1);
        while (channel.isOpen()) {
            try {
                SocketAddress from = channel.receive(buffer.clear());
                byte[] datagram = new byte[buffer.flip().remaining()];
                buffer.get(datagram);
                take(from, datagram);
            } catch (IOException e) {
                // Closed, or an ICMP error of an earlier datagram: whoever waits finds out by its time.
                Thread.onSpinWait();
            }
        }
    }

    private void take(SocketAddress from, byte[] datagram) {
        if (!isMessage(datagram)) {
            ignore(Ignored.NO_MESSAGE);
            return;
        }
        Waiting asked = waiting.get(Frame.sequenceOf(datagram));
        if (asked == null) {
            ignore(Ignored.NOT_ASKED);
        } else if (asked.from() != null && !asked.from().equals(from)) {
            ignore(Ignored.FOREIGN_ADDRESS);
        } else if (!belongs(asked).test(datagram)) {
            ignore(Ignored.OTHER_BOARD);
        } else if (!asked.answers().offer(datagram)) {
            ignore(Ignored.NOT_ASKED);
        }
    }

    private static Predicate<byte[]> belongs(Waiting asked) {
        return frame -> Frame.functionOf(frame) == asked.function()
                && (asked.serial() == 0 || Frame.serialOf(frame) == asked.serial());
    }

    private static boolean isMessage(byte[] datagram) {
        try {
            Frame.functionOf(datagram);
            return true;
        } catch (FrameException e) {
            return false;
        }
    }

    private void ignore(Ignored why) {
        ignored.incrementAndGet(why.ordinal());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new DriverException(Reason.NETWORK, "expected the socket to close", e);
        }
    }
}
