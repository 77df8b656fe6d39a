package io.zhitong.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The five programs as processes of their own, started as {@code bin/start} starts them (运行中的演示社区), which a test may
 * stop, kill and start again one by one. The devices have a port base of their own: between them and the backend lie
 * {@link Cable}s.
 */
final class RunningEstate implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    /** Of the devices' own port base above the console's: between the two lie the cables. */
    private static final int DEVICES = 10;

    /** Rows that a test of this run has, though it may not listen yet. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private static final int PORTS = DEVICES + 7;
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("zhitong.root"), "run by Maven"));

    static {
        // Before the first program, where many will start: with its archive of classes each does in half the time.
        if (Boolean.getBoolean("zhitong.archives")) {
            Shell.run(Duration.ofMinutes(10), Map.of(), ROOT, "bin/lib/archives");
        }
    }

    private final Path data;
    private final int port;
    private final String database;
    private final Map<Role, Process> processes = new ConcurrentHashMap<>();
    private final Map<String, String> environment = new ConcurrentHashMap<>();
    private final Cable link;
    private final Cable driver;
    private final Cable enrolment;

    private RunningEstate(Path data, int port, String database) {
        this.data = data;
        this.port = port;
        this.database = database;
        this.link = new Cable(port + DEVICES + 1, port + 1);
        this.enrolment = new Cable(port + DEVICES + 2, port + 2);
        this.driver = new Cable(port + DEVICES + 5, port + 5);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> processes.values().forEach(Process::destroyForcibly)));
    }

    /** The cable by which both devices reach the backend. */
    Cable link() {
        return link;
    }

    /** The cable by which both devices enrol. */
    Cable enrolment() {
        return enrolment;
    }

    /** The cable between both devices and their readers, SAMs and relays. */
    Cable driver() {
        return driver;
    }

    /** Nothing runs yet; ports are free now. Its data are anew in {@code target/estates/NAME} and stay there after the test. */
    static RunningEstate prepared(String name, String database) {
        Path data = Folders.fresh(name);
        if (database.equals("pg")) {
            Folders.databaseProgram(data.resolve("backend"));
        }
        return new RunningEstate(data, freePorts(), database);
    }

    /** Everything runs and is ready. */
    static RunningEstate started(String name, String database) {
        RunningEstate estate = prepared(name, database);
        try {
            estate.start(Role.values());
            return estate;
        } catch (RuntimeException | AssertionError e) {
            estate.close();
            throw e;
        }
    }

    static Path root() {
        return ROOT;
    }

    /** A variable of the environment of programs started from now on. */
    RunningEstate with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts them in order, each when the one before is ready. */
    void start(Role... roles) {
        for (Role role : roles) {
            launch(role);
            awaitReady(role);
        }
    }

    /** Starts without waiting. */
    void launch(Role role) {
        try {
            Path log = Files.createDirectories(data.resolve("logs")).resolve(role.word() + ".log");
            if (Files.exists(log)) {
                Files.writeString(allOf(role), read(log), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            ProcessBuilder program = new ProcessBuilder(
                            ROOT.resolve("bin/lib/program").toString(),
                            role.word(),
                            "--data",
                            data.toString(),
                            "--port",
                            Integer.toString(isDevice(role) ? port + DEVICES : port),
                            "--db",
                            database)
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(log.toFile());
            program.environment().putAll(environment);
            processes.put(role, program.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isDevice(Role role) {
        return role == Role.CONTROLLER || role == Role.POS;
    }

    void awaitReady(Role role) {
        Await.until(role + " ready", START, () -> {
            if (!alive(role)) {
                throw new AssertionError(role + " ended while starting:\n" + log(role));
            }
            return log(role).lines().anyMatch("ready"::equals);
        });
    }

    boolean alive(Role role) {
        Process process = processes.get(role);
        return process != null && process.isAlive();
    }

    long processOf(Role role) {
        return Objects.requireNonNull(processes.get(role), () -> role + " was never started")
                .pid();
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    void kill(Role role) {
        end(role, Process::destroyForcibly);
    }

    /** The process of the embedded database, as it says itself. */
    ProcessHandle database() {
        return ProcessHandle.of(Long.parseLong(read(data.resolve("backend/pg/postmaster.pid"))
                        .lines()
                        .findFirst()
                        .orElse("0")))
                .orElseThrow(() -> new AssertionError("no database runs"));
    }

    /** SIGTERM, as {@code bin/start} stops a program. */
    void stop(Role role) {
        end(role, Process::destroy);
    }

    private void end(Role role, Consumer<Process> signal) {
        Process process = processes.remove(role);
        if (process != null) {
            signal.accept(process);
            await(role, process);
        }
    }

    private static void await(Role role, Process process) {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(role + " did not stop within 20 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What the present process of this role has written. */
    String log(Role role) {
        return read(data.resolve("logs").resolve(role.word() + ".log"));
    }

    private Path allOf(Role role) {
        return data.resolve("logs").resolve(role.word() + "-before.log");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return data;
    }

    /** Free, and no program's of the estate: for the page of an installer. */
    int installerPort() {
        return port + DEVICES + 6;
    }

    String consoleUrl() {
        return "http://localhost:" + port;
    }

    int consolePort() {
        return port;
    }

    int linkPort() {
        return port + 1;
    }

    int enrolPort() {
        return port + 2;
    }

    InetSocketAddress till() {
        return at(port + DEVICES + 4);
    }

    Hands hands() {
        return new Hands(port + 5);
    }

    /** Whether anybody listens there. */
    static boolean listening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(at(port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The first of a row of ports that nobody uses now. */
    static int freePorts() {
        return ThreadLocalRandom.current()
                .ints(200, 1_000, 1_500)
                .map(each -> each * 20)
                .filter(base -> !GIVEN.contains(base)
                        && IntStream.range(base, base + PORTS).allMatch(RunningEstate::free))
                .filter(GIVEN::add)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no free ports in a row between 20000 and 30000"));
    }

    private static boolean free(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        for (Role role : List.of(Role.POS, Role.CONTROLLER, Role.BACKEND, Role.CARDWORLD, Role.VAULT)) {
            stop(role);
        }
        List.of(link, enrolment, driver).forEach(Cable::close);
    }
}
