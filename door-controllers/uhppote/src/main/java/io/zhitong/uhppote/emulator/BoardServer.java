package io.zhitong.uhppote.emulator;

import io.zhitong.uhppote.message.Frame;
import io.zhitong.uhppote.message.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;

/** The socket of one or several emulated boards (UDP服务): answers each datagram where it came from, events to the listener. */
public final class BoardServer implements AutoCloseable {

    private final DatagramChannel channel;
    private final List<BoardEmulator> boards;

    private BoardServer(DatagramChannel channel, List<BoardEmulator> boards) {
        this.channel = channel;
        this.boards = List.copyOf(boards);
    }

    /** Listens until it is closed; the boards stay open. */
    public static BoardServer start(InetSocketAddress local, BoardEmulator... boards) {
        try {
            BoardServer server = new BoardServer(
                    DatagramChannel.open(StandardProtocolFamily.INET).bind(local), List.of(boards));
            server.boards.forEach(board -> board.post(status -> server.post(board, status)));
            Thread thread = new Thread(server::serve, "uhppote-board");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("expected to have the UDP port", e);
        }
    }

    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException("expected an open socket", e);
        }
    }

    private void serve() {
        ByteBuffer buffer = ByteBuffer.allocate(Frame.LENGTH_BYTES + 1);
        while (channel.isOpen()) {
            try {
                SocketAddress from = channel.receive(buffer.clear());
                byte[] datagram = new byte[buffer.flip().remaining()];
                buffer.get(datagram);
                for (BoardEmulator board : boards) {
                    board.handle(datagram).ifPresent(answer -> send(answer, from));
                }
            } catch (IOException e) {
                // Closed, or an ICMP error of an earlier answer: the asker will ask again.
                Thread.onSpinWait();
            }
        }
    }

    private void post(BoardEmulator board, Status status) {
        board.listener().ifPresent(to -> send(status.encode(), to));
    }

    private void send(byte[] frame, SocketAddress to) {
        try {
            channel.send(ByteBuffer.wrap(frame), to);
        } catch (IOException e) {
            // As on a real wire: a datagram that cannot leave is lost.
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("expected the socket to close", e);
        }
    }
}
