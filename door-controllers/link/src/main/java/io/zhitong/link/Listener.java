package io.zhitong.link;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A TLS port with our framing (监听端口), used by link and enrolment. */
final class Listener implements AutoCloseable {

    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final EventLoopGroup loops;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel port;

    /** @param pipeline adds the handlers behind the frame codec, or closes the channel */
    Listener(String name, InetSocketAddress address, Duration silence, PortTls tls, Consumer<SocketChannel> pipeline) {
        loops = new MultiThreadIoEventLoopGroup(2, new DefaultThreadFactory(name), NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .handler(new AcceptPace())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channels.add(channel);
                        channel.pipeline()
                                .addLast(new ProfileChoice(tls))
                                .addLast(new IdleStateHandler(silence.toMillis(), 0, 0, TimeUnit.MILLISECONDS))
                                .addLast(new FrameDecoder())
                                .addLast(FrameEncoder.INSTANCE);
                        pipeline.accept(channel);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new LinkException(
                    LinkFault.CONNECTION, "cannot listen on " + address + ": is the port taken?", bound.cause());
        }
        port = bound.channel();
    }

    int port() {
        return ((InetSocketAddress) port.localAddress()).getPort();
    }

    /** Threads for work that may block; what does not fit into the queue is refused to the caller. */
    static ExecutorService workers(String name, int threads, int queued) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                queued > 0 ? new ArrayBlockingQueue<>(queued) : new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public void close() {
        port.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        channels.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
