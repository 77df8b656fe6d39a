package io.zhitong.controller;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PictureTaken;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PresenceRecord;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.accessmodel.UseRecord;
import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardreaders.TcpReader;
import io.zhitong.controller.board.Board;
import io.zhitong.controller.board.GpioSection;
import io.zhitong.controller.camera.Cameras;
import io.zhitong.edge.Device;
import io.zhitong.edge.DeviceConfig;
import io.zhitong.edge.DeviceProgram;
import io.zhitong.edge.installer.Workbench;
import io.zhitong.smcrypto.RandomSource;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running controller (门禁控制器): one loop for all doors, a thread for each reader's line, and the link's own for commands. Decides by
 * the lists it holds, whether the backend is there or not.
 */
final class Controller implements DeviceProgram.Running {

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final long STOP_MILLIS = 5_000;

    private final Device device;
    private final ControllerSection section;
    private final InetSocketAddress driver;
    private final AtomicReference<DoorPolicy> policy;
    private final CardWorldClient building;
    private final Dispatched lifts;
    private final Optional<WatchdogFile> machine;
    private final Commissioning commissioning;
    private final DoorTeller teller;
    private final UseCounts uses;
    private final Cameras cameras;
    private final Site site;
    private final List<SamSlot> sams = new ArrayList<>();
    private final List<ReaderLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Controller(
            Device device, ControllerSection section, BoardSection wired, Function<Board.Listener, Board> opener) {
        this.device = device;
        this.section = section;
        this.driver = section.driverAddress();
        this.policy = new AtomicReference<>(DoorPolicy.of(device.lists().all()));
        this.building = new CardWorldClient(driver);
        this.machine = wired.watchdog().isBlank()
                ? Optional.empty()
                : Optional.of(new WatchdogFile(device.config().path(wired.watchdog())));
        PointMemory memory = PointMemory.in(device.state());
        this.uses = new UseCounts(memory);
        this.commissioning = new Commissioning(policy::get, this::releaseOnce, section.doors());
        this.teller = new DoorTeller(
                device.config().optionalSection("words", WordsSection.class).orElse(WordsSection.CHINESE),
                new DeviceClock(device.clock()));
        this.lifts = new Dispatched(
                new CardWorldRelay(building, device.address().device()),
                device.config()
                        .optionalSection("lifts", LiftSection[].class)
                        .map(List::of)
                        .orElse(List.of()),
                device.health(),
                teller::car);
        this.cameras = Cameras.of(device, this::pictured);
        this.site = new Site(new Site.Parts(
                policy::get,
                records(),
                lifts,
                new DeviceClock(device.clock()),
                uses,
                memory,
                device.lastWord()::silenceSeconds,
                device.health(),
                listener -> opener.apply(commissioning.heard(listener)),
                () -> machine.ifPresent(WatchdogFile::feed),
                teller));
    }

    /** Opens everything and begins to watch the readers. */
    static Controller start(Device device) {
        ControllerSection section = device.config().section("controller", ControllerSection.class);
        BoardSection wired =
                device.config().optionalSection("board", BoardSection.class).orElse(BoardSection.NONE);
        Controller controller = new Controller(device, section, wired, opener(device.config(), wired));
        controller.open();
        return controller;
    }

    private static Function<Board.Listener, Board> opener(DeviceConfig config, BoardSection wired) {
        return config.optionalSection("gpio", GpioSection.class)
                .<Function<Board.Listener, Board>>map(pins -> listener -> wired.open(pins, listener))
                .orElse(wired::open);
    }

    private void open() {
        DoorKeys sam = sam();
        for (DoorSetup setup : section.doors()) {
            open(setup, sam);
        }
        DoorCommands commands = site.commands();
        for (CommandKind kind : DoorCommands.KINDS) {
            device.onCommand(kind, (order, answers) -> site.loop().post(() -> commands.carryOut(order, answers)));
        }
        device.lists().onInstalled(this::installed);
        device.lists().held(ListKind.PRESENCE).ifPresent(this::told);
        device.lists().held(ListKind.USES).ifPresent(this::counted);
        policy.set(DoorPolicy.of(device.lists().all()));
        site.start();
        threads.forEach(Thread::start);
        LOG.info("{} doors, {} readers", site.doors().all().size(), threads.size());
    }

    @Override
    public Workbench workbench() {
        return commissioning;
    }

    private void releaseOnce(PointId point) {
        site.loop().post(() -> site.doors().at(point).ifPresent(DoorPoint::openOnce));
    }

    /** Where people are is no rule: the index of a large access list is not made anew for it. */
    private void installed(SignedList list) {
        if (list.header().kind() == ListKind.PRESENCE) {
            told(list);
        } else if (list.header().kind() == ListKind.USES) {
            counted(list);
        } else {
            policy.updateAndGet(before -> before.next(device.lists().all()));
            site.listsChanged();
        }
    }

    private void told(SignedList list) {
        site.told(list.records(PresenceRecord.class));
    }

    private void counted(SignedList list) {
        uses.told(device.address().device(), list.records(UseRecord.class));
    }

    private DoorRecords records() {
        return new DeviceRecords(device.journal(), device.health(), cameras::noted);
    }

    private void pictured(PointId point, PictureTaken picture) {
        records().write(EventKind.PICTURE_TAKEN, point, Octets.of(picture.encode()));
    }

    private DoorKeys sam() {
        return section.samReader()
                .<DoorKeys>map(name -> {
                    SamSlot slot = new SamSlot(new TcpReader(driver, name), device.health());
                    sams.add(slot);
                    return slot;
                })
                .orElseGet(SamSlot::none);
    }

    private void open(DoorSetup setup, DoorKeys sam) {
        Taps door = commissioning.seen(site.add(setup));
        Identifier identifier =
                new Identifier(device.address().device(), setup.point(), setup.method(), sam, RandomSource.secure());
        TcpReader reader = new TcpReader(driver, setup.reader());
        teller.at(setup.point(), reader);
        ReaderLoop loop =
                new ReaderLoop(reader, identifier, door, records(), policy::get, new DeviceClock(device.clock()));
        loops.add(loop);
        threads.add(new Thread(loop, "reader-" + setup.reader()));
    }

    @Override
    public void close() {
        loops.forEach(ReaderLoop::stop);
        threads.forEach(Controller::join);
        site.close();
        teller.close();
        cameras.close();
        sams.forEach(SamSlot::close);
        machine.ifPresent(WatchdogFile::close);
        lifts.close();
        building.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
