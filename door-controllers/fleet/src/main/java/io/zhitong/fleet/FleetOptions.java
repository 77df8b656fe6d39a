package io.zhitong.fleet;

import io.zhitong.link.LinkClientOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * How a fleet runs (运行选项).
 *
 * @param length of the run; the story's day is pressed into it
 * @param seed of story and faults
 * @param faults one each second, in turn; empty = none
 * @param taps at most so many
 * @param silence after which a controller gives a connection up
 * @param patience for connecting all, and for the last acknowledgements
 */
record FleetOptions(Duration length, long seed, List<Fault> faults, int taps, Duration silence, Duration patience) {

    FleetOptions {
        faults = List.copyOf(faults);
    }

    LinkClientOptions link(InetSocketAddress backend) {
        LinkClientOptions usual = LinkClientOptions.to(backend);
        Duration beat =
                silence.dividedBy(4).compareTo(usual.heartbeat()) < 0 ? silence.dividedBy(4) : usual.heartbeat();
        return new LinkClientOptions(usual.backends(), beat, silence, usual.firstPause(), usual.lastPause());
    }
}
