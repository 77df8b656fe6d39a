package io.zhitong.cardreaders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.ReaderFrame;
import io.zhitong.cardspec.ReaderFrame.Op;
import io.zhitong.cardspec.ReaderFrame.Status;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader driver that lies, breaks off or talks nonsense: the caller gets a {@link CardException} and can go on. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DriverAbuseTest {
    private static final byte[] NOTHING = {};

    /** Accepts connections, reads one request each and answers raw bytes, then hangs up. */
    private static final class RawDriver implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        private final byte[] answer;

        RawDriver(String hex) throws IOException {
            answer = Hex.parse(hex);
            Thread thread = new Thread(this::serve, "raw-driver");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            try {
                while (true) {
                    try (Socket socket = server.accept()) {
                        InputStream in = socket.getInputStream();
                        in.readNBytes(in.read() << 8 | in.read());
                        OutputStream out = socket.getOutputStream();
                        out.write(answer);
                        out.flush();
                    }
                }
            } catch (IOException closed) {
                // the test is over
            }
        }

        InetSocketAddress address() {
            return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // hangs up at once
                "00", // half a length
                "0000", // a frame of nothing
                "0005810001", // cut inside the body
                "000181", // no status
                "00028106", // a status outside the protocol
                "000281ff",
                "00020100", // a request in place of an answer
                "00028400", // the answer to another request
                "ffff81" // announces 65535 bytes and hangs up
            })
    void nonsense_to_the_attachment_is_a_failed_reader(String answer) throws IOException {
        try (var driver = new RawDriver(answer);
                var reader = new TcpReader(driver.address(), "desk")) {
            for (int i = 0; i < 2; i++) {
                CardException failed = assertThrows(CardException.class, reader::connect);
                assertEquals(CardException.Reason.READER_FAILED, failed.reason());
            }
        }
    }

    @Test
    void random_bytes_of_a_driver_never_give_anything_but_a_card_exception() throws IOException {
        Random random = new Random(12);
        for (int i = 0; i < 60; i++) {
            byte[] noise = new byte[random.nextInt(12)];
            random.nextBytes(noise);
            if (noise.length > 2) {
                noise[0] = 0;
                noise[1] = (byte) (noise.length - 2);
            }
            try (var driver = new RawDriver(Hex.of(noise));
                    var reader = new TcpReader(driver.address(), "desk")) {
                assertThrows(CardException.class, reader::cardPresent, Hex.of(noise));
            }
        }
    }

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({
        "NO_CARD, REMOVED",
        "CARD_LEFT, REMOVED",
        "NO_READER, READER_FAILED",
        "BAD_REQUEST, READER_FAILED",
        "FAILED, READER_FAILED"
    })
    void each_status_has_its_reason(Status status, CardException.Reason reason) throws IOException {
        try (var driver = new FakeDriver(request -> request.op() == Op.ATTACH.code()
                        ? request.answer(Status.OK, NOTHING)
                        : request.answer(status, "why".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                var reader = new TcpReader(driver.address(), "desk")) {
            assertEquals(
                    reason, assertThrows(CardException.class, reader::connect).reason());
            assertEquals(
                    reason,
                    assertThrows(CardException.class, reader::cardPresent).reason());
            assertEquals(1, driver.connections.size(), "a refusal does not break the connection");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "02", "0101", "ff"})
    void presence_is_one_byte_of_one_and_nothing_else(String body) throws IOException {
        try (var driver = new FakeDriver(request ->
                        request.answer(Status.OK, request.op() == Op.STATUS.code() ? Hex.parse(body) : NOTHING));
                var reader = new TcpReader(driver.address(), "desk")) {
            assertFalse(reader.cardPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "ZZ"})
    void answer_of_a_card_without_a_status_word_is_malformed(String answer) throws IOException {
        byte[] body = answer.equals("ZZ") ? new byte[259] : Hex.parse(answer);
        try (var driver = new FakeDriver(
                        request -> request.answer(Status.OK, request.op() == Op.APDU.code() ? body : NOTHING));
                var reader = new TcpReader(driver.address(), "desk");
                var session = reader.connect()) {
            CardException malformed = assertThrows(
                    CardException.class,
                    () -> session.send(io.zhitong.cardspec.CommandApdu.of(0x00, 0xA4, 0x00, 0x00)));
            assertEquals(CardException.Reason.MALFORMED, malformed.reason());
        }
    }

    @Test
    void driver_that_breaks_off_at_every_request_in_turn_is_met_again_by_the_next_call() throws IOException {
        AtomicInteger until = new AtomicInteger();
        List<Integer> failures = new ArrayList<>();
        try (var driver = new FakeDriver(request -> {
                    if (until.getAndDecrement() == 0) {
                        throw new IllegalStateException("breaks off");
                    }
                    return answer(request);
                });
                var reader = new TcpReader(driver.address(), "desk")) {
            for (int at = 0; at < 6; at++) {
                until.set(at);
                try {
                    talk(reader);
                } catch (CardException e) {
                    failures.add(at);
                    driver.dropConnections();
                    assertTrue(e.reason() == CardException.Reason.READER_FAILED
                            || e.reason() == CardException.Reason.REMOVED);
                }
                hangUp(reader);
                until.set(Integer.MAX_VALUE);
                talk(reader);
                hangUp(reader);
            }
        }
        assertTrue(failures.size() >= 4, failures.toString());
    }

    private static ReaderFrame answer(ReaderFrame request) {
        return switch (Op.of(request.op())) {
            case STATUS, WAIT_CHANGE -> request.answer(Status.OK, new byte[] {1});
            case APDU -> request.answer(Status.OK, Hex.parse("9000"));
            default -> request.answer(Status.OK, NOTHING);
        };
    }

    /** The next call dials anew. */
    private static void hangUp(TcpReader reader) {
        reader.close();
    }

    private static void talk(TcpReader reader) {
        assertTrue(reader.cardPresent());
        try (CardSession session = reader.connect()) {
            assertEquals("9000", Hex.of(session.transceive(Hex.parse("00a4000000"))));
        }
        assertTrue(reader.awaitChange(true, Duration.ofMillis(5)));
    }

    @Test
    void session_survives_the_connection_only_as_a_card_that_left() throws IOException {
        // the new connection attaches, but nobody powered its card up
        AtomicInteger powered = new AtomicInteger();
        try (var driver = new FakeDriver(request -> switch (Op.of(request.op())) {
                    case ATTACH -> {
                        powered.set(0);
                        yield request.answer(Status.OK, NOTHING);
                    }
                    case POWER_ON -> {
                        powered.set(1);
                        yield request.answer(Status.OK, NOTHING);
                    }
                    default ->
                        powered.get() == 1
                                ? request.answer(Status.OK, Hex.parse("9000"))
                                : request.answer(Status.CARD_LEFT, NOTHING);
                });
                var reader = new TcpReader(driver.address(), "desk")) {
            CardSession session = reader.connect();
            assertEquals("9000", Hex.of(session.transceive(Hex.parse("00a4000000"))));
            driver.dropConnections();
            assertThrows(CardException.class, () -> session.transceive(Hex.parse("00a4000000")));
            CardException left = assertThrows(CardException.class, () -> session.transceive(Hex.parse("00a4000000")));
            assertEquals(CardException.Reason.REMOVED, left.reason());
            session.close();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Status.class, names = "OK", mode = EnumSource.Mode.EXCLUDE)
    void every_hand_movement_tells_a_refusal(Status status) throws IOException {
        try (var driver = new FakeDriver(request -> request.answer(status, NOTHING));
                var world = new CardWorldClient(driver.address())) {
            List<Runnable> calls = List.of(
                    world::list,
                    world::relays,
                    () -> world.newCard("a", "blank"),
                    () -> world.insert("a", "b"),
                    () -> world.remove("b"),
                    () -> world.tear("b", 1),
                    () -> world.pulseRelay(1, 1, 1));
            for (Runnable call : calls) {
                assertThrows(CardException.class, call::run);
            }
            assertEquals(calls.size(), driver.requests.size());
        }
    }

    @Test
    void recorder_gives_copies_and_keeps_order() {
        byte[] command = Hex.parse("00a4000000");
        var recorder = new RecordingChannel(each -> Hex.parse("9000"));
        recorder.transceive(command);
        command[1] = 0;
        recorder.transceive(Hex.parse("00b0950000"));
        recorder.exchanges().get(0).command()[0] = 7;
        recorder.exchanges().get(0).answer()[0] = 7;
        assertEquals("00a4000000", Hex.of(recorder.exchanges().get(0).command()));
        assertEquals("9000", Hex.of(recorder.exchanges().get(0).answer()));
        assertEquals("00b0950000", Hex.of(recorder.exchanges().get(1).command()));
    }
}
