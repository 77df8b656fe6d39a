package io.zhitong.controller.board;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of text lines to something on the wall (文本行连接); connects anew for as long as it takes. Thread-safe; what has to agree
 * with what was said is kept under this object's monitor.
 */
public final class TextLine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TextLine.class);
    private static final int CONNECT_MILLIS = 2_000;
    private static final long RETRY_MILLIS = 500;
    private static final int MOST_LINE = 64;

    private final InetSocketAddress address;
    private final Talk talk;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private Optional<Socket> connection = Optional.empty();
    private boolean lost;

    /** What is talked about; on the connection's thread. */
    public interface Talk {

        /** What is said first on each connection; under the line's monitor. */
        List<String> greeting();

        /** @param words of a line of at most 64 characters */
        void heard(String... words);

        /** Nobody answers; told once. */
        void lost();

        /** Somebody answers again. */
        void back();
    }

    /** @param name of the thread, and in the log */
    public TextLine(String name, InetSocketAddress address, Talk talk) {
        this.address = address;
        this.talk = talk;
        this.thread = new Thread(this::run, name);
    }

    public void open() {
        thread.start();
    }

    /** Nothing is kept for later where nobody listens. */
    public synchronized void say(String line) {
        connection.ifPresent(socket -> {
            try {
                OutputStream out = socket.getOutputStream();
                out.write((line + '\n').getBytes(StandardCharsets.US_ASCII));
                out.flush();
            } catch (IOException e) {
                close(socket); // the reading side notices and connects anew
            }
        });
    }

    /** Whether somebody listens now. */
    synchronized boolean answers() {
        return connection.isPresent();
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        address.isUnresolved()
                                ? new InetSocketAddress(address.getHostString(), address.getPort())
                                : address,
                        CONNECT_MILLIS);
                socket.setTcpNoDelay(true);
                begin(socket);
                read(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
            } catch (IOException e) {
                LOG.debug("{} {}: {}", thread.getName(), address, e.getMessage());
            }
            gone();
        }
    }

    private void begin(Socket socket) {
        synchronized (this) {
            connection = Optional.of(socket);
            talk.greeting().forEach(this::say);
        }
        if (lost) {
            lost = false;
            talk.back();
        }
    }

    private void read(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.length() <= MOST_LINE) {
                try {
                    talk.heard(line.split(" ", 5));
                } catch (NumberFormatException e) {
                    LOG.warn("{} {}: expected a number, docs/controller.md", thread.getName(), address);
                }
            }
        }
    }

    private void gone() {
        synchronized (this) {
            connection = Optional.empty();
        }
        if (!lost && stopped.getCount() > 0) {
            lost = true;
            LOG.warn("{} {} does not answer", thread.getName(), address);
            talk.lost();
        }
        try {
            if (stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("{} {} is not waited for any more", thread.getName(), address);
            }
        } catch (InterruptedException e) {
            stopped.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a connection that is over does not close", e);
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        synchronized (this) {
            connection.ifPresent(TextLine::close);
        }
    }
}
