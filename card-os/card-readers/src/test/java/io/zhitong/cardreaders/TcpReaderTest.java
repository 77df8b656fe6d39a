package io.zhitong.cardreaders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.ReaderFrame;
import io.zhitong.cardspec.ReaderFrame.Op;
import io.zhitong.cardspec.ReaderFrame.Status;
import io.zhitong.cardspec.ReaderNotice;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class TcpReaderTest {
    private static ReaderFrame card(ReaderFrame request) {
        return switch (Op.of(request.op())) {
            case ATTACH, POWER_OFF -> request.answer(Status.OK, new byte[0]);
            case STATUS, WAIT_CHANGE -> request.answer(Status.OK, new byte[] {1});
            case POWER_ON -> request.answer(Status.OK, Hex.parse("0578807002"));
            case APDU -> request.answer(Status.OK, Hex.parse("9000"));
            default -> request.answer(Status.BAD_REQUEST, new byte[0]);
        };
    }

    private static List<Integer> ops(FakeDriver driver) {
        return driver.requests.stream().map(ReaderFrame::op).toList();
    }

    @Test
    void a_session_attaches_powers_on_exchanges_and_powers_off() throws IOException {
        try (var driver = new FakeDriver(TcpReaderTest::card);
                var reader = new TcpReader(driver.address(), "门-1")) {
            try (CardSession session = reader.connect()) {
                assertArrayEquals(Hex.parse("0578807002"), session.ats());
                assertArrayEquals(Hex.parse("9000"), session.transceive(Hex.parse("00a4000000")));
            }
            assertEquals(List.of(0x01, 0x03, 0x04, 0x05), ops(driver));
            assertArrayEquals(
                    "门-1".getBytes(StandardCharsets.UTF_8),
                    driver.requests.get(0).body());
            assertArrayEquals(Hex.parse("00a4000000"), driver.requests.get(2).body());
        }
    }

    @Test
    void waiting_sends_the_timeout_in_milliseconds_only_when_nothing_changed_yet() throws IOException {
        try (var driver = new FakeDriver(TcpReaderTest::card);
                var reader = new TcpReader(driver.address(), "r")) {
            assertTrue(reader.awaitChange(false, Duration.ofSeconds(3)));
            assertEquals(List.of(0x01, 0x02), ops(driver));
            assertTrue(reader.awaitChange(true, Duration.ofMillis(1500)));
            assertArrayEquals(
                    Hex.parse("000005dc"),
                    driver.requests.get(driver.requests.size() - 1).body());
        }
    }

    @Test
    void a_card_that_left_is_told_apart_from_a_driver_that_failed() throws IOException {
        try (var driver = new FakeDriver(request ->
                        request.answer(request.op() == Op.ATTACH.code() ? Status.OK : Status.CARD_LEFT, new byte[0]));
                var reader = new TcpReader(driver.address(), "r")) {
            var gone = assertThrows(CardException.class, reader::connect);
            assertEquals(CardException.Reason.REMOVED, gone.reason());
        }
        int freePort;
        try (var unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            freePort = unused.getLocalPort();
        }
        try (var reader = new TcpReader(new InetSocketAddress("127.0.0.1", freePort), "r")) {
            var lost = assertThrows(CardException.class, reader::cardPresent);
            assertEquals(CardException.Reason.READER_FAILED, lost.reason());
        }
    }

    @Test
    void an_unknown_reader_name_is_refused() throws IOException {
        try (var driver = new FakeDriver(request -> request.answer(Status.NO_READER, new byte[0]));
                var reader = new TcpReader(driver.address(), "nowhere")) {
            assertEquals(
                    CardException.Reason.READER_FAILED,
                    assertThrows(CardException.class, reader::cardPresent).reason());
        }
    }

    @Test
    void an_answer_to_another_request_breaks_the_connection() throws IOException {
        try (var driver = new FakeDriver(request -> new ReaderFrame(0x84, new byte[] {0}));
                var reader = new TcpReader(driver.address(), "r")) {
            assertEquals(
                    CardException.Reason.READER_FAILED,
                    assertThrows(CardException.class, reader::cardPresent).reason());
        }
    }

    @Test
    void words_go_out_while_somebody_waits_for_a_card() throws Exception {
        var waits = new java.util.concurrent.CountDownLatch(1);
        var told = new java.util.concurrent.CountDownLatch(1);
        try (var driver = new FakeDriver(request -> switch (Op.of(request.op())) {
                    case STATUS -> request.answer(Status.OK, new byte[] {0});
                    case WAIT_CHANGE -> {
                        waits.countDown();
                        await(told);
                        yield request.answer(Status.OK, new byte[] {1});
                    }
                    case TELL -> request.answer(Status.OK, new byte[] {5});
                    default -> card(request);
                });
                var reader = new TcpReader(driver.address(), "r")) {
            var waiting = java.util.concurrent.CompletableFuture.supplyAsync(
                    () -> reader.awaitChange(false, Duration.ofSeconds(9)));
            await(waits);
            assertEquals(
                    Set.of(ReaderNotice.Means.DISPLAY, ReaderNotice.Means.LIGHT_AND_SOUND),
                    reader.tell(new ReaderNotice(ReaderNotice.Signal.MORE, "请输入密码")));
            told.countDown();
            assertTrue(waiting.get(9, TimeUnit.SECONDS));
            byte[] sent = driver.requests.stream()
                    .filter(request -> request.op() == 0x07)
                    .findFirst()
                    .orElseThrow()
                    .body();
            assertEquals("02" + Hex.of("请输入密码".getBytes(StandardCharsets.UTF_8)), Hex.of(sent));
        }
    }

    private static void await(java.util.concurrent.CountDownLatch latch) {
        try {
            assertTrue(latch.await(9, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_driver_that_does_not_know_words_fails_and_goes_on_reading_cards() throws IOException {
        try (var driver = new FakeDriver(TcpReaderTest::card);
                var reader = new TcpReader(driver.address(), "r")) {
            var notice = new ReaderNotice(ReaderNotice.Signal.PASS, "请通行");
            assertEquals(
                    CardException.Reason.READER_FAILED,
                    assertThrows(CardException.class, () -> reader.tell(notice)).reason());
            assertTrue(reader.cardPresent());
        }
        assertEquals(
                Set.of(),
                new InProcessReader("none").tell(new ReaderNotice(ReaderNotice.Signal.PASS, "请通行")),
                "a reader that can do none of it says so");
    }

    @Test
    void after_the_driver_came_back_the_next_call_works() throws IOException {
        try (var driver = new FakeDriver(TcpReaderTest::card);
                var reader = new TcpReader(driver.address(), "r")) {
            assertTrue(reader.cardPresent());
            driver.dropConnections();
            assertThrows(CardException.class, reader::cardPresent);
            assertTrue(reader.cardPresent());
            assertEquals(2, driver.connections.size());
        }
    }

    @Test
    void closing_a_session_whose_card_left_is_no_error() throws IOException {
        try (var driver = new FakeDriver(request -> request.op() == Op.POWER_OFF.code()
                        ? request.answer(Status.NO_CARD, new byte[0])
                        : card(request));
                var reader = new TcpReader(driver.address(), "r")) {
            reader.connect().close();
            assertFalse(ops(driver).isEmpty());
        }
    }
}
