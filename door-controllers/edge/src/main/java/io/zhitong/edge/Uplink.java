package io.zhitong.edge;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusal;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.link.CloseReason;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.ImageSink;
import io.zhitong.link.LinkClient;
import io.zhitong.link.LinkClientOptions;
import io.zhitong.link.LinkDevice;
import io.zhitong.link.LinkMonitor;
import io.zhitong.link.ListHolder;
import io.zhitong.link.ListState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins journal, lists, clock and health to the link (上行). */
final class Uplink implements ListHolder, LinkMonitor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    private final Journal journal;
    private final ListStore lists;
    private final EdgeClock clock;
    private final Health health;
    private final LastWord word;
    private final AtomicBoolean connected = new AtomicBoolean();
    private static final Duration CLOCK_PATIENCE = Duration.ofSeconds(5);
    private final ClockOrder clockOrder;
    private final Runnable greeted;
    /** What was last noted of a kind's refusals: a backend offers again at every connection what it thinks is new. */
    private final Map<ListKind, ListEvent> refusals = new ConcurrentHashMap<>();

    private final LinkClient client;

    /**
     * @param images what is fetched of an update
     * @param greeted done whenever the backend has answered a greeting
     */
    Uplink(
            LinkClientOptions options,
            DeviceCertificate certificate,
            Enrolled enrolled,
            String software,
            Device device,
            Commands commands,
            ImageSink images,
            Runnable greeted) {
        this.greeted = greeted;
        this.journal = device.journal();
        this.lists = device.lists();
        this.clock = device.clock();
        this.health = device.health();
        this.word = device.lastWord();
        this.clockOrder = new ClockOrder(clock, this::askTime, CLOCK_PATIENCE);
        device.onCommand(CommandKind.CLOCK, clockOrder);
        this.client = LinkClient.start(
                options,
                certificate::tls,
                new LinkDevice(
                        enrolled.address(),
                        software,
                        enrolled.policyKey(),
                        enrolled.commandKey(),
                        journal,
                        this,
                        commands,
                        this,
                        certificate,
                        KeptCheckpoint.in(device.config().data(), enrolled.auditKey()),
                        device.pictures(),
                        images));
        journal.onAppend(this::appended);
        lists.onInstalled(list -> client.dropRevoked(certificate::revoked));
    }

    private void appended(JournalRecord record) {
        if (record.kind().lane() == EventKind.Lane.ALARM) {
            client.alarm(record);
        }
        client.wake();
    }

    private void askTime() {
        client.askTime();
    }

    boolean isConnected() {
        return connected.get();
    }

    @Override
    public List<ListState> states() {
        return lists.states();
    }

    @Override
    public Optional<SignedList> held(ListKind kind) {
        return lists.held(kind);
    }

    @Override
    public void install(SignedList list) {
        lists.install(list);
        refusals.remove(list.header().kind());
        // Where people and cars are changes with every passage somewhere else: the journal is not written full with
        // that.
        if (!list.header().kind().tellsState()) {
            note(new ListEvent(
                    list.header().kind(),
                    Optional.empty(),
                    list.header().version(),
                    list.header().root()));
        }
    }

    @Override
    public void refused(ListKind kind, ListRefusal reason) {
        Optional<SignedList> held = lists.held(kind);
        ListEvent event = new ListEvent(
                kind,
                Optional.of(reason),
                held.map(list -> list.header().version()).orElse(ListVersion.NONE),
                held.map(list -> list.header().root()).orElse(Hash.ZERO));
        if (!event.equals(refusals.put(kind, event))) {
            note(event);
        }
    }

    private void note(ListEvent event) {
        journal.appendOrCount(event.kind(), PointId.DEVICE, event.encode());
    }

    @Override
    public DeviceStatus status() {
        EdgeClock.Reading time = clock.read();
        return new DeviceStatus(
                time.deviceMillis(),
                time.quality(),
                journal.lastSequence(),
                journal.unsent(),
                client.counters().total(),
                lists.states(),
                health.faults());
    }

    @Override
    public void connected() {
        connected.set(true);
        LOG.info("backend connected");
        greeted.run();
    }

    @Override
    public void disconnected(CloseReason reason) {
        connected.set(false);
        word.gone();
        clock.disconnected();
    }

    @Override
    public void time(long backendMillis, long errorMillis) {
        clockOrder.heard(backendMillis, errorMillis);
        clock.synchronised(backendMillis);
        word.heard();
    }

    @Override
    public void close() {
        client.close();
    }
}
