package io.zhitong.fleet;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.LinkHandler;
import io.zhitong.link.LinkServer;
import io.zhitong.link.LinkServerOptions;
import io.zhitong.link.LinkSession;
import io.zhitong.link.ListChange;
import io.zhitong.machinetls.MachineTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A backend in the fleet's own process (内置后台): the real server of the link, lists signed by its own key, events in memory. What it
 * has acknowledged it keeps over a {@link #stop} and a {@link #start}, as a database would. Safe for use by several threads.
 */
public final class FleetBackend implements LinkHandler, AutoCloseable {

    private final FleetLists lists;
    private final MachineTls tls;
    private final Map<JournalId, Watermark> stored = new ConcurrentHashMap<>();
    private final Map<Passage, Integer> passages = new HashMap<>();
    private final Consumer<JournalRecord> arrived;
    private long events;
    private int port;
    private Optional<LinkServer> server = Optional.empty();

    /** @param arrived is shown each record once, when it is stored; must be quick */
    public FleetBackend(FleetEstate estate, FleetLists lists, Consumer<JournalRecord> arrived) {
        this.lists = lists;
        this.tls = estate.backend();
        this.arrived = arrived;
    }

    /** Listens, after a stop on the same port as before. */
    public synchronized void start() {
        LinkServer started = LinkServer.start(
                LinkServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), () -> tls, this);
        port = started.port();
        server = Optional.of(started);
    }

    public synchronized void stop() {
        server.ifPresent(LinkServer::close);
        server = Optional.empty();
    }

    public synchronized InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Tells these devices of their newest list of this kind. */
    public void offer(ListKind kind, List<DeviceAddress> devices) {
        lists.publish(kind, devices);
        Optional<LinkServer> open = open();
        Optional<ListChange> change = lists.change(kind);
        devices.parallelStream()
                .forEach(device -> open.ifPresent(
                        server -> server.offer(lists.of(device, kind).header(), change)));
    }

    private synchronized Optional<LinkServer> open() {
        return server;
    }

    /** How often each passage is stored. */
    synchronized Map<Passage, Integer> passages() {
        return Map.copyOf(passages);
    }

    public synchronized long events() {
        return events;
    }

    @Override
    public Greeting hello(LinkSession session) {
        JournalId journal = session.hello().journal();
        return new Greeting(
                stored.getOrDefault(journal, Watermark.start(journal)),
                lists.kinds().stream()
                        .map(kind -> lists.of(session.address(), kind).header())
                        .toList());
    }

    @Override
    public void heartbeat(LinkSession session, DeviceStatus status) {
        // who is connected is known to the server
    }

    /** A record is stored if it follows the last one with that one's hash; what is there already is passed over. */
    @Override
    public synchronized Watermark events(LinkSession session, List<JournalRecord> records) {
        JournalId journal = session.hello().journal();
        Watermark mark = stored.getOrDefault(journal, Watermark.start(journal));
        for (JournalRecord record : records) {
            if (record.sequence() > mark.sequence()) {
                follows(record, mark);
                keep(record);
                mark = record.watermark();
                stored.put(journal, mark);
            }
        }
        return mark;
    }

    private static void follows(JournalRecord record, Watermark mark) {
        if (record.sequence() != mark.sequence() + 1 || !record.previous().equals(mark.hash())) {
            throw new IllegalStateException("expected record " + (mark.sequence() + 1) + " of an unbroken chain");
        }
    }

    private void keep(JournalRecord record) {
        events++;
        if (record.kind() == EventKind.ACCESS_GRANTED || record.kind() == EventKind.ACCESS_DENIED) {
            passages.merge(Passage.of(record), 1, Integer::sum);
        }
        arrived.accept(record);
    }

    @Override
    public void alarm(LinkSession session, JournalRecord copy) {
        // the record itself follows
    }

    @Override
    public Optional<SignedList> list(LinkSession session, ListKind kind) {
        return lists.kinds().contains(kind) ? Optional.of(lists.of(session.address(), kind)) : Optional.empty();
    }

    @Override
    public void answered(LinkSession session, CommandAnswer answer) {
        // gives no commands
    }

    @Override
    public void closed(LinkSession session, CloseReason reason) {
        // nothing is kept of a session
    }

    @Override
    public void close() {
        stop();
    }
}
