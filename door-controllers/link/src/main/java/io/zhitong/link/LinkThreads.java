package io.zhitong.link;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which {@link LinkClient}s run (连接线程): a device has its own, many devices of one process share some. What one
 * client does stays in order either way. Safe for use by several threads.
 */
public final class LinkThreads implements AutoCloseable {

    private final EventLoopGroup loops;
    private final ExecutorService workers;

    private LinkThreads(int loopThreads, int workThreads) {
        loops = new MultiThreadIoEventLoopGroup(
                loopThreads, new DefaultThreadFactory("link-client"), NioIoHandler.newFactory());
        workers = Listener.workers("link-client-worker", workThreads, 0);
    }

    /** For one client: a loop, a thread for lists and events, one for commands. */
    static LinkThreads ofOne() {
        return new LinkThreads(1, 2);
    }

    /** For many clients; close it after the last of them. */
    public static LinkThreads shared(int loopThreads, int workThreads) {
        return new LinkThreads(loopThreads, workThreads);
    }

    EventLoopGroup loops() {
        return loops;
    }

    ExecutorService workers() {
        return workers;
    }

    /** Waits a few seconds for what is under way. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
        workers.shutdown();
        try {
            if (!workers.awaitTermination(3, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
