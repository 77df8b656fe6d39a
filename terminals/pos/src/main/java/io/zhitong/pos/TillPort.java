package io.zhitong.pos;

import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cashier line (收银机接口): a cashier system on this machine sends {@code sale FEN}, one line answers. Loopback only, at
 * most {@value #MOST_CLIENTS} clients, lines of at most {@value #LONGEST} bytes. Protocol: docs/pos.md.
 */
final class TillPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TillPort.class);
    private static final int MOST_CLIENTS = 8;
    private static final int LONGEST = 128;

    private final ServerSocket server;
    private final Function<String, String> commands;
    private final Semaphore places = new Semaphore(MOST_CLIENTS);
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    private TillPort(ServerSocket server, Function<String, String> commands) {
        this.server = server;
        this.commands = commands;
    }

    /**
     * Listens.
     *
     * @param port 0 for any free one
     * @param commands a line in, a line out; called by one thread a client
     * @throws EdgeException CONFIG: the port is taken
     */
    static TillPort open(int port, Function<String, String> commands) {
        try {
            ServerSocket server = new ServerSocket(port, MOST_CLIENTS, InetAddress.getLoopbackAddress());
            TillPort opened = new TillPort(server, commands);
            start(opened::accept, "till-port");
            return opened;
        } catch (IOException e) {
            throw new EdgeException(
                    EdgeFault.CONFIG, "the cashier port " + port + " is taken: choose another tillPort", e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (places.tryAcquire()) {
                    start(() -> serve(client), "till-client");
                } else {
                    client.close();
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.warn("a cashier could not connect: {}", e.getMessage());
                }
            }
        }
    }

    private void serve(Socket client) {
        clients.add(client);
        try (client) {
            InputStream in = client.getInputStream();
            BufferedWriter out =
                    new BufferedWriter(new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8));
            Optional<String> line = readLine(in);
            while (line.isPresent()) {
                out.write(commands.apply(line.get()) + "\n");
                out.flush();
                line = readLine(in);
            }
        } catch (IOException e) {
            LOG.debug("a cashier went away: {}", e.getMessage());
        } finally {
            clients.remove(client);
            places.release();
        }
    }

    /** Empty at the end of the stream, or at a line that is too long: the connection is closed then. */
    private static Optional<String> readLine(InputStream in) throws IOException {
        byte[] line = new byte[LONGEST];
        int length = 0;
        for (int next = in.read(); next >= 0 && length < LONGEST; next = in.read()) {
            if (next == '\n') {
                return Optional.of(new String(line, 0, length, StandardCharsets.UTF_8).strip());
            }
            line[length++] = (byte) next;
        }
        return Optional.empty();
    }

    void stopListening() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("the cashier port did not close cleanly: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        stopListening();
        try {
            for (Socket client : clients) {
                client.shutdownInput();
            }
        } catch (IOException e) {
            LOG.debug("the cashier port did not close cleanly: {}", e.getMessage());
        }
    }
}
