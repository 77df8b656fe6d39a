package io.zhitong.uhppote.driver;

import io.zhitong.uhppote.driver.DriverException.Reason;
import io.zhitong.uhppote.message.Frame;
import io.zhitong.uhppote.message.FrameException;
import io.zhitong.uhppote.message.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where boards send their events as they happen (事件接收). What comes here only wakes whoever collects by index: a datagram may
 * be lost, doubled or forged, so it is never stored.
 */
public final class EventPost implements AutoCloseable {

    private final DatagramChannel channel;
    private final Map<Long, InetAddress> boards;
    private final Consumer<Status> woken;

    private EventPost(DatagramChannel channel, Map<Long, InetAddress> boards, Consumer<Status> woken) {
        this.channel = channel;
        this.boards = Map.copyOf(boards);
        this.woken = woken;
    }

    /**
     * @param boards who may write: serial number and address; everything else is thrown away
     * @param woken called on the reading thread; must not block or throw
     * @throws DriverException NETWORK if the address cannot be had
     */
    public static EventPost open(InetSocketAddress local, Map<Long, InetAddress> boards, Consumer<Status> woken) {
        try {
            EventPost post = new EventPost(
                    DatagramChannel.open(StandardProtocolFamily.INET).bind(local), boards, woken);
            Thread reader = new Thread(post::receive, "uhppote-events");
            reader.setDaemon(true);
            reader.start();
            return post;
        } catch (IOException e) {
            throw new DriverException(Reason.NETWORK, "expected to have the local UDP port", e);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new DriverException(Reason.NETWORK, "expected an open socket", e);
        }
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocate(Frame.LENGTH_BYTES + 1);
        while (channel.isOpen()) {
            try {
                SocketAddress from = channel.receive(buffer.clear());
                byte[] datagram = new byte[buffer.flip().remaining()];
                buffer.get(datagram);
                take((InetSocketAddress) from, datagram);
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }

    private void take(InetSocketAddress from, byte[] datagram) {
        try {
            Status status = Status.decode(datagram);
            if (from.getAddress().equals(boards.get(status.serial()))) {
                woken.accept(status);
            }
        } catch (FrameException e) {
            // Not ours to read; the events themselves are collected by index.
            Thread.onSpinWait();
        }
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
