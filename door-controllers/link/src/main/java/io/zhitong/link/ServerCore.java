package io.zhitong.link;

import io.zhitong.accessmodel.DeviceAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the connections of one server share (服务端公共状态). Safe for use by several threads. */
final class ServerCore {

    private final LinkHandler handler;
    private final Executor workers;
    private final Clock clock;
    private final int maxConnections;
    private final LinkCounters counters = new LinkCounters();
    private final Map<DeviceAddress, ServerSession> sessions = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong refusedHandshakes = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();

    ServerCore(LinkHandler handler, Executor workers, Clock clock, int maxConnections) {
        this.handler = handler;
        this.workers = workers;
        this.clock = clock;
        this.maxConnections = maxConnections;
    }

    LinkHandler handler() {
        return handler;
    }

    Executor workers() {
        return workers;
    }

    Clock clock() {
        return clock;
    }

    LinkCounters counters() {
        return counters;
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    boolean connected() {
        return connections.incrementAndGet() <= maxConnections;
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    void handshakeFailed() {
        refusedHandshakes.incrementAndGet();
    }

    long refusedHandshakes() {
        return refusedHandshakes.get();
    }

    void opened(ServerSession session) {
        ServerSession older = sessions.put(session.session().address(), session);
        if (older != null) {
            older.end(CloseReason.REPLACED);
        }
    }

    void closed(ServerSession session) {
        sessions.remove(session.session().address(), session);
    }

    Optional<ServerSession> session(DeviceAddress address) {
        return Optional.ofNullable(sessions.get(address));
    }

    Iterable<ServerSession> sessions() {
        return sessions.values();
    }
}
