package io.zhitong.controller.board;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A board that is a program (仿真输入输出板), for the demo bench and for tests: loopback only, protocol in docs/controller.md. It times
 * pulses itself, lets everything fall when it is not fed, and writes every edge to its own log. Thread-safe.
 */
public final class SimulatedBoard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedBoard.class);
    private static final int MOST_IO = 0xFFFF;

    private final ServerSocket server;
    private final PrintStream log;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "board-timers");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Integer, Integer> inputs = new TreeMap<>();
    private final Map<Integer, Boolean> outputs = new TreeMap<>();
    private final Map<Integer, ScheduledFuture<?>> pulses = new TreeMap<>();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    private SimulatedBoard(ServerSocket server, PrintStream log) {
        this.server = server;
        this.log = log;
    }

    /**
     * @param port 0 = any
     * @param log where every edge goes: {@code milliseconds in|out TERMINAL VALUE [why]}
     */
    public static SimulatedBoard open(int port, Path log) throws IOException {
        ServerSocket server = new ServerSocket(port, 8, InetAddress.getLoopbackAddress());
        SimulatedBoard board = new SimulatedBoard(server, new PrintStream(log.toFile(), StandardCharsets.UTF_8));
        Thread thread = new Thread(board::accept, "board-accept");
        thread.setDaemon(true);
        thread.start();
        return board;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Somebody presses, opens, cuts or shorts something. */
    public synchronized void turn(int io, int ohms) {
        inputs.put(io, ohms);
        write("in " + io + ' ' + ohms);
        connections.forEach(connection -> connection.say("is " + io + ' ' + ohms));
    }

    /** Somebody types a PIN at the keypad of a point; the digits are told and not written down. */
    public synchronized void type(int point, String digits) {
        write("keypad " + point);
        connections.forEach(connection -> connection.say("typed " + point + ' ' + digits));
    }

    /** Whether current flows. */
    public synchronized boolean current(int io) {
        return outputs.getOrDefault(io, false);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Connection connection = new Connection(server.accept());
                Thread thread = new Thread(connection::serve, "board-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (SocketException e) {
                LOG.debug("no more connections: {}", e.getMessage());
            } catch (IOException e) {
                LOG.warn("a connection was not taken: {}", e.getMessage());
            }
        }
    }

    private synchronized void set(int io, boolean current, int millis, String why) {
        ScheduledFuture<?> running = pulses.remove(io);
        if (running != null) {
            running.cancel(false);
        }
        if (outputs.getOrDefault(io, false) != current) {
            outputs.put(io, current);
            write("out " + io + ' ' + (current ? 1 : 0) + ' ' + why);
        }
        if (millis > 0) {
            pulses.put(io, timers.schedule(() -> set(io, !current, 0, "timed"), millis, TimeUnit.MILLISECONDS));
        }
    }

    private synchronized void fall() {
        new ArrayList<>(outputs.keySet()).forEach(io -> set(io, false, 0, "fallen"));
    }

    private void write(String line) {
        log.println(System.currentTimeMillis() + " " + line);
        log.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.forEach(Connection::close);
        timers.shutdownNow();
        log.close();
    }

    /** One controller, or somebody at the bench: only who asks to be watched is. */
    private final class Connection {
        private final Socket socket;
        private final PrintStream out;
        private volatile int watchMillis;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.US_ASCII);
        }

        void serve() {
            synchronized (SimulatedBoard.this) {
                connections.add(this);
                inputs.forEach((io, ohms) -> say("is " + io + ' ' + ohms));
            }
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    obey(line.split(" "));
                }
            } catch (IOException | IllegalArgumentException e) {
                LOG.info("a connection ended: {}", e.getMessage());
            } finally {
                connections.remove(this);
                close();
                if (watchMillis > 0) {
                    fall();
                }
            }
        }

        private void obey(String... words) throws SocketException {
            switch (words[0]) {
                case "watch" -> {
                    watchMillis = number(words, 1, 60_000);
                    socket.setSoTimeout(watchMillis);
                }
                case "set" ->
                    set(
                            number(words, 1, MOST_IO),
                            number(words, 2, 1) == 1,
                            words.length > 3 ? number(words, 3, 86_400_000) : 0,
                            "set");
                case "turn" -> turn(number(words, 1, MOST_IO), number(words, 2, Integer.MAX_VALUE));
                case "type" -> type(number(words, 1, MOST_IO), words.length == 3 ? words[2] : "");
                case "feed" -> {
                    // hearing anything at all is what keeps the outputs
                }
                default -> throw new IllegalArgumentException("expected watch, set, turn, type or feed");
            }
        }

        private int number(String[] words, int at, int most) {
            int value = at < words.length ? Integer.parseInt(words[at]) : -1;
            if (value < 0 || value > most) {
                throw new IllegalArgumentException("expected a number from 0 to " + most);
            }
            return value;
        }

        private void say(String line) {
            out.print(line + '\n');
            out.flush();
        }

        private void close() {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("a connection that is over does not close", e);
            }
        }
    }
}
