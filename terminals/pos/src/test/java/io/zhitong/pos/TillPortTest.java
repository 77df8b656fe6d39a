package io.zhitong.pos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cashier line over real sockets. */
@Timeout(60)
class TillPortTest {
    private static final int PATIENCE = 20_000;

    /** A cashier system. */
    private static final class Cashier implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Cashier(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        Cashier send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        String line() throws IOException {
            return in.readLine();
        }

        String ask(String line) throws IOException {
            return send(line + "\n").line();
        }

        /** Whether the till ends the connection without another word. */
        boolean isEnded() {
            try {
                return in.readLine() == null;
            } catch (java.net.SocketTimeoutException e) {
                return false;
            } catch (IOException reset) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void each_line_gets_one_line() throws IOException {
        try (TillPort port = TillPort.open(0, line -> "<" + line + ">");
                Cashier cashier = new Cashier(port.port())) {
            assertEquals("<sale 100>", cashier.ask("sale 100"));
            assertEquals("<status>", cashier.ask("status\r"));
            assertEquals("<>", cashier.ask(""));
            cashier.send("a\nb\nc\n");
            assertEquals(List.of("<a>", "<b>", "<c>"), List.of(cashier.line(), cashier.line(), cashier.line()));
        }
    }

    @Test
    void line_that_comes_in_pieces_is_one_line() throws IOException {
        try (TillPort port = TillPort.open(0, line -> "<" + line + ">");
                Cashier cashier = new Cashier(port.port())) {
            for (String piece : "sale 4200\n".split("")) {
                cashier.send(piece);
            }
            assertEquals("<sale 4200>", cashier.line());
        }
    }

    @Test
    void line_without_an_end_is_cut_off_and_never_carried_out() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (TillPort port = TillPort.open(0, line -> "x" + asked.incrementAndGet());
                Cashier longest = new Cashier(port.port());
                Cashier flood = new Cashier(port.port());
                Cashier half = new Cashier(port.port())) {
            assertEquals("x1", longest.ask("a".repeat(127)));
            flood.send("sale 1" + " ".repeat(200));
            assertTrue(flood.isEnded());
            half.send("sale 1").socket.shutdownOutput();
            assertTrue(half.isEnded());
            assertEquals("x2", longest.ask("b"));
        }
    }

    @Test
    void bytes_that_are_no_text_harm_nobody() throws IOException {
        try (TillPort port = TillPort.open(0, line -> "length " + line.length());
                Cashier cashier = new Cashier(port.port())) {
            cashier.socket.getOutputStream().write(new byte[] {(byte) 0xFF, 0, (byte) 0xC3, '\n'});
            assertEquals("length 3", cashier.line());
            assertEquals("length 1", cashier.ask("a"));
        }
    }

    @Test
    void ninth_cashier_is_turned_away_and_a_place_that_is_left_can_be_taken() throws IOException {
        List<Cashier> cashiers = new ArrayList<>();
        try (TillPort port = TillPort.open(0, line -> line)) {
            for (int i = 0; i < 8; i++) {
                Cashier cashier = new Cashier(port.port());
                cashiers.add(cashier);
                assertEquals("hello", cashier.ask("hello"));
            }
            try (Cashier ninth = new Cashier(port.port())) {
                assertTrue(ninth.isEnded());
            }
            cashiers.remove(0).close();
            cashiers.add(served(port.port()));
        } finally {
            for (Cashier each : cashiers) {
                each.close();
            }
        }
    }

    /** The till notices within a moment that a cashier left. */
    private static Cashier served(int port) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            Cashier cashier = new Cashier(port);
            try {
                if ("hello".equals(cashier.ask("hello"))) {
                    return cashier;
                }
            } catch (IOException turnedAway) {
                // the place is not free yet
            }
            cashier.close();
        }
        throw new AssertionError("no place became free");
    }

    @Test
    void sale_that_goes_on_is_answered_although_the_till_takes_no_more() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch card = new CountDownLatch(1);
        TillPort port = TillPort.open(0, line -> {
            begun.countDown();
            try {
                return card.await(20, TimeUnit.SECONDS) ? "paid" : "nobody came";
            } catch (InterruptedException e) {
                return "interrupted";
            }
        });
        try (port;
                Cashier cashier = new Cashier(port.port())) {
            cashier.send("sale 100\n");
            assertTrue(begun.await(20, TimeUnit.SECONDS));
            port.stopListening();
            card.countDown();
            assertEquals("paid", cashier.line());
            port.close();
            assertNull(cashier.line());
        }
    }

    @Test
    void closed_port_takes_nobody() throws IOException {
        TillPort port = TillPort.open(0, line -> line);
        int number = port.port();
        try (Cashier before = new Cashier(number)) {
            assertEquals("a", before.ask("a"));
            port.close();
            assertTrue(before.isEnded());
        }
        port.close();
    }

    @Test
    void taken_port_is_named_with_what_to_do() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EdgeException refused =
                    assertThrows(EdgeException.class, () -> TillPort.open(taken.getLocalPort(), line -> line));
            assertEquals(EdgeFault.CONFIG, refused.fault());
            assertTrue(refused.getMessage().contains("choose another tillPort"), refused.getMessage());
        }
    }

    @Test
    void nobody_outside_this_machine_reaches_the_line() throws IOException {
        try (TillPort port = TillPort.open(0, line -> line)) {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(each.getInetAddresses())) {
                    if (!address.isLoopbackAddress() && address instanceof java.net.Inet4Address) {
                        assertThrows(IOException.class, () -> new Socket(address, port.port()).close());
                    }
                }
            }
        }
    }
}
