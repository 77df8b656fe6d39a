package io.zhitong.link;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How a device reaches its backend (接入选项).
 *
 * @param backend host and port; resolved anew at each attempt
 * @param heartbeat between two heartbeats, at most 3 s
 * @param silence without any answer for so long the connection is given up
 * @param firstPause before the second attempt; doubles up to {@code lastPause}, each time jittered by half
 */
public record LinkClientOptions(
        InetSocketAddress backend, Duration heartbeat, Duration silence, Duration firstPause, Duration lastPause) {

    public LinkClientOptions {
        if (heartbeat.isNegative() || heartbeat.isZero() || heartbeat.compareTo(Duration.ofSeconds(3)) > 0) {
            throw new LinkException(LinkFault.MALFORMED, "expected a heartbeat of at most 3 s");
        }
    }

    public static LinkClientOptions to(InetSocketAddress backend) {
        return new LinkClientOptions(
                backend, Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofMillis(300), Duration.ofSeconds(10));
    }

    public LinkClientOptions withHeartbeat(Duration newHeartbeat) {
        return new LinkClientOptions(backend, newHeartbeat, silence, firstPause, lastPause);
    }

    public LinkClientOptions withPauses(Duration first, Duration last) {
        return new LinkClientOptions(backend, heartbeat, silence, first, last);
    }
}
