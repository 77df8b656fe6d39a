package io.zhitong.link;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How a device reaches its backend (接入选项).
 *
 * @param backends hosts and ports of one installation, tried in turn, the first one first; resolved anew at each attempt
 * @param heartbeat between two heartbeats, at most 3 s
 * @param silence without any answer for so long the connection is given up
 * @param firstPause before the second attempt; doubles up to {@code lastPause}, each time jittered by half
 */
public record LinkClientOptions(
        List<InetSocketAddress> backends,
        Duration heartbeat,
        Duration silence,
        Duration firstPause,
        Duration lastPause) {

    public LinkClientOptions {
        backends = List.copyOf(backends);
        if (backends.isEmpty()) {
            throw new LinkException(LinkFault.MALFORMED, "expected at least one backend");
        }
        if (heartbeat.isNegative() || heartbeat.isZero() || heartbeat.compareTo(Duration.ofSeconds(3)) > 0) {
            throw new LinkException(LinkFault.MALFORMED, "expected a heartbeat of at most 3 s");
        }
    }

    public static LinkClientOptions to(InetSocketAddress backend) {
        return to(List.of(backend));
    }

    public static LinkClientOptions to(List<InetSocketAddress> backends) {
        return new LinkClientOptions(
                backends, Duration.ofSeconds(2), Duration.ofSeconds(8), Duration.ofMillis(300), Duration.ofSeconds(10));
    }

    public LinkClientOptions withHeartbeat(Duration newHeartbeat) {
        return new LinkClientOptions(backends, newHeartbeat, silence, firstPause, lastPause);
    }

    public LinkClientOptions withPauses(Duration first, Duration last) {
        return new LinkClientOptions(backends, heartbeat, silence, first, last);
    }
}
