package io.zhitong.fleet;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A wire to the backend that can be spoilt (故障代理): it passes bytes on, counts them, and does to each connection what it is told.
 * Listens on loopback only. Safe for use by several threads.
 */
public final class FaultProxy implements AutoCloseable {

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("fault-proxy"), NioIoHandler.newFactory());
    private final InetSocketAddress target;
    private final List<FaultyWire> wires = new CopyOnWriteArrayList<>();
    private final Channel port;

    public FaultProxy(InetSocketAddress target) {
        this.target = target;
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4_096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel device) {
                        accepted(device);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new UncheckedIOException(new IOException("the fault proxy cannot listen", bound.cause()));
        }
        port = bound.channel();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) port.localAddress();
    }

    private void accepted(SocketChannel device) {
        FaultyWire wire = new FaultyWire(device);
        new Bootstrap()
                .group(device.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel backend) {
                        wire.join(backend);
                    }
                })
                .connect(new InetSocketAddress(target.getHostString(), target.getPort()))
                .addListener((ChannelFuture reached) -> {
                    if (reached.isSuccess()) {
                        wires.add(wire);
                        device.closeFuture().addListener(end -> wires.remove(wire));
                        device.config().setAutoRead(true);
                    } else {
                        device.close();
                    }
                });
    }

    /** Does this to each connection that there is, with the given chance; answers to how many. */
    int strike(Fault fault, double chance, SplittableRandom random) {
        int struck = 0;
        for (FaultyWire wire : wires) {
            if (random.nextDouble() < chance) {
                wire.strike(fault);
                struck++;
            }
        }
        return struck;
    }

    public int connections() {
        return wires.size();
    }

    /** Bytes passed on so far by each connection that there is, both directions together, as they lay on the wire. */
    public List<Long> bytes() {
        return wires.stream().map(FaultyWire::bytes).toList();
    }

    @Override
    public void close() {
        port.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        wires.forEach(wire -> wire.strike(Fault.CUT));
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
