package io.zhitong.cardreaders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.ReaderFrame;
import io.zhitong.cardspec.ReaderFrame.Op;
import io.zhitong.cardspec.ReaderFrame.Status;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A driver that says no, says nonsense, says nothing, or is asked by many at once. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DriverFaultsTest {

    private static CardException failure(FakeDriver driver) {
        try (var reader = new TcpReader(driver.address(), "r")) {
            return assertThrows(CardException.class, reader::cardPresent);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void each_refusal_of_the_driver_means_that_the_card_left_or_the_reader_failed(Status status) throws IOException {
        try (var driver = new FakeDriver(
                request -> request.answer(request.op() == Op.ATTACH.code() ? Status.OK : status, new byte[0]))) {
            boolean left = status == Status.NO_CARD || status == Status.CARD_LEFT;
            assertEquals(
                    left ? CardException.Reason.REMOVED : CardException.Reason.READER_FAILED,
                    failure(driver).reason());
        }
    }

    @ParameterizedTest
    @CsvSource({"82, 06", "82, FF", "82, ''", "02, 00", "FF, 00"})
    void answer_outside_the_protocol_is_a_failure_of_the_reader(String op, String body) throws IOException {
        try (var driver = new FakeDriver(request -> request.op() == Op.ATTACH.code()
                ? request.answer(Status.OK, new byte[0])
                : new ReaderFrame(Integer.parseInt(op, 16), Hex.parse(body)))) {
            assertEquals(CardException.Reason.READER_FAILED, failure(driver).reason());
        }
    }

    @Test
    void driver_that_hangs_up_in_the_middle_is_a_failure_and_not_an_answer() throws IOException {
        try (var driver = new FakeDriver(request -> {
            throw new IllegalStateException("the driver breaks off");
        })) {
            assertEquals(CardException.Reason.READER_FAILED, failure(driver).reason());
        }
    }

    /** After a time-out the late answer must not pass for the answer to the next request. */
    @Test
    void silent_driver_is_given_up_in_time_and_its_late_answer_is_never_taken_for_another() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (var driver = new FakeDriver(request -> {
                    if (Hex.of(request.body()).equals("00a40001")) {
                        hold(release);
                        return request.answer(Status.OK, Hex.parse("a19000"));
                    }
                    return request.answer(Status.OK, Hex.parse("b29000"));
                });
                var connection = new DriverConnection(driver.address(), "", 150)) {
            CardException silent =
                    assertThrows(CardException.class, () -> connection.request(Op.APDU, Hex.parse("00a40001")));
            assertEquals(CardException.Reason.TIMEOUT, silent.reason());
            release.countDown();
            assertArrayEquals(Hex.parse("b29000"), connection.request(Op.APDU, Hex.parse("00a40002")));
            assertEquals(2, driver.connections.size());
        }
    }

    private static void hold(CountDownLatch release) {
        try {
            assertTrue(release.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void eight_threads_on_one_reader_get_each_its_own_answer() throws Exception {
        try (var driver = new FakeDriver(request -> request.answer(Status.OK, request.body()));
                var connection = new DriverConnection(driver.address(), "r", 5_000)) {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<Boolean>> all = new ArrayList<>();
                for (int i = 0; i < 400; i++) {
                    byte[] body = {(byte) (i >> 8), (byte) i, 1, 2};
                    all.add(threads.submit(() -> Arrays.equals(body, connection.request(Op.APDU, body))));
                }
                for (Future<Boolean> one : all) {
                    assertTrue(one.get(20, TimeUnit.SECONDS));
                }
            } finally {
                threads.shutdownNow();
            }
            assertEquals(1, driver.connections.size());
        }
    }

    @Test
    void names_with_quotes_and_backslashes_travel_as_json_and_control_characters_not_at_all() throws IOException {
        try (var driver = new FakeDriver(request -> request.answer(Status.OK, new byte[0]));
                var world = new CardWorldClient(driver.address())) {
            world.insert("王\"小\\明", "door-1");
            assertEquals(
                    "{\"card\":\"王\\\"小\\\\明\",\"reader\":\"door-1\"}",
                    new String(driver.requests.get(0).body(), StandardCharsets.UTF_8));
            world.tear("pos-1", 7);
            assertEquals(
                    "{\"reader\":\"pos-1\",\"operation\":7}",
                    new String(driver.requests.get(1).body(), StandardCharsets.UTF_8));
            assertEquals(Op.TEAR.code(), driver.requests.get(1).op());
            assertThrows(IllegalArgumentException.class, () -> world.newCard("a\nb", "community"));
            assertEquals(2, driver.requests.size());
        }
    }

    /** T=0 cuts an answer where it likes; what comes out is the answer of T=1. */
    @Test
    void answer_cut_into_pieces_at_random_is_put_together_again() {
        Random random = new Random(616);
        for (int round = 0; round < 300; round++) {
            byte[] whole = new byte[1 + random.nextInt(200)];
            random.nextBytes(whole);
            int pieces = 1 + random.nextInt(8);
            CardChannel card = cutting(whole, pieces, random);
            byte[] answer = new CompleteAnswerChannel(card).transceive(Hex.parse("00b0950000"));
            assertArrayEquals(Arrays.copyOf(whole, whole.length), Arrays.copyOf(answer, answer.length - 2));
            assertEquals("9000", Hex.of(Arrays.copyOfRange(answer, answer.length - 2, answer.length)));
        }
    }

    private static CardChannel cutting(byte[] whole, int pieces, Random random) {
        Deque<byte[]> parts = new ArrayDeque<>();
        int at = 0;
        for (int i = 1; i < pieces && at < whole.length; i++) {
            int next = at + 1 + random.nextInt(whole.length - at);
            parts.add(Arrays.copyOfRange(whole, at, next));
            at = next;
        }
        if (at < whole.length || parts.isEmpty()) {
            parts.add(Arrays.copyOfRange(whole, at, whole.length));
        }
        return command -> {
            byte[] part = parts.remove();
            byte[] answer = Arrays.copyOf(part, part.length + 2);
            boolean more = !parts.isEmpty();
            answer[part.length] = more ? 0x61 : (byte) 0x90;
            answer[part.length + 1] = more ? (byte) parts.peek().length : 0;
            return answer;
        };
    }

    @Test
    void debit_is_sent_to_the_card_once_even_if_the_answer_needs_two_lengths() {
        List<String> sent = new ArrayList<>();
        Deque<String> answers = new ArrayDeque<>(List.of("6108", "6c04", "010203049000"));
        CardChannel card = command -> {
            sent.add(Hex.of(command));
            return Hex.parse(answers.remove());
        };
        byte[] answer = new CompleteAnswerChannel(card).transceive(Hex.parse("8054010001aa"));
        assertEquals("010203049000", Hex.of(answer));
        assertEquals(List.of("8054010001aa", "00c0000008", "00c0000004"), sent);
    }

    @Test
    void answer_shorter_than_a_status_word_is_malformed() {
        for (byte[] answer : new byte[][] {{}, {(byte) 0x90}}) {
            CardException refused = assertThrows(
                    CardException.class,
                    () -> new CompleteAnswerChannel(command -> answer).transceive(Hex.parse("00a40000")));
            assertEquals(CardException.Reason.MALFORMED, refused.reason());
            assertFalse(String.valueOf(refused.getMessage()).isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00a40000, 00a4000004",
        "00b0950000, 00b0950004",
        "80540100010a, 80540100010a04",
        "80540100010a08, 80540100010a04"
    })
    void wrong_le_is_mended_in_place_or_behind_the_data(String command, String repeated) {
        List<String> sent = new ArrayList<>();
        CardChannel card = frame -> {
            sent.add(Hex.of(frame));
            return Hex.parse(sent.size() == 1 ? "6c04" : "9000");
        };
        new CompleteAnswerChannel(card).transceive(Hex.parse(command));
        assertEquals(List.of(command, repeated), sent);
    }
}
