package io.zhitong.link;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How often each kind of bad input was refused since the start (错误计数). Safe for use by several threads. */
public final class LinkCounters {

    private final Map<LinkFault, LongAdder> counts;

    LinkCounters() {
        Map<LinkFault, LongAdder> fresh = new EnumMap<>(LinkFault.class);
        for (LinkFault fault : LinkFault.values()) {
            fresh.put(fault, new LongAdder());
        }
        counts = Collections.unmodifiableMap(fresh);
    }

    /** @return whether this was the first of its kind, which alone is logged */
    boolean count(LinkFault fault) {
        LongAdder adder = counter(fault);
        adder.increment();
        return adder.sum() == 1;
    }

    public long of(LinkFault fault) {
        return counter(fault).sum();
    }

    public long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    private LongAdder counter(LinkFault fault) {
        return Objects.requireNonNull(counts.get(fault), "every fault has a counter");
    }
}
