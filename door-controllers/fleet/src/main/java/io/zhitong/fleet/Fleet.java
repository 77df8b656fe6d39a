package io.zhitong.fleet;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.link.LinkClientOptions;
import io.zhitong.link.LinkThreads;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** Many simulated controllers and the people who tap at them (模拟设备群). One caller. */
final class Fleet implements AutoCloseable {

    private static final double HOURS = 24;
    private static final Duration LISTS = Duration.ofSeconds(10);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final double NANOS = 1e9;

    private final FleetOptions options;
    private final Consumer<String> progress;
    private final Meters meters = new Meters();
    private final TapLog log = new TapLog();
    private final LinkThreads threads = LinkThreads.shared(2, 4);
    private final Optional<FaultProxy> proxy;
    private final LinkClientOptions link;
    private final List<SimulatedController> controllers;
    private final Troubles troubles;
    private long missed;
    private long wrong;
    private long toldSecond = -1;

    /**
     * Makes the controllers; none is on yet.
     *
     * @param files where a controller's journal lies, if not in memory alone
     * @param progress is told a line each second
     */
    Fleet(
            List<FleetIdentity> identities,
            InetSocketAddress backend,
            FleetOptions options,
            Function<DeviceAddress, Optional<JournalFile>> files,
            Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        SharedLists shared = new SharedLists();
        controllers = identities.stream()
                .map(each -> controller(each, shared, files.apply(each.address())))
                .toList();
        boolean spoilt = options.faults().stream().anyMatch(fault -> fault != Fault.KILL);
        proxy = spoilt ? Optional.of(new FaultProxy(backend)) : Optional.empty();
        link = options.link(proxy.map(FaultProxy::address).orElse(backend));
        troubles = new Troubles(options.faults(), options.seed(), proxy, controllers);
    }

    private SimulatedController controller(FleetIdentity identity, SharedLists shared, Optional<JournalFile> file) {
        FleetJournal journal = new FleetJournal(identity.address(), Clock.systemUTC(), file, meters.acknowledging::add);
        return new SimulatedController(identity, journal, shared, meters, Clock.systemUTC());
    }

    List<SimulatedController> controllers() {
        return controllers;
    }

    Troubles troubles() {
        return troubles;
    }

    /** Something the log has and nobody did, for those who test the judge. */
    void plant(Passage never) {
        log.note(never);
    }

    Meters meters() {
        return meters;
    }

    /**
     * Switches all on, lets the people live a day, and waits for the last acknowledgement.
     *
     * @param judge the backend, where it runs in this process: its store is held against the log of taps, and everybody who is on
     *     its lists must be let in
     */
    FleetReport run(int credentials, Optional<FleetBackend> judge) {
        long began = System.nanoTime();
        connect();
        return lived(began, credentials, judge);
    }

    /** As {@link #run}, with controllers that are on already. */
    FleetReport again(int credentials, Optional<FleetBackend> judge) {
        return lived(System.nanoTime(), credentials, judge);
    }

    private FleetReport lived(long began, int credentials, Optional<FleetBackend> judge) {
        List<CredentialNumber> people = people(credentials);
        Set<CredentialNumber> known = Set.copyOf(people);
        play(
                Story.of(options.seed(), controllers.size(), people, options.taps()),
                tap -> judge.isEmpty() || known.contains(tap.credential()));
        settle();
        TapLog.Verdict verdict =
                judge.map(store -> log.against(store.passages())).orElse(new TapLog.Verdict(0, 0));
        return new FleetReport(
                controllers.size(),
                people.size(),
                options.seed(),
                (System.nanoTime() - began) / NANOS,
                meters,
                log.count(),
                missed,
                controllers.stream()
                        .mapToLong(each -> each.journal().lastSequence())
                        .sum(),
                unacknowledged(),
                controllers.stream().filter(each -> !each.isGreeted()).count(),
                troubles.strikes(),
                judge.isPresent() ? wrong : 0,
                verdict.lost(),
                verdict.doubled(),
                judge.isPresent());
    }

    /** Switches all on and waits until all are greeted and hold an access list, where the backend has one for them. */
    void connect() {
        controllers.forEach(each -> each.start(link, threads));
        await(options.patience(), () -> controllers.stream().allMatch(SimulatedController::isGreeted));
        await(
                LISTS.compareTo(options.patience()) < 0 ? LISTS : options.patience(),
                () -> controllers.stream().noneMatch(each -> each.version().equals(ListVersion.NONE)));
    }

    /** Those who are on the first controller's access list, in the order of the list. */
    private List<CredentialNumber> people(int most) {
        return controllers.stream()
                .flatMap(each -> each.held(ListKind.ACCESS).stream())
                .findFirst()
                .map(SignedList::tree)
                .map(list -> list.records().stream()
                        .limit(most)
                        .map(record ->
                                new CredentialNumber(ByteBuffer.wrap(record).getLong()))
                        .toList())
                .orElse(List.of());
    }

    private void play(List<Tap> story, Function<Tap, Boolean> expected) {
        long began = System.nanoTime();
        for (Tap tap : story) {
            long due = began + (long) (tap.hour() / HOURS * options.length().toNanos());
            waitUntil(began, due);
            tap(tap, expected.apply(tap));
        }
        waitUntil(began, began + options.length().toNanos());
    }

    private void waitUntil(long began, long due) {
        do {
            second(began);
            LockSupport.parkNanos(Math.min(LOOK_NANOS, due - System.nanoTime()));
        } while (System.nanoTime() < due);
    }

    private void second(long began) {
        long second = (System.nanoTime() - began) / TimeUnit.SECONDS.toNanos(1);
        if (second > toldSecond) {
            toldSecond = second;
            switchOn();
            if (second > 0) {
                troubles.strike(second);
            }
            tell(second);
        }
    }

    /** Those whose power failed in the second before. */
    void switchOn() {
        controllers.stream().filter(each -> !each.isOn()).forEach(each -> each.start(link, threads));
    }

    private void tell(long second) {
        progress.accept(String.format(
                "%4d s  connected %d/%d  taps %d (granted %d, denied %d)  unacknowledged %d",
                second,
                meters.connected.get(),
                controllers.size(),
                log.count(),
                meters.granted.get(),
                meters.denied.get(),
                unacknowledged()));
    }

    private void tap(Tap tap, boolean expected) {
        SimulatedController door = controllers.get(tap.controller());
        if (!door.isOn()) {
            missed++;
            return;
        }
        boolean granted = door.tap(tap.point(), tap.credential()) instanceof Decision.Grant;
        log.note(new Passage(
                door.address().device().value(), tap.point(), tap.credential().value(), granted));
        wrong += granted == expected ? 0 : 1;
    }

    private void settle() {
        switchOn();
        await(
                options.patience(),
                () -> controllers.stream()
                        .allMatch(each -> each.isGreeted() && each.journal().complete()));
    }

    private long unacknowledged() {
        return controllers.stream().mapToLong(each -> each.journal().unsent()).sum();
    }

    private static boolean await(Duration most, BooleanSupplier condition) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    @Override
    public void close() {
        controllers.forEach(SimulatedController::kill);
        proxy.ifPresent(FaultProxy::close);
        threads.close();
    }
}
