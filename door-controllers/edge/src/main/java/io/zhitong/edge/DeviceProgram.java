package io.zhitong.edge;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.edge.installer.Workbench;
import io.zhitong.link.ImageSink;
import io.zhitong.link.LinkClientOptions;
import io.zhitong.machinetls.MachineIdentity;
import io.zhitong.machinetls.MachineRole;
import io.zhitong.machinetls.MachineTlsException;
import io.zhitong.machinetls.Pem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frame of every device program (设备程序框架): {@code --config FILE}, {@code --help}, {@code --version}; enrols, opens
 * journal and lists, starts the program's own part, prints {@code ready}, connects; on SIGTERM stops in the opposite order
 * with nothing lost. Exit code 0 after a clean stop, 1 after a fault, 2 on wrong usage.
 */
public final class DeviceProgram {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceProgram.class);
    private static final long STOP_SECONDS = 15;

    /** What a program adds to the frame. */
    @FunctionalInterface
    public interface Part {

        /**
         * Starts readers, doors, tills; registers command actions. The link is not up yet and may never be.
         *
         * @return stops it all again; called before journal and link close
         */
        Running start(Device device);
    }

    /** A program's part between its start and its stop (运行中的程序部分). */
    @FunctionalInterface
    public interface Running extends AutoCloseable {

        /** Stops it; what it throws is logged and keeps nothing else from stopping. */
        @Override
        void close();

        /** What an installer may see and do here. */
        default Workbench workbench() {
            return Workbench.none();
        }
    }

    private final String name;
    private final MachineRole role;
    private final Part part;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final PrintStream out;
    private final Optional<Launcher> launcher;

    DeviceProgram(String name, MachineRole role, Part part, PrintStream out) {
        this(name, role, part, out, Launcher.of(System.getenv()));
    }

    DeviceProgram(String name, MachineRole role, Part part, PrintStream out, Optional<Launcher> launcher) {
        this.launcher = launcher;
        this.name = name;
        this.role = role;
        this.part = part;
        this.out = out;
    }

    /** The whole life of a program; call it from {@code main} and nothing else. */
    public static void main(String name, MachineRole role, Part part, String... args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        DeviceProgram program = new DeviceProgram(name, role, part, out);
        Runtime.getRuntime().addShutdownHook(new Thread(program::stopAndWait, "stop"));
        int code = program.run(args);
        // halt and not exit: the hook above may be running already and waits for us.
        if (code != 0 || program.stop.getCount() > 0) {
            System.out.flush();
            Runtime.getRuntime().halt(code);
        }
    }

    /** Runs until told to stop; the exit code. */
    int run(String... args) {
        Optional<Integer> answered = usage(args);
        if (answered.isPresent()) {
            return answered.get();
        }
        try {
            DeviceConfig config = DeviceConfig.load(Path.of(args[1]));
            if (args.length == 4) {
                return update(config, Path.of(args[3]));
            }
            live(config);
            return 0;
        } catch (EdgeException | MachineTlsException e) {
            LOG.error("{} ends", name, e);
            out.println(name + ": " + e.getMessage());
            return 1;
        } finally {
            stopped.countDown();
        }
    }

    private Optional<Integer> usage(String... args) {
        if (args.length == 1 && args[0].equals("--help")) {
            out.println("usage: " + name + " --config FILE [--update BUNDLE] | --help | --version");
            return Optional.of(0);
        }
        if (args.length == 1 && args[0].equals("--version")) {
            out.println(software());
            return Optional.of(0);
        }
        boolean known = args.length == 2 || args.length == 4 && args[2].equals("--update");
        if (!known || !args[0].equals("--config")) {
            out.println(name + ": expected --config FILE; see --help");
            return Optional.of(2);
        }
        return Optional.empty();
    }

    /** Puts a signed bundle into the launcher's other slot; the program in the first one goes on meanwhile. */
    private int update(DeviceConfig config, Path bundle) {
        try {
            Optional<Enrolled> enrolled = Enrolled.load(config.profile(), config.data());
            if (launcher.isEmpty() || enrolled.isEmpty()) {
                out.println(name + ": expected an enrolled device and its launcher's slots in " + Launcher.SLOTS);
                return 1;
            }
            Path manifest = bundle.resolveSibling(bundle.getFileName() + ".manifest");
            out.println(launcher.get().install(enrolled.get(), manifest, bundle) + " waits for its trial");
            return 0;
        } catch (UpdateRefusedException e) {
            out.println(name + ": update refused 拒绝升级 " + e.reason().chinese() + ": " + e.getMessage());
            return 1;
        }
    }

    private String software() {
        return name + " "
                + launcher.flatMap(any -> Launcher.software(Path.of("")))
                        .or(() -> Optional.ofNullable(
                                DeviceProgram.class.getPackage().getImplementationVersion()))
                        .orElse("development");
    }

    private void live(DeviceConfig config) {
        try (DataFolder folder = DataFolder.lock(config.data());
                ProgramDesk desk = ProgramDesk.open(config, software())) {
            LOG.info("starting {} data={}", software(), folder);
            X509Certificate authority = authority(config);
            Enroller enroller = new Enroller(config, role, software(), stop);
            Optional<Enrolled> enrolled = enroller.enrolled(authority);
            if (enrolled.isPresent()) {
                work(config, enrolled.get(), authority, enroller, desk);
            }
        }
    }

    private void work(
            DeviceConfig config, Enrolled enrolled, X509Certificate authority, Enroller enroller, ProgramDesk desk) {
        EdgeClock clock = new EdgeClock(new SteadyClock(Clock.systemUTC(), System::nanoTime));
        DeviceCertificate certificate = new DeviceCertificate(
                Enrolled.next(config.profile(), config.data()), enrolled.identity(), authority, clock);
        try (Device device = new Device(config, enrolled, certificate, clock, JournalLimits.DEFAULT)) {
            byte[] version = software().getBytes(StandardCharsets.UTF_8);
            device.journal().appendOrCount(EventKind.DEVICE_STARTED, PointId.DEVICE, version);
            launcher.flatMap(each -> each.rolledBack(
                            Launcher.software(Path.of("")).orElse("").split(" ", 2)[0]))
                    .ifPresent(text -> device.health().broken("update", text));
            ImageSink images = updates(device, enrolled);
            Running running = part.start(device);
            desk.came(device, running.workbench());
            try (Uplink uplink = new Uplink(
                    LinkClientOptions.to(config.link()),
                    certificate,
                    enrolled,
                    software(),
                    device,
                    device.commands(),
                    images,
                    () -> launcher.ifPresent(Launcher::healthy))) {
                out.println("ready");
                LOG.info("ready device={} connected={}", device.address(), uplink.isConnected());
                tend(config, certificate, () -> enroller.renewed(authority, certificate.identity()));
                desk.went();
                close(running);
                device.journal().appendOrCount(EventKind.DEVICE_STOPPED, PointId.DEVICE, version);
            }
        }
        LOG.info("stopped");
    }

    /** Only what a launcher started can be updated from afar. */
    private ImageSink updates(Device device, Enrolled enrolled) {
        Optional<UpdateSlots> slots = launcher.flatMap(each -> each.slots(enrolled));
        if (slots.isEmpty()) {
            return ImageSink.none();
        }
        Updates updates = new Updates(device.config().data(), slots.get(), device.health(), work -> {
            Thread thread = new Thread(work, "update");
            thread.setDaemon(true);
            thread.start();
        });
        device.onCommand(CommandKind.UPDATE, updates);
        return updates;
    }

    /** The edge to foreign code: a part that cannot stop must not keep journal and link from closing. */
    private static void close(Running running) {
        try {
            running.close();
        } catch (RuntimeException e) {
            LOG.error("the program's part did not stop cleanly", e);
        }
    }

    private static X509Certificate authority(DeviceConfig config) {
        try {
            return Pem.certificates(Files.readString(config.authority())).get(0);
        } catch (IOException e) {
            throw new EdgeException(
                    EdgeFault.CONFIG, "expected the machine authority's certificate at " + config.authority(), e);
        }
    }

    /** Asks the program to stop; {@link #run} returns soon after. */
    void stop() {
        stop.countDown();
    }

    private void stopAndWait() {
        stop();
        try {
            boolean clean = stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
            if (!clean) {
                LOG.error("not stopped within {} s", STOP_SECONDS);
            }
            // A JVM ended by a signal answers 128 + its number; a clean stop is 0.
            Runtime.getRuntime().halt(clean ? 0 : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until told to stop; meanwhile a certificate that is over is replaced as soon as somebody brings a token. */
    private void tend(DeviceConfig config, DeviceCertificate certificate, Supplier<Optional<MachineIdentity>> renewed) {
        boolean told = false;
        try {
            while (!stop.await(config.enrolmentPause().toMillis(), TimeUnit.MILLISECONDS)) {
                if (certificate.expired()) {
                    if (!told) {
                        LOG.error(
                                "certificate over since {}: put a fresh token into {}",
                                certificate.expires(),
                                config.tokenFile());
                    }
                    told = true;
                    renewed.get().ifPresent(certificate::use);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
