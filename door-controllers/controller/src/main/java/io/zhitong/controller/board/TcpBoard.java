package io.zhitong.controller.board;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A board behind a TCP line (TCP 输入输出板), protocol in docs/controller.md. Connects anew for as long as it takes. */
public final class TcpBoard implements Board {

    private static final Logger LOG = LoggerFactory.getLogger(TcpBoard.class);
    private static final int CONNECT_MILLIS = 2_000;
    private static final long RETRY_MILLIS = 500;
    private static final int MOST_LINE = 64;

    private final InetSocketAddress address;
    private final Listener listener;
    private final Map<Integer, Boolean> standing = new TreeMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "board");
    private Optional<Socket> connection = Optional.empty();
    private boolean lost;

    private TcpBoard(InetSocketAddress address, Listener listener) {
        this.address = address;
        this.listener = listener;
    }

    public static TcpBoard open(InetSocketAddress address, Listener listener) {
        TcpBoard board = new TcpBoard(address, listener);
        board.thread.start();
        return board;
    }

    @Override
    public synchronized void write(int io, boolean current, int millis) {
        standing.put(io, millis == 0 ? current : !current);
        say("set " + io + ' ' + (current ? 1 : 0) + (millis == 0 ? "" : " " + millis));
    }

    @Override
    public synchronized void feed() {
        say("feed");
    }

    private void say(String line) {
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
                LOG.debug("board {}: {}", address, e.getMessage());
            }
            gone();
        }
    }

    private void begin(Socket socket) {
        synchronized (this) {
            connection = Optional.of(socket);
            say("watch " + WATCH_MILLIS);
            standing.forEach((io, current) -> say("set " + io + ' ' + (current ? 1 : 0)));
        }
        if (lost) {
            lost = false;
            listener.back();
        }
    }

    private void read(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 4);
            if (line.length() <= MOST_LINE && words.length == 3) {
                try {
                    heard(words[0], words[1], words[2]);
                } catch (NumberFormatException e) {
                    LOG.warn("board {}: expected 'is TERMINAL OHMS' or 'typed POINT DIGITS'", address);
                }
            }
        }
    }

    private void heard(String what, String number, String value) {
        if (what.equals("is")) {
            listener.reading(Integer.parseInt(number), Integer.parseInt(value));
        } else if (what.equals("typed")) {
            listener.typed(Integer.parseInt(number), value);
        }
    }

    private void gone() {
        synchronized (this) {
            connection = Optional.empty();
        }
        if (!lost && stopped.getCount() > 0) {
            lost = true;
            LOG.warn("board {} does not answer", address);
            listener.lost();
        }
        try {
            if (stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("board {} is not waited for any more", address);
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
            connection.ifPresent(TcpBoard::close);
        }
    }
}
