package io.zhitong.fleet;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommandEvent;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalOpened;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusal;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Engine;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Policy;
import io.zhitong.decision.Presented;
import io.zhitong.decision.Request;
import io.zhitong.link.CloseReason;
import io.zhitong.link.CommandAnswer;
import io.zhitong.link.CommandReceiver;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.LinkClient;
import io.zhitong.link.LinkClientOptions;
import io.zhitong.link.LinkDevice;
import io.zhitong.link.LinkMonitor;
import io.zhitong.link.LinkThreads;
import io.zhitong.link.ListHolder;
import io.zhitong.link.ListState;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A door controller without doors (模拟控制器): its link, its lists, its decisions and its journal are the real ones. Safe for use by
 * several threads.
 */
public final class SimulatedController implements ListHolder, CommandReceiver, LinkMonitor {

    private static final String SOFTWARE = "fleet";
    private static final int CERTIFICATE = 0xFFFF;

    private final FleetIdentity identity;
    private final FleetJournal journal;
    private final SharedLists shared;
    private final Meters meters;
    private final Clock clock;
    private final Map<ListKind, SignedList> lists = new EnumMap<>(ListKind.class);
    private final Map<PointId, PointState> points = new HashMap<>();
    private final Set<Octets> claimed = new HashSet<>();
    private Optional<LinkClient> client = Optional.empty();
    private Optional<Policy> inForce = Optional.empty();
    private long awaySince;
    private boolean greeted;

    SimulatedController(FleetIdentity identity, FleetJournal journal, SharedLists shared, Meters meters, Clock clock) {
        this.identity = identity;
        this.journal = journal;
        this.shared = shared;
        this.meters = meters;
        this.clock = clock;
    }

    /** One whose journal lies in memory alone. */
    public static SimulatedController of(FleetIdentity identity, SharedLists shared, Meters meters) {
        Clock clock = Clock.systemUTC();
        FleetJournal journal = new FleetJournal(identity.address(), clock, Optional.empty(), meters.acknowledging::add);
        return new SimulatedController(identity, journal, shared, meters, clock);
    }

    public DeviceAddress address() {
        return identity.address();
    }

    FleetJournal journal() {
        return journal;
    }

    /** Gives it lists as if it had fetched them before. */
    public synchronized void holding(List<SignedList> before) {
        before.forEach(list -> lists.put(list.header().kind(), shared.of(list)));
        inForce = Optional.empty();
        policy();
    }

    /** Everything it wrote is acknowledged. */
    public boolean isComplete() {
        return journal.complete();
    }

    /** Switches it on; a journal that is new says so. */
    public synchronized void start(LinkClientOptions options, LinkThreads threads) {
        journal.started();
        if (journal.lastSequence() == 0) {
            note(EventKind.JOURNAL_OPENED, PointId.DEVICE, new JournalOpened(Optional.empty()).encode());
        }
        note(EventKind.DEVICE_STARTED, PointId.DEVICE, new byte[0]);
        awaySince = System.nanoTime();
        client = Optional.of(LinkClient.start(options, identity::tls, device(), threads));
    }

    private LinkDevice device() {
        return new LinkDevice(
                identity.address(), SOFTWARE, identity.policyKey(), identity.commandKey(), journal, this, this, this);
    }

    /** Switches it off in the middle of whatever it does; lists and journal stay. */
    public void kill() {
        Optional<LinkClient> gone;
        synchronized (this) {
            gone = client;
            client = Optional.empty();
            points.clear();
        }
        gone.ifPresent(LinkClient::close);
    }

    synchronized boolean isOn() {
        return client.isPresent();
    }

    public synchronized boolean isGreeted() {
        return greeted;
    }

    /** The access list it goes by now. */
    public synchronized ListVersion version() {
        return held(ListKind.ACCESS).map(list -> list.header().version()).orElse(ListVersion.NONE);
    }

    synchronized Policy policy() {
        if (inForce.isEmpty()) {
            inForce = Optional.of(shared.policy(lists));
        }
        return inForce.orElseThrow();
    }

    /** A card is shown: decide, write down, open. */
    public synchronized Decision tap(int point, CredentialNumber credential) {
        PointId at = new PointId(point);
        PointState state = points.getOrDefault(at, PointState.FRESH);
        Policy now = policy();
        long began = System.nanoTime();
        Decision decision = Engine.decide(
                new Request(
                        at,
                        state,
                        new Presented.Genuine(credential, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, CERTIFICATE),
                        clock.instant(),
                        quality(),
                        0),
                now);
        meters.deciding.add(System.nanoTime() - began);
        points.put(at, state.after(decision));
        write(at, credential, decision);
        return decision;
    }

    private void write(PointId at, CredentialNumber credential, Decision decision) {
        boolean granted = decision instanceof Decision.Grant;
        AccessEvent event = new AccessEvent(
                granted ? Outcome.GRANTED : Outcome.DENIED,
                decision instanceof Decision.Deny deny ? deny.reason() : DenyReason.NONE,
                Optional.of(credential),
                AccessMethod.SEALED,
                CarrierLevel.SEALED_CARD,
                version(),
                decision.rules().toList(),
                Octets.EMPTY);
        note(event.kind(), at, event.encode());
        if (granted) {
            note(EventKind.POINT_OPENED, at, new byte[0]);
            note(EventKind.POINT_CLOSED, at, new byte[0]);
        }
        (granted ? meters.granted : meters.denied).incrementAndGet();
    }

    private void note(EventKind kind, PointId point, byte[] body) {
        journal.append(kind, point, Octets.of(body), quality());
        client.ifPresent(LinkClient::wake);
    }

    private ClockQuality quality() {
        return greeted ? ClockQuality.SYNCHRONISED : ClockQuality.HELD;
    }

    @Override
    public synchronized List<ListState> states() {
        return lists.values().stream()
                .map(list -> new ListState(
                        list.header().kind(),
                        list.header().version(),
                        list.header().root()))
                .toList();
    }

    @Override
    public synchronized Optional<SignedList> held(ListKind kind) {
        return Optional.ofNullable(lists.get(kind));
    }

    /** The access list comes last: with it everything is compiled, and then in force. */
    @Override
    public synchronized void install(SignedList list) {
        SignedList kept = shared.of(list);
        lists.put(kept.header().kind(), kept);
        inForce = Optional.empty();
        if (kept.header().kind() == ListKind.ACCESS) {
            policy();
        }
        meters.listsInstalled.incrementAndGet();
        note(new ListEvent(
                kept.header().kind(),
                Optional.empty(),
                kept.header().version(),
                kept.header().root()));
    }

    private void note(ListEvent event) {
        note(event.kind(), PointId.DEVICE, event.encode());
    }

    @Override
    public synchronized void refused(ListKind kind, ListRefusal reason) {
        meters.listsRefused.incrementAndGet();
        Optional<SignedList> held = held(kind);
        note(new ListEvent(
                kind,
                Optional.of(reason),
                held.map(list -> list.header().version()).orElse(ListVersion.NONE),
                held.map(list -> list.header().root()).orElse(io.zhitong.accessmodel.Hash.ZERO)));
    }

    @Override
    public synchronized boolean claim(CommandOrder order) {
        return claimed.add(order.idempotencyKey());
    }

    @Override
    public synchronized void receive(CommandOrder order, Consumer<CommandAnswer> answers) {
        boolean done = carriedOut(order);
        CommandRefusal refusal = done ? CommandRefusal.NONE : CommandRefusal.NOT_SUPPORTED;
        CommandEvent event = CommandEvent.of(order, refusal);
        note(event.kind(), order.point(), event.encode());
        meters.commands.incrementAndGet();
        answers.accept(
                done ? CommandAnswer.of(order, CommandAnswer.Stage.EXECUTED) : CommandAnswer.refused(order, refusal));
    }

    private boolean carriedOut(CommandOrder order) {
        return switch (order.kind()) {
            case OPEN -> {
                note(EventKind.POINT_OPENED, order.point(), new byte[0]);
                note(EventKind.POINT_CLOSED, order.point(), new byte[0]);
                yield true;
            }
            case LOCK_DOWN -> ordered(order.point(), Optional.of(PointMode.LOCKED));
            case UNLOCK -> ordered(order.point(), Optional.of(PointMode.UNLOCKED));
            case RELEASE -> ordered(order.point(), Optional.empty());
            default -> false;
        };
    }

    private boolean ordered(PointId point, Optional<PointMode> mode) {
        points.put(point, new PointState(mode, 0));
        return true;
    }

    @Override
    public synchronized DeviceStatus status() {
        return new DeviceStatus(
                clock.millis(), quality(), journal.lastSequence(), journal.unsent(), 0, states(), List.of());
    }

    @Override
    public synchronized void connected() {
        greeted = true;
        meters.connected.incrementAndGet();
        meters.connections.incrementAndGet();
        meters.connecting.add(System.nanoTime() - awaySince);
    }

    @Override
    public synchronized void disconnected(CloseReason reason) {
        greeted = false;
        awaySince = System.nanoTime();
        meters.connected.decrementAndGet();
    }

    @Override
    public void time(long backendMillis, long errorMillis) {
        // its clock is the machine's
    }
}
