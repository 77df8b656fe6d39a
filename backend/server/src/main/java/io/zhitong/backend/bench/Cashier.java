package io.zhitong.backend.bench;

import io.zhitong.backend.foundation.ZhitongSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The cashier system of the demo till (演示收银机): rings up an amount over the till's own line protocol, docs/pos.md, and keeps
 * what the till answered. Thread-safe.
 */
@Component
@OnDemo
public class Cashier {
    private static final Logger LOG = LoggerFactory.getLogger(Cashier.class);
    private static final int CONNECT_MILLIS = 2_000;
    /** Longer than the till waits for a card and for the return of a torn one. */
    private static final int ANSWER_MILLIS = 60_000;

    private static final long MOST_FEN = 100_000;
    private static final int LONGEST_LINE = 256;

    private final InetSocketAddress till;
    private Sale sale = Sale.NONE;

    Cashier(ZhitongSettings settings) {
        till = new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.tillListenPort());
    }

    /**
     * How the last sale stands.
     *
     * @param fen amount
     * @param words of the till where it was not paid: Chinese · English
     */
    public record Sale(Stage stage, long fen, String words) {
        static final Sale NONE = new Sale(Stage.NONE, 0, "");
        private static final String BETWEEN = " · ";

        /** The till's words in one of its languages. */
        public String words(boolean english) {
            int between = words.indexOf(BETWEEN);
            if (between < 0) {
                return words;
            }
            return english ? words.substring(between + BETWEEN.length()) : words.substring(0, between);
        }
    }

    /** Where a sale is. */
    public enum Stage {
        NONE,
        /** The till waits for a card. */
        WAITING,
        PAID,
        NOT_PAID,
        /** The till does not answer. */
        AWAY
    }

    public synchronized Sale sale() {
        return sale;
    }

    /**
     * Asks the till to sell; returns at once. While a sale waits for its card, nothing new begins.
     *
     * @param fen 1 to 100,000
     */
    public synchronized void ring(long fen) {
        if (fen < 1 || fen > MOST_FEN) {
            throw new BenchRefusal(BenchRefusal.Reason.BAD_AMOUNT);
        }
        if (sale.stage() != Stage.WAITING) {
            sale = new Sale(Stage.WAITING, fen, "");
            Thread line = new Thread(() -> end(sold(fen)), "demo-cashier");
            line.setDaemon(true);
            line.start();
        }
    }

    private synchronized void end(Sale end) {
        sale = end;
    }

    private Sale sold(long fen) {
        try (Socket socket = new Socket()) {
            socket.connect(till, CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(("sale " + fen + "\n").getBytes(StandardCharsets.US_ASCII));
            return told(fen, line(socket));
        } catch (IOException e) {
            LOG.info("the till does not answer: {}", e.getMessage());
            return new Sale(Stage.AWAY, fen, "");
        }
    }

    private static String line(Socket socket) throws IOException {
        var in = new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), LONGEST_LINE);
        String line = in.readLine();
        if (line == null) {
            throw new IOException("closed without an answer");
        }
        return line;
    }

    private static Sale told(long fen, String line) {
        String[] words = line.split(" ", 3);
        boolean paid = words[0].equals("paid");
        return new Sale(paid ? Stage.PAID : Stage.NOT_PAID, fen, paid ? "" : words[words.length - 1]);
    }
}
