package io.zhitong.link;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;

/**
 * How a {@link LinkServer} listens (服务端选项).
 *
 * @param address port 0 = any free one
 * @param silence how long a device may say nothing before its session ends
 * @param workers threads on which the handler runs
 * @param maxConnections more are closed at once
 * @param clock the backend's time
 */
public record LinkServerOptions(
        InetSocketAddress address, Duration silence, int workers, int maxConnections, Clock clock) {

    public static LinkServerOptions of(InetSocketAddress address) {
        return new LinkServerOptions(address, Duration.ofSeconds(8), 16, 10_000, Clock.systemUTC());
    }

    public LinkServerOptions withSilence(Duration newSilence) {
        return new LinkServerOptions(address, newSilence, workers, maxConnections, clock);
    }

    public LinkServerOptions withClock(Clock newClock) {
        return new LinkServerOptions(address, silence, workers, maxConnections, newClock);
    }
}
