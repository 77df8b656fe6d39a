package io.zhitong.link;

import io.netty.channel.socket.SocketChannel;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.machinetls.MachineTls;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The backend's end of the controller link (设备连接服务端): mutual TLS, one session a device, messages to a
 * {@link LinkHandler}. Specification: docs/link.md. Safe for use by several threads.
 */
public final class LinkServer implements AutoCloseable {

    private final ServerCore core;
    private final ExecutorService workers;
    private final Listener listener;

    private LinkServer(LinkServerOptions options, PortTls tls, LinkHandler handler) {
        // Each connection has at most two pieces of work in this queue, one of them of pictures, and alarms.
        workers = Listener.workers("link-worker", options.workers(), 4 * options.maxConnections());
        core = new ServerCore(handler, workers, options.clock(), options.maxConnections());
        listener = new Listener("link", options.address(), options.silence(), tls, this::connected);
    }

    /**
     * Listens.
     *
     * @param tls mutual, asked for each connection: its policy accepts device roles of this installation's authority and
     *     refuses revoked serials
     * @throws LinkException CONNECTION if the port is taken
     */
    public static LinkServer start(LinkServerOptions options, PortTls tls, LinkHandler handler) {
        return new LinkServer(options, tls, handler);
    }

    /** Listens with one profile. */
    public static LinkServer start(LinkServerOptions options, Supplier<MachineTls> tls, LinkHandler handler) {
        return start(options, PortTls.only(tls), handler);
    }

    private void connected(SocketChannel channel) {
        channel.pipeline().addLast(new ServerConnection(core));
        if (!core.connected()) {
            core.counters().count(LinkFault.BUSY);
            channel.close();
        }
    }

    /** The port it listens on. */
    public int port() {
        return listener.port();
    }

    /** The device's present session: its hello holds what a command must carry. */
    public Optional<LinkSession> session(DeviceAddress address) {
        return core.session(address).map(ServerSession::session);
    }

    /** Sends a command to the device it was made for; both futures fail at once if that is not connected. */
    public CommandDelivery send(SignedCommand command) {
        DeviceAddress address =
                new DeviceAddress(command.order().community(), command.order().device());
        return core.session(address).map(session -> session.send(command)).orElseGet(LinkServer::notConnected);
    }

    private static CommandDelivery notConnected() {
        CommandDelivery delivery = new CommandDelivery();
        delivery.failed(new LinkException(LinkFault.NOT_CONNECTED, "send again when the device is back"));
        return delivery;
    }

    /** Tells the device of a newer list; without a session nothing happens, the next hello tells it. */
    public void offer(ListHeader header) {
        offer(header, Optional.empty());
    }

    /** The same with what differs from the list before, which the device will hold. */
    public void offer(ListHeader header, Optional<ListChange> change) {
        core.session(new DeviceAddress(header.community(), header.device()))
                .ifPresent(session -> session.offer(header, change));
    }

    /** Ends the sessions whose certificate was revoked. */
    public void dropRevoked(Predicate<BigInteger> revoked) {
        for (ServerSession session : core.sessions()) {
            if (revoked.test(session.session().peer().serial())) {
                session.end(CloseReason.REVOKED);
            }
        }
    }

    /** Bad input refused since the start. */
    public LinkCounters counters() {
        return core.counters();
    }

    /** Handshakes that failed since the start: no, foreign or revoked certificate, no TLS at all. */
    public long refusedHandshakes() {
        return core.refusedHandshakes();
    }

    /** Ends all sessions and waits up to 5 s for what the handler is doing. */
    @Override
    public void close() {
        for (ServerSession session : core.sessions()) {
            session.end(CloseReason.STOPPED);
        }
        listener.close();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
