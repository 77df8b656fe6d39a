package io.zhitong.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.machinetls.MachineTls;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device's end of the controller link (设备连接客户端): connects, and connects again for as long as it lives; sends
 * heartbeats, events and alarms, keeps the lists, believes signed commands. Specification: docs/link.md. Safe for use by
 * several threads.
 */
public final class LinkClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LinkClient.class);
    private static final long HANDSHAKE_MILLIS = 10_000;

    private final LinkClientOptions options;
    private final Supplier<MachineTls> tls;
    private final LinkDevice device;
    private final LinkThreads threads;
    private final boolean ownThreads;
    /** One loop for all connections of this client, one after the other. */
    private final EventLoop loop;

    private final SerialQueue worker;
    private final SerialQueue commandWorker;
    private final SecureRandom random = new SecureRandom();
    private final LinkCounters counters = new LinkCounters();
    private final BackendTime time;
    private final RenewalAsking renewal;
    private final BackOff backOff;
    /** Index of the backend to try, on the loop's thread. */
    private int attempt;

    private final AtomicBoolean pumping = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<Optional<ClientConnection>> connection = new AtomicReference<>(Optional.empty());

    private LinkClient(
            LinkClientOptions options,
            Supplier<MachineTls> tls,
            LinkDevice device,
            LinkThreads threads,
            boolean ownThreads,
            LongSupplier monotonicMillis) {
        this.threads = threads;
        this.ownThreads = ownThreads;
        this.loop = threads.loops().next();
        this.worker = new SerialQueue(threads.workers());
        this.commandWorker = new SerialQueue(threads.workers());
        this.options = options;
        this.tls = tls;
        this.device = device;
        this.time = new BackendTime(monotonicMillis);
        this.renewal = new RenewalAsking(device.renewal(), time);
        this.backOff = new BackOff(options.firstPause(), options.lastPause(), random);
    }

    /**
     * Begins to connect; returns at once.
     *
     * @param tls mutual, asked for each attempt; its policy accepts the BACKEND role of the authority pinned at enrolment
     */
    public static LinkClient start(LinkClientOptions options, Supplier<MachineTls> tls, LinkDevice device) {
        return started(options, tls, device, LinkThreads.ofOne(), true);
    }

    /** The same on threads that it shares with others; they outlive it. */
    public static LinkClient start(
            LinkClientOptions options, Supplier<MachineTls> tls, LinkDevice device, LinkThreads shared) {
        return started(options, tls, device, shared, false);
    }

    private static LinkClient started(
            LinkClientOptions options,
            Supplier<MachineTls> tls,
            LinkDevice device,
            LinkThreads threads,
            boolean ownThreads) {
        LinkClient client = new LinkClient(
                options, tls, device, threads, ownThreads, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        client.loop.execute(client::connect);
        return client;
    }

    private Optional<ClientConnection> present() {
        return Objects.requireNonNull(connection.get());
    }

    /** Tells that the journal has something new; cheap, call it after every append. */
    public void wake() {
        if (pumping.compareAndSet(false, true)) {
            work(() -> {
                pumping.set(false);
                present().ifPresent(ClientConnection::pump);
            });
        }
    }

    /** Sends a copy of an alarm ahead of its turn, if connected; the record itself must be in the journal already. */
    public void alarm(JournalRecord copy) {
        present().ifPresent(open -> open.alarm(copy));
    }

    /** Asks for the backend's time at once; the answer comes to {@link LinkMonitor#time}, and replaces the estimate there is. */
    public void askTime() {
        time.renew();
        present().ifPresent(ClientConnection::askTime);
    }

    /** Ends the connection if the backend's certificate is among the revoked; the next handshake refuses it. */
    public void dropRevoked(Predicate<BigInteger> revoked) {
        present()
                .filter(open -> open.peer().filter(revoked).isPresent())
                .ifPresent(open -> open.end(CloseReason.REVOKED));
    }

    /** Whether the backend has greeted us in the present connection. */
    public boolean connected() {
        return present().filter(ClientConnection::welcomed).isPresent();
    }

    /** The backend's time now, ms since 1970; nothing without a connection. */
    public OptionalLong backendMillis() {
        return time.now();
    }

    /** Bad input refused since the start. */
    public LinkCounters counters() {
        return counters;
    }

    private void connect() {
        if (closed.get()) {
            return;
        }
        InetSocketAddress next = options.backends().get(attempt);
        InetSocketAddress backend = new InetSocketAddress(next.getHostString(), next.getPort());
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5_000)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        pipeline(channel, backend);
                    }
                })
                .connect(backend)
                .addListener((ChannelFuture attempt) -> {
                    if (!attempt.isSuccess()) {
                        LOG.debug("link not connected", attempt.cause());
                        again();
                    }
                });
    }

    private void pipeline(Channel channel, InetSocketAddress backend) {
        MachineTls now = tls.get();
        SslHandler ssl = new SslHandler(now.clientEngine(backend));
        ssl.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        ClientConnection next = new ClientConnection(this, channel);
        connection.set(Optional.of(next));
        channel.pipeline()
                .addLast(ssl)
                .addLast(new PeerRecheck(now))
                .addLast(new IdleStateHandler(options.silence().toMillis(), 0, 0, TimeUnit.MILLISECONDS))
                .addLast(new FrameDecoder())
                .addLast(FrameEncoder.INSTANCE)
                .addLast(next);
        if (closed.get()) { // while this attempt was beginning
            next.end(CloseReason.STOPPED);
        }
    }

    void greeted() {
        backOff.reset();
        device.monitor().connected();
    }

    void lost(ClientConnection gone, CloseReason reason) {
        time.forget();
        connection.set(Optional.empty());
        if (gone.welcomed()) {
            device.monitor().disconnected(reason);
            LOG.warn("link lost reason={}", reason);
        }
        again();
    }

    /** The next backend: the one just lost may be gone for long. */
    private void again() {
        attempt = (attempt + 1) % options.backends().size();
        if (!closed.get()) {
            loop.schedule(this::connect, backOff.pause(), TimeUnit.MILLISECONDS);
        }
    }

    LinkClientOptions options() {
        return options;
    }

    LinkDevice device() {
        return device;
    }

    BackendTime time() {
        return time;
    }

    RenewalAsking renewal() {
        return renewal;
    }

    Octets nonce() {
        byte[] nonce = new byte[CommandOrder.NONCE_LENGTH];
        random.nextBytes(nonce);
        return Octets.of(nonce);
    }

    void work(Runnable task) {
        submit(worker, task);
    }

    void command(Runnable task) {
        submit(commandWorker, task);
    }

    private void submit(SerialQueue queue, Runnable task) {
        queue.add(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("device could not handle a message", e);
                present().ifPresent(open -> open.end(CloseReason.HANDLER_FAILED));
            }
        });
    }

    /** Ends the connection; what the backend has not acknowledged stays in the journal. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        present().ifPresent(open -> open.end(CloseReason.STOPPED));
        if (ownThreads) {
            threads.close();
        }
    }
}
