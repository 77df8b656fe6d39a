package io.zhitong.controller.lift;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A destination dispatcher that is a program (仿真群控), for the demo bench and for tests: loopback only, protocol in docs/lifts.md. It has
 * two cars, knows of each landing which floors may be chosen there, and writes what it does to its own log. Thread-safe.
 */
public final class SimulatedDispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedDispatcher.class);
    private static final int FLOORS = 512;
    private static final int MOST_FLOOR = 255;
    private static final int MOST_MILLIS = 3_600_000;
    private static final int HEX_DIGITS = FLOORS / 4;
    private static final List<String> CARS = List.of("A", "B");

    private final ServerSocket server;
    private final PrintStream log;
    private final LongSupplier clock;
    private final Map<Integer, Map<Integer, Long>> permitted = new HashMap<>();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private int trips;
    private final Set<Integer> free = new TreeSet<>();
    private boolean recalled;

    private SimulatedDispatcher(ServerSocket server, PrintStream log, LongSupplier clock) {
        this.server = server;
        this.log = log;
        this.clock = clock;
    }

    /**
     * @param port 0 = any
     * @param log where every trip and refusal goes, one line each
     * @param clock milliseconds by which permissions end
     */
    public static SimulatedDispatcher open(int port, Path log, LongSupplier clock) throws IOException {
        ServerSocket server = new ServerSocket(port, 8, InetAddress.getLoopbackAddress());
        SimulatedDispatcher opened =
                new SimulatedDispatcher(server, new PrintStream(log.toFile(), StandardCharsets.UTF_8), clock);
        Thread thread = new Thread(opened::accept, "dispatcher-accept");
        thread.setDaemon(true);
        thread.start();
        return opened;
    }

    public int port() {
        return server.getLocalPort();
    }

    /**
     * Somebody at a landing chooses a floor; index, of the rear door 256 more.
     *
     * @return whether a car goes there
     */
    public synchronized boolean choose(int landing, int floor) {
        long end = permitted.getOrDefault(landing, Map.of()).getOrDefault(floor, Long.MIN_VALUE);
        boolean goes = !recalled && (free.contains(landing) || end > clock.getAsLong());
        if (goes) {
            trip("chosen", landing, floor);
        } else {
            write("refused " + landing + ' ' + floor);
        }
        return goes;
    }

    private String trip(String why, int from, int to) {
        String car = CARS.get(trips++ % CARS.size());
        write(why + ' ' + from + ' ' + to + " car " + car);
        return car;
    }

    private synchronized void obey(Connection who, String... words) throws IOException {
        if (recalled && List.of("permit", "ride", "call").contains(words[0])) {
            write("refused " + words[0]);
            return;
        }
        switch (words[0]) {
            case "watch" -> who.watch(number(words, 1, 60_000));
            case "alive" -> {
                // hearing anything at all is what keeps permissions
            }
            case "permit" -> permit(number(words, 1, MOST_FLOOR), number(words, 2, MOST_MILLIS), words);
            case "ride" -> {
                int from = number(words, 1, MOST_FLOOR);
                int to = number(words, 2, FLOORS - 1);
                who.say("car " + trip("ride", from, to) + ' ' + from + ' ' + to);
            }
            case "call" -> write("call " + number(words, 1, MOST_FLOOR));
            case "withdraw" -> withdraw(number(words, 1, MOST_FLOOR));
            case "free" -> freed(number(words, 1, MOST_FLOOR), number(words, 2, 1) == 1);
            case "recall" -> recall(true, "recall " + number(words, 1, MOST_FLOOR));
            case "resume" -> recall(false, "resume");
            default -> throw new IllegalArgumentException("expected a line of docs/lifts.md");
        }
    }

    private void permit(int landing, int millis, String... words) {
        if (words.length != 4 || words[3].length() != HEX_DIGITS) {
            throw new IllegalArgumentException("expected " + HEX_DIGITS + " hex digits of floors");
        }
        BigInteger front = new BigInteger(words[3].substring(0, HEX_DIGITS / 2), 16);
        BigInteger rear = new BigInteger(words[3].substring(HEX_DIGITS / 2), 16);
        List<Integer> floors = new ArrayList<>();
        for (int floor = 0; floor < FLOORS; floor++) {
            if (floor < FLOORS / 2 ? front.testBit(floor) : rear.testBit(floor - FLOORS / 2)) {
                floors.add(floor);
            }
        }
        Map<Integer, Long> here = permitted.computeIfAbsent(landing, none -> new HashMap<>());
        floors.forEach(floor -> here.put(floor, clock.getAsLong() + millis));
        write("permit " + landing + ' ' + millis + ' ' + (floors.size() == FLOORS ? "all" : floors));
    }

    private void withdraw(int landing) {
        permitted.remove(landing);
        write("withdraw " + landing);
    }

    private void freed(int landing, boolean on) {
        permitted.remove(landing);
        if (on ? free.add(landing) : free.remove(landing)) {
            write("free " + landing + ' ' + on);
        }
    }

    private void recall(boolean on, String words) {
        if (recalled != on) {
            permitted.clear();
            free.clear();
            recalled = on;
            write(words);
        }
    }

    /** A line that ended permits nothing any longer; a recall stays. */
    private synchronized void forget() {
        permitted.clear();
        free.clear();
        write("forgotten");
    }

    private static int number(String[] words, int at, int most) {
        int value = at < words.length ? Integer.parseInt(words[at]) : -1;
        if (value < 0 || value > most) {
            throw new IllegalArgumentException("expected a number from 0 to " + most);
        }
        return value;
    }

    private void write(String line) {
        log.println(line);
        log.flush();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Connection connection = new Connection(server.accept());
                connections.add(connection);
                Thread thread = new Thread(connection::serve, "dispatcher-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (SocketException e) {
                LOG.debug("no more connections: {}", e.getMessage());
            } catch (IOException e) {
                LOG.warn("a connection was not taken: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.forEach(Connection::close);
        log.close();
    }

    /** Ends every connection, as a network does that fails. */
    void hangUp() {
        connections.forEach(Connection::close);
    }

    /** One controller's line. */
    private final class Connection {
        private final Socket socket;
        private final PrintStream out;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.US_ASCII);
        }

        void serve() {
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    obey(this, line.split(" "));
                }
            } catch (IOException | IllegalArgumentException e) {
                LOG.info("a connection ended: {}", e.getMessage());
            } finally {
                connections.remove(this);
                close();
                forget();
            }
        }

        void watch(int millis) throws SocketException {
            socket.setSoTimeout(millis);
        }

        void say(String line) {
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
