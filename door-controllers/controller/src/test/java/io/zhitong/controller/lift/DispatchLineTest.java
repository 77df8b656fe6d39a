package io.zhitong.controller.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.controller.Soon;
import io.zhitong.decision.LiftFloors;
import io.zhitong.points.Landing;
import io.zhitong.points.LiftMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line to a dispatcher; what happened is read from the dispatcher's own log. */
class DispatchLineTest {

    private static final LiftFloors SEVEN = LiftFloors.of(List.of(7));
    private static final LiftFloors OFFICES = LiftFloors.of(List.of(0, 12, 256 + 8));

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong(1_000);
    private final List<Boolean> answers = new CopyOnWriteArrayList<>();
    private final List<String> cars = new CopyOnWriteArrayList<>();
    private Path log;
    private SimulatedDispatcher dispatcher;
    private DispatchLine line;
    private LiftDriver lift;

    @BeforeEach
    void open() throws IOException {
        log = folder.resolve("trips.log");
        dispatcher = SimulatedDispatcher.open(0, log, now::get);
        line = DispatchLine.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), dispatcher.port()), answers::add);
        lift = line.at(new DispatchLine.Floors(5, 0, 1), cars::add);
        connected();
    }

    /** Nothing is kept for later: something harmless is said until it is heard. */
    private void connected() {
        int before = lines().size();
        Soon.holds(
                () -> {
                    lift.call(Landing.HERE);
                    return lines().size() > before;
                },
                this::lines);
    }

    @AfterEach
    void close() throws IOException {
        line.close();
        dispatcher.close();
    }

    @Test
    void granted_floor_is_a_ride_in_the_next_car() {
        lift.press(12);
        lift.press(256 + 8);
        logged("ride 5 12 car A", "ride 5 264 car B");
        assertEquals(Optional.of(LiftMode.PRESS), lift.mode());
        Soon.holds(() -> cars.equals(List.of("A", "B")), cars::toString);
    }

    @Test
    void of_several_floors_one_is_chosen_at_that_landing_within_the_time() {
        lift.enable(Landing.HERE, OFFICES, 8_000);
        logged("permit 5 8000 [0, 12, 264]");
        assertTrue(dispatcher.choose(5, 12));
        assertTrue(dispatcher.choose(5, 264));
        assertFalse(dispatcher.choose(5, 13), "not this floor");
        assertFalse(dispatcher.choose(4, 12), "not from this landing");
        now.addAndGet(8_000);
        assertFalse(dispatcher.choose(5, 12), "not any longer");
        logged("chosen 5 12 car A", "chosen 5 264 car B", "refused 5 13", "refused 4 12", "refused 5 12");
    }

    @Test
    void visitor_goes_from_the_lobby_to_the_hosts_floor_only() {
        lift.call(Landing.LOBBY);
        lift.enable(Landing.LOBBY, SEVEN, 180_000);
        logged("call 0", "permit 0 180000 [7]");
        assertFalse(dispatcher.choose(0, 8));
        now.addAndGet(179_999);
        assertTrue(dispatcher.choose(0, 7));
        now.addAndGet(1);
        assertFalse(dispatcher.choose(0, 7));
    }

    @Test
    void withdrawn_floors_are_nobodys() {
        lift.enable(Landing.HERE, SEVEN, 8_000);
        lift.withdraw();
        logged("withdraw 5", "withdraw 0");
        assertFalse(dispatcher.choose(5, 7));
    }

    @Test
    void free_landing_goes_everywhere_until_it_is_taken_back() {
        lift.free(true);
        logged("free 5 true");
        assertTrue(dispatcher.choose(5, 99));
        assertFalse(dispatcher.choose(4, 99));
        lift.free(false);
        logged("free 5 false");
        assertFalse(dispatcher.choose(5, 99));
    }

    @Test
    void recalled_cars_serve_nobody_until_the_last_terminal_resumes() {
        LiftDriver other = line.at(new DispatchLine.Floors(9, 0, 1), car -> {});
        lift.enable(Landing.HERE, SEVEN, 60_000);
        lift.recall(true);
        logged("recall 1");
        other.recall(true);
        lift.recall(false);
        lift.press(7);
        logged("refused ride");
        assertFalse(dispatcher.choose(5, 7));
        other.recall(false);
        logged("resume");
        assertFalse(dispatcher.choose(5, 7), "what was permitted before the fire is over");
    }

    @Test
    void line_that_ends_takes_its_permissions_with_it_and_what_stands_is_said_again() {
        lift.enable(Landing.HERE, SEVEN, 60_000);
        lift.free(true);
        logged("free 5 true");
        dispatcher.hangUp();
        logged("forgotten", "free 5 true");
        Soon.holds(() -> answers.equals(List.of(false, true)), answers::toString);
        lift.recall(true);
        logged("recall 1");
        dispatcher.hangUp();
        Soon.holds(
                () -> {
                    lift.call(Landing.HERE);
                    return lines().contains("refused call");
                },
                this::lines);
        assertEquals(1, lines().stream().filter("recall 1"::equals).count(), "a recall outlives its line");
        lift.recall(false);
        logged("resume");
    }

    @Test
    void all_floors_are_told_in_one_line() {
        lift.enable(Landing.HERE, LiftFloors.ALL, 3_000);
        logged("permit 5 3000 all");
    }

    @Test
    void dispatcher_ends_the_connection_of_who_says_anything_else() throws IOException {
        String zeros = "0".repeat(127);
        for (String bad : List.of(
                "ride 5",
                "ride 256 1",
                "ride 5 512",
                "permit 0 1000 " + zeros,
                "permit 0 3600001 0" + zeros,
                "free 5 2",
                "hello",
                "watch x",
                "call -1")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), dispatcher.port())) {
                socket.getOutputStream().write((bad + '\n').getBytes(StandardCharsets.US_ASCII));
                socket.setSoTimeout(5_000);
                assertEquals(-1, socket.getInputStream().read(), bad);
            }
        }
    }

    @Test
    void ride_is_answered_with_its_car() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), dispatcher.port());
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream().write("ride 3 12\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("car A 3 12", in.readLine());
        }
    }

    @Test
    void floors_out_of_range_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new DispatchLine.Floors(-1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new DispatchLine.Floors(0, 256, 0));
        assertEquals(255, new DispatchLine.Floors(0, 0, 255).recall());
    }

    /** The log ends with these lines, soon. */
    private void logged(String... expected) {
        List<String> wanted = List.of(expected);
        Soon.holds(
                () -> {
                    List<String> all = lines();
                    return all.size() >= wanted.size()
                            && all.subList(all.size() - wanted.size(), all.size())
                                    .equals(wanted);
                },
                this::lines);
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
