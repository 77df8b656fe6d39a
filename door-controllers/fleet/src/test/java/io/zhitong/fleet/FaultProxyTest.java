package io.zhitong.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the spoilt wire does to plain bytes. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class FaultProxyTest {
    private final SplittableRandom random = new SplittableRandom(1);
    private ServerSocket backend = listen();
    private final FaultProxy proxy = new FaultProxy((InetSocketAddress) backend.getLocalSocketAddress());
    private Socket device = new Socket();
    private Socket accepted = new Socket();

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void connect() throws IOException {
        device = new Socket(proxy.address().getAddress(), proxy.address().getPort());
        device.setTcpNoDelay(true);
        accepted = backend.accept();
        accepted.setSoTimeout(2_000);
        Soon.until("the wire is there", () -> proxy.connections() == 1);
    }

    @AfterEach
    void stop() throws IOException {
        device.close();
        accepted.close();
        backend.close();
        proxy.close();
    }

    private void say(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private String heard(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    @Test
    void bytes_pass_both_ways_and_are_counted_together() throws IOException {
        say(device, "hello");
        assertEquals("hello", heard(accepted, 5));
        say(accepted, "you");
        assertEquals("you", heard(device, 3));
        assertEquals(List.of(8L), proxy.bytes());
    }

    @Test
    void cut_closes_both_ends() throws IOException {
        assertEquals(1, proxy.strike(Fault.CUT, 1, random));
        assertEquals(-1, device.getInputStream().read());
        assertEquals(-1, accepted.getInputStream().read());
        Soon.until("forgotten", () -> proxy.connections() == 0);
    }

    @Test
    void half_open_passes_nothing_and_tells_nobody() throws IOException {
        proxy.strike(Fault.HALF_OPEN, 1, random);
        accepted.setSoTimeout(200);
        say(device, "hello");
        assertThrows(
                SocketTimeoutException.class, () -> accepted.getInputStream().read());
        assertEquals(1, proxy.connections());
    }

    @Test
    void slow_passes_everything_in_order_half_a_second_late() throws IOException {
        proxy.strike(Fault.SLOW, 1, random);
        long began = System.nanoTime();
        say(device, "first ");
        say(device, "second");
        assertEquals("first second", heard(accepted, 12));
        assertTrue(System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(400));
    }

    @Test
    void reorder_lets_two_pieces_change_places() throws IOException {
        proxy.strike(Fault.REORDER, 1, random);
        say(device, "first ");
        Soon.until("the first piece has come", () -> proxy.bytes().get(0) == 6);
        say(device, "second");
        assertEquals("secondfirst ", heard(accepted, 12));
    }

    @Test
    void chance_0_strikes_nobody() throws IOException {
        assertEquals(0, proxy.strike(Fault.CUT, 0, random));
        say(device, "hello");
        assertEquals("hello", heard(accepted, 5));
    }

    @Test
    void a_backend_that_is_gone_closes_the_device() throws IOException {
        backend.close();
        try (Socket next =
                new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            assertEquals(-1, next.getInputStream().read());
        }
        backend = listen();
    }

    @Test
    void every_fault_has_a_word() {
        assertEquals("half-open", Fault.HALF_OPEN.word());
        for (Fault fault : Fault.values()) {
            assertEquals(fault, Fault.of(fault.word()).orElseThrow());
        }
        assertTrue(Fault.of("HALF_OPEN").isEmpty());
    }
}
