package io.zhitong.uhppote.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.uhppote.Poll;
import io.zhitong.uhppote.Rig;
import io.zhitong.uhppote.driver.DriverException.Reason;
import io.zhitong.uhppote.emulator.BoardEmulator;
import io.zhitong.uhppote.emulator.BoardIdentity;
import io.zhitong.uhppote.emulator.BoardServer;
import io.zhitong.uhppote.message.BoardCard;
import io.zhitong.uhppote.message.CountCards;
import io.zhitong.uhppote.message.DeviceAnswer;
import io.zhitong.uhppote.message.Done;
import io.zhitong.uhppote.message.Frame;
import io.zhitong.uhppote.message.Function;
import io.zhitong.uhppote.message.GetCard;
import io.zhitong.uhppote.message.GetTime;
import io.zhitong.uhppote.message.Number;
import io.zhitong.uhppote.message.OpenDoor;
import io.zhitong.uhppote.message.PutCard;
import io.zhitong.uhppote.message.Request;
import io.zhitong.uhppote.message.SetAddress;
import io.zhitong.uhppote.message.SetListener;
import io.zhitong.uhppote.message.SetTime;
import io.zhitong.uhppote.message.Status;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UdpDriverTest {
    private static final long BOARD = Rig.SERIAL;

    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        rig = Rig.usual(folder);
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
    }

    private <A extends io.zhitong.uhppote.message.Answer> A ask(Request<A> request) {
        return rig.driver.ask(rig.address, request);
    }

    private static BoardCard card(long number) {
        return new BoardCard(
                number,
                Optional.of(LocalDate.of(2026, 1, 1)),
                Optional.of(LocalDate.of(2026, 12, 31)),
                List.of(1, 0, 0, 0),
                0);
    }

    @Test
    void a_question_is_answered() {
        assertEquals(
                Optional.of(LocalDateTime.of(2026, 3, 2, 10, 0)),
                ask(new GetTime(BOARD)).time());
    }

    @Test
    void a_lost_question_or_answer_is_asked_again() {
        AtomicInteger seen = new AtomicInteger();
        rig.wire.fate((fromBoard, datagram) -> seen.incrementAndGet() <= 2 ? List.of() : List.of(0));
        assertTrue(ask(new PutCard(BOARD, card(7))).done());
        AtomicInteger answers = new AtomicInteger();
        rig.wire.fate((fromBoard, datagram) -> fromBoard && answers.incrementAndGet() <= 3 ? List.of() : List.of(0));
        assertEquals(1, ask(new CountCards(BOARD)).value());
    }

    @Test
    void a_door_is_not_opened_twice_when_the_answer_is_lost() {
        rig.wire.fate((fromBoard, datagram) -> fromBoard ? List.of() : List.of(0));
        assertEquals(
                Reason.NO_ANSWER,
                assertThrows(DriverException.class, () -> ask(new OpenDoor(BOARD, 1)))
                        .reason());
        rig.wire.fate(Rig.GOOD);
        Status status = ask(new io.zhitong.uhppote.message.GetStatus(BOARD));
        assertEquals(1, status.event().orElseThrow().index(), "one release, not eight");
    }

    @Test
    void the_clock_is_not_set_twice_when_the_answer_is_lost() {
        AtomicInteger sent = new AtomicInteger();
        rig.wire.fate((fromBoard, datagram) -> {
            sent.addAndGet(fromBoard ? 0 : 1);
            return List.of();
        });
        assertThrows(DriverException.class, () -> ask(new SetTime(BOARD, LocalDateTime.of(2026, 1, 1, 0, 0))));
        assertEquals(1, sent.get());
    }

    @Test
    void a_board_that_is_away_costs_attempts_times_patience_and_no_more() {
        AtomicInteger sent = new AtomicInteger();
        rig.wire.fate((fromBoard, datagram) -> {
            sent.incrementAndGet();
            return List.of();
        });
        long began = System.nanoTime();
        DriverException away = assertThrows(DriverException.class, () -> ask(new GetTime(BOARD)));
        assertEquals(Reason.NO_ANSWER, away.reason());
        // The wire may see the last one only after the driver has given up.
        Poll.until("every attempt is on the wire", () -> sent.get() >= Rig.QUICK.attempts());
        assertEquals(Rig.QUICK.attempts(), sent.get());
        assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 5);
    }

    @Test
    void doubled_and_late_answers_are_never_taken_for_a_later_one() {
        rig.wire.fate((fromBoard, datagram) -> fromBoard ? List.of(0, 3, 20, 80) : List.of(0, 5));
        for (long number = 1; number <= 30; number++) {
            assertTrue(ask(new PutCard(BOARD, card(number))).done());
            assertEquals(
                    number, ask(new GetCard(BOARD, number)).card().orElseThrow().number());
        }
        assertEquals(30, ask(new CountCards(BOARD)).value());
        Poll.until("late answers are counted", () -> rig.driver.ignored(Ignored.NOT_ASKED) > 60);
    }

    @Test
    void a_wire_that_loses_doubles_delays_and_reorders_still_carries_every_card() {
        Random random = new Random(7);
        rig.wire.fate((fromBoard, datagram) -> {
            synchronized (random) {
                List<Integer> copies = new ArrayList<>();
                for (int i = random.nextInt(10) < 7 ? 1 + random.nextInt(2) : 0; i > 0; i--) {
                    copies.add(random.nextInt(25));
                }
                return copies;
            }
        });
        List<Long> numbers =
                new ArrayList<>(LongStream.rangeClosed(1, 40).boxed().toList());
        Collections.shuffle(numbers, random);
        for (long number : numbers) {
            persist(() -> ask(new PutCard(BOARD, card(number))));
        }
        rig.wire.fate(Rig.GOOD);
        assertEquals(40, ask(new CountCards(BOARD)).value());
    }

    /** Of eight attempts at half a chance each some fail all: whoever asks asks again. */
    private static void persist(Runnable question) {
        for (int i = 0; ; i++) {
            try {
                question.run();
                return;
            } catch (DriverException e) {
                if (i == 20) {
                    throw e;
                }
            }
        }
    }

    @Test
    void an_answer_in_the_board_s_name_without_the_running_number_is_thrown_away() {
        rig.wire.fate((fromBoard, datagram) -> {
            if (!fromBoard) {
                rig.wire.forge(new Number(Function.COUNT_CARDS, BOARD, 999).encode());
                rig.wire.forge(Frame.withSequence(new Number(Function.COUNT_CARDS, BOARD, 998).encode(), 77777));
            }
            return List.of(10);
        });
        assertEquals(0, ask(new CountCards(BOARD)).value());
        assertEquals(2, rig.driver.ignored(Ignored.NOT_ASKED));
    }

    @Test
    void another_board_s_answer_or_to_something_else_is_thrown_away_even_with_the_number() {
        rig.wire.fate((fromBoard, datagram) -> {
            if (!fromBoard) {
                long number = Frame.sequenceOf(datagram);
                rig.wire.forge(Frame.withSequence(new Number(Function.COUNT_CARDS, BOARD + 1, 9).encode(), number));
                rig.wire.forge(Frame.withSequence(new Done(Function.PUT_CARD, BOARD, true).encode(), number));
            }
            return List.of(10);
        });
        assertEquals(0, ask(new CountCards(BOARD)).value());
        assertEquals(2, rig.driver.ignored(Ignored.OTHER_BOARD));
    }

    @Test
    void an_answer_from_another_address_is_thrown_away() throws IOException {
        try (DatagramChannel stranger = DatagramChannel.open().bind(Rig.ANY)) {
            rig.wire.fate((fromBoard, datagram) -> {
                if (!fromBoard) {
                    byte[] forged = Frame.withSequence(
                            new Number(Function.COUNT_CARDS, BOARD, 9).encode(), Frame.sequenceOf(datagram));
                    sendQuietly(stranger, forged, driverPort());
                }
                return List.of(5);
            });
            assertEquals(0, ask(new CountCards(BOARD)).value());
            assertEquals(1, rig.driver.ignored(Ignored.FOREIGN_ADDRESS));
        }
    }

    private InetSocketAddress driverPort() {
        return rig.driver.address();
    }

    private static void sendQuietly(DatagramChannel channel, byte[] datagram, InetSocketAddress to) {
        try {
            channel.send(ByteBuffer.wrap(datagram), to);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void what_is_no_message_is_thrown_away() {
        rig.wire.fate((fromBoard, datagram) -> {
            if (!fromBoard) {
                rig.wire.forge(new byte[0]);
                rig.wire.forge(new byte[63]);
                rig.wire.forge(new byte[65]);
                rig.wire.forge(new byte[64]);
            }
            return List.of(10);
        });
        assertEquals(0, ask(new CountCards(BOARD)).value());
        assertEquals(4, rig.driver.ignored(Ignored.NO_MESSAGE));
    }

    @Test
    void an_answer_with_a_field_out_of_range_is_told_as_unreadable() {
        rig.wire.fate((fromBoard, datagram) -> {
            if (fromBoard) {
                datagram[9] = (byte) 0xAA;
            }
            return List.of(0);
        });
        assertEquals(
                Reason.UNREADABLE,
                assertThrows(DriverException.class, () -> ask(new GetTime(BOARD)))
                        .reason());
    }

    @Test
    void many_threads_ask_two_boards_over_one_socket() throws Exception {
        try (BoardEmulator second = BoardEmulator.open(
                        BoardIdentity.usual(201020304, Rig.ZONE), folder.resolve("two"), rig.clock());
                BoardServer server = BoardServer.start(Rig.ANY, second)) {
            BoardAddress other = new BoardAddress(201020304, server.address());
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 1; i <= 100; i++) {
                long number = i;
                all.add(threads.submit(() -> {
                    ask(new PutCard(BOARD, card(number)));
                    rig.driver.ask(other, new PutCard(201020304, card(1000 + number)));
                    assertEquals(
                            number,
                            ask(new GetCard(BOARD, number)).card().orElseThrow().number());
                }));
            }
            for (Future<?> each : all) {
                each.get(30, TimeUnit.SECONDS);
            }
            threads.shutdown();
            assertEquals(100, rig.board.cards());
            assertEquals(100, second.cards());
        }
    }

    @Test
    void a_question_that_waits_too_long_for_its_turn_is_refused() throws Exception {
        try (UdpDriver driver =
                UdpDriver.open(Rig.ANY, new Patience(Duration.ofMillis(800), 1, Duration.ofMillis(50)))) {
            CountDownLatch underWay = new CountDownLatch(1);
            rig.wire.fate((fromBoard, datagram) -> {
                underWay.countDown();
                return List.of();
            });
            ExecutorService one = Executors.newSingleThreadExecutor();
            Future<?> first = one.submit(() -> driver.ask(rig.address, new GetTime(BOARD)));
            assertTrue(underWay.await(10, TimeUnit.SECONDS));
            DriverException refused =
                    assertThrows(DriverException.class, () -> driver.ask(rig.address, new GetTime(BOARD)));
            assertEquals(Reason.BUSY, refused.reason());
            one.shutdownNow();
            assertThrows(java.util.concurrent.ExecutionException.class, () -> first.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void a_search_finds_every_board_once() throws IOException {
        try (BoardEmulator second = BoardEmulator.open(
                        BoardIdentity.usual(201020304, Rig.ZONE), folder.resolve("two"), rig.clock());
                BoardServer both = BoardServer.start(Rig.ANY, rig.board, second)) {
            List<Long> found = rig.driver.search(both.address(), Duration.ofMillis(300)).stream()
                    .map(DeviceAnswer::serial)
                    .sorted()
                    .toList();
            assertEquals(List.of(201020304L, BOARD), found);
        }
    }

    @Test
    void an_answer_nobody_can_read_does_not_hide_the_boards_a_search_finds() {
        rig.wire.fate((fromBoard, datagram) -> {
            if (!fromBoard) {
                byte[] unreadable = Frame.withSequence(datagram, Frame.sequenceOf(datagram));
                unreadable[26] = (byte) 0xFF;
                rig.wire.forge(unreadable);
            }
            return List.of(20);
        });
        assertEquals(
                1, rig.driver.search(rig.wire.address(), Duration.ofMillis(400)).size());
        assertEquals(1, rig.driver.ignored(Ignored.NO_MESSAGE));
    }

    @Test
    void a_search_by_broadcast_stays_on_loopback() throws IOException {
        try (BoardServer listening = BoardServer.start(new InetSocketAddress("0.0.0.0", 0), rig.board)) {
            InetSocketAddress broadcast =
                    new InetSocketAddress("127.255.255.255", listening.address().getPort());
            assertEquals(1, rig.driver.search(broadcast, Duration.ofMillis(500)).size());
        }
    }

    @Test
    void a_new_address_is_told_and_not_waited_for() {
        AtomicInteger told = new AtomicInteger();
        rig.wire.fate((fromBoard, datagram) -> {
            told.incrementAndGet();
            return List.of();
        });
        Inet4Address ip = (Inet4Address) InetAddress.getLoopbackAddress();
        rig.driver.tell(rig.address, new SetAddress(BOARD, ip, ip, ip));
        Poll.until("it left", () -> told.get() == 1);
    }

    @Test
    void a_closed_driver_says_so() {
        rig.driver.close();
        assertEquals(
                Reason.NETWORK,
                assertThrows(DriverException.class, () -> ask(new GetTime(BOARD)))
                        .reason());
    }

    @Test
    void events_wake_whoever_listens_and_strangers_do_not() throws IOException {
        List<Long> woken = Collections.synchronizedList(new ArrayList<>());
        try (EventPost post = EventPost.open(
                        Rig.ANY,
                        Map.of(BOARD, InetAddress.getLoopbackAddress()),
                        status -> woken.add(status.event().orElseThrow().index()));
                DatagramChannel stranger = DatagramChannel.open().bind(Rig.ANY)) {
            assertTrue(ask(new SetListener(
                            BOARD,
                            (Inet4Address) InetAddress.getLoopbackAddress(),
                            post.address().getPort(),
                            0))
                    .done());
            Status foreign = io.zhitong.uhppote.message.Status.decode(rig.board
                    .handle(new io.zhitong.uhppote.message.GetStatus(BOARD).encode())
                    .orElseThrow());
            Status other =
                    new Status(7, foreign.event(), foreign.open(), foreign.pressed(), 0, foreign.time(), 0, 0, 0, 0);
            sendQuietly(stranger, other.encode(), post.address());
            sendQuietly(stranger, new byte[64], post.address());
            sendQuietly(stranger, new byte[3], post.address());
            rig.board.present(1, 5, 0);
            rig.board.present(2, 6, 0);
            Poll.until("two events came", () -> woken.size() == 2);
            assertEquals(List.of(1L, 2L), woken);
        }
    }

    @Test
    void attempts_are_bounded() {
        assertThrows(IllegalArgumentException.class, () -> new Patience(Duration.ofMillis(1), 0, Duration.ofMillis(1)));
        assertThrows(
                IllegalArgumentException.class, () -> new Patience(Duration.ofMillis(1), 11, Duration.ofMillis(1)));
    }
}
