package io.zhitong.controller;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardreaders.TcpReader;
import io.zhitong.edge.Device;
import io.zhitong.edge.DeviceProgram;
import io.zhitong.smcrypto.RandomSource;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running controller (门禁控制器): one thread per reader, one for what falls due, and the link's own for commands. Decides by the
 * lists it holds, whether the backend is there or not.
 */
final class Controller implements DeviceProgram.Running {

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final long TICK_MILLIS = 100;
    private static final long STOP_MILLIS = 5_000;

    private final Device device;
    private final ControllerSection section;
    private final InetSocketAddress driver;
    private final AtomicReference<DoorPolicy> policy;
    private final CardWorldClient building;
    private final List<SamSlot> sams = new ArrayList<>();
    private final List<DoorPoint> doors = new ArrayList<>();
    private final List<ReaderLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ScheduledExecutorService clockwork =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "doors-due"));

    private Controller(Device device, ControllerSection section) {
        this.device = device;
        this.section = section;
        this.driver = section.driverAddress();
        this.policy = new AtomicReference<>(DoorPolicy.of(device.lists().all()));
        this.building = new CardWorldClient(driver);
    }

    /** Opens everything and begins to watch the readers. */
    static Controller start(Device device) {
        ControllerSection section = device.config().section("controller", ControllerSection.class);
        Controller controller = new Controller(device, section);
        controller.open();
        return controller;
    }

    private void open() {
        WarmUp.run();
        ModeFile modes = new ModeFile(device.config().data().resolve("modes"));
        UseCounts uses = new UseCounts();
        uses.recover(device.journal());
        DoorKeys sam = sam();
        DeviceClock clock = new DeviceClock(device.clock());
        for (DoorSetup setup : section.doors()) {
            open(setup, sam, clock, uses);
        }
        doors.forEach(door -> door.command(modes.of(door.id())));
        DoorCommands commands = new DoorCommands(doors, modes);
        for (CommandKind kind :
                List.of(CommandKind.OPEN, CommandKind.LOCK_DOWN, CommandKind.UNLOCK, CommandKind.RELEASE)) {
            device.onCommand(kind, commands::carryOut);
        }
        device.lists().onInstalled(list -> listsChanged());
        listsChanged();
        threads.forEach(Thread::start);
        clockwork.scheduleWithFixedDelay(this::timePassed, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
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

    private void open(DoorSetup setup, DoorKeys sam, DoorClock clock, UseCounts uses) {
        DoorRecords records = new DeviceRecords(device.journal(), device.health());
        Relay relay = new CardWorldRelay(building, device.address().device());
        DoorPoint door = new DoorPoint(setup, policy::get, records, relay, clock, uses);
        Identifier identifier =
                new Identifier(device.address().device(), setup.point(), setup.method(), sam, RandomSource.secure());
        ReaderLoop loop =
                new ReaderLoop(new TcpReader(driver, setup.reader()), identifier, door, records, policy::get, clock);
        doors.add(door);
        loops.add(loop);
        threads.add(new Thread(loop, "reader-" + setup.reader()));
    }

    private void listsChanged() {
        policy.set(DoorPolicy.of(device.lists().all()));
        doors.forEach(DoorPoint::listsChanged);
    }

    /** A fault of one door must not stop the clockwork of the others. */
    private void timePassed() {
        try {
            doors.forEach(DoorPoint::timePassed);
        } catch (RuntimeException e) {
            LOG.error("what fell due at the doors was not done", e);
        }
    }

    @Override
    public void close() {
        loops.forEach(ReaderLoop::stop);
        clockwork.shutdownNow();
        threads.forEach(Controller::join);
        sams.forEach(SamSlot::close);
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
