package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.cardreaders.CardWorldClient;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.ReaderFrame;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The relay behind the reader driver, whose connection may have died while no door was opened. */
class CardWorldRelayTest {
    private final BlockingQueue<String> pulses = new LinkedBlockingQueue<>();
    private ServerSocket driver;
    private CardWorldRelay relay;

    @BeforeEach
    void open() throws IOException {
        driver = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        relay = new CardWorldRelay(
                new CardWorldClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), driver.getLocalPort())),
                new DeviceId(42));
    }

    @AfterEach
    void close() throws IOException {
        driver.close();
    }

    /** Answers one request on one connection and then hangs up, as often as asked. */
    private void serveOnceEach(int connections) {
        Thread server = new Thread(() -> {
            try {
                for (int i = 0; i < connections; i++) {
                    try (Socket socket = driver.accept()) {
                        ReaderFrame request = ReaderFrame.read(new DataInputStream(socket.getInputStream()));
                        pulses.add(new String(request.body(), StandardCharsets.UTF_8));
                        request.answer(ReaderFrame.Status.OK, new byte[0])
                                .write(new DataOutputStream(socket.getOutputStream()));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        server.setDaemon(true);
        server.start();
    }

    private String pulse() throws InterruptedException {
        String pulse = pulses.poll(10, TimeUnit.SECONDS);
        assertTrue(pulse != null, "no pulse within 10 s");
        return pulse;
    }

    @Test
    void pulse_after_the_connection_died_is_sent_on_a_fresh_one() throws InterruptedException {
        serveOnceEach(2);
        relay.pulse(new PointId(1), 3_000);
        assertEquals("{\"device\":42,\"point\":1,\"pulseMillis\":3000}", pulse());
        relay.pulse(new PointId(2), 500);
        assertEquals("{\"device\":42,\"point\":2,\"pulseMillis\":500}", pulse());
        assertTrue(pulses.isEmpty(), "one pulse each");
    }

    @Test
    void relay_that_cannot_be_reached_is_said() throws IOException {
        driver.close();
        assertThrows(CardException.class, () -> relay.pulse(new PointId(1), 3_000));
    }

    @Test
    void held_relay_is_a_pulse_of_a_day_and_dropped_one_of_nothing() throws InterruptedException {
        serveOnceEach(2);
        relay.hold(new PointId(1));
        assertTrue(pulse().endsWith("\"pulseMillis\":86400000}"));
        relay.drop(new PointId(1));
        assertTrue(pulse().endsWith("\"pulseMillis\":0}"));
    }
}
