package io.zhitong.controller.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.controller.Soon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client and the simulated board; what happened is read from the board's own log. */
class TcpBoardTest {

    @TempDir
    private Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Board.Listener listener = new Board.Listener() {
        @Override
        public void reading(int io, int ohms) {
            told.add("is " + io + " " + ohms);
        }

        @Override
        public void lost() {
            told.add("lost");
        }

        @Override
        public void typed(int point, String digits) {
            told.add("typed " + point + ' ' + digits);
        }

        @Override
        public void back() {
            told.add("back");
        }
    };

    private Path log;
    private SimulatedBoard simulated;
    private TcpBoard board;

    @BeforeEach
    void open() throws IOException {
        log = folder.resolve("edges.log");
        simulated = SimulatedBoard.open(0, log);
        board = client(simulated.port());
    }

    @AfterEach
    void close() throws IOException {
        board.close();
        simulated.close();
    }

    @Test
    void inputs_are_told_when_they_change_and_all_of_them_to_who_comes_later() {
        simulated.turn(3, 1_000);
        awaits("is 3 1000");
        simulated.turn(3, 3_200);
        awaits("is 3 3200");
        TcpBoard later = client(simulated.port());
        Soon.holds(() -> told.stream().filter("is 3 3200"::equals).count() == 2, () -> told);
        later.close();
    }

    @Test
    void pin_typed_at_a_keypad_is_told_with_its_zeros_and_written_down_nowhere() throws IOException {
        simulated.turn(3, 1_000);
        awaits("is 3 1000");
        simulated.type(2, "00284");
        awaits("typed 2 00284");
        List<String> written = Files.readAllLines(log).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
        assertEquals(List.of("in 3 1000", "keypad 2"), written);
    }

    @Test
    void pulse_is_timed_by_the_board_and_what_stays_stays() {
        keptFed(() -> {
            board.write(1, true, 200);
            board.write(2, true, 0);
            Soon.holds(() -> edges().contains("out 1 0 timed"), this::edges);
            assertTrue(simulated.current(2));
            assertEquals(List.of("out 1 1 set", "out 2 1 set", "out 1 0 timed"), edges());
        });
    }

    @Test
    void inverse_pulse_of_a_fail_safe_lock_ends_with_current() {
        keptFed(() -> {
            board.write(1, true, 0);
            board.write(1, false, 100);
            Soon.holds(() -> edges().contains("out 1 1 timed"), this::edges);
        });
    }

    @Test
    void board_that_hears_nothing_lets_everything_fall() {
        board.write(1, true, 0);
        Soon.holds(() -> edges().contains("out 1 1 set"), this::edges);
        Soon.holds(() -> edges().contains("out 1 0 fallen"), this::edges);
    }

    @Test
    void board_that_comes_back_is_told_what_stands_and_no_pulse_that_is_over() {
        keptFed(() -> {
            board.write(1, true, 0);
            board.write(2, true, 60_000);
            Soon.holds(() -> edges().contains("out 2 1 set"), this::edges);
            replug();
            awaits("back");
            Soon.holds(() -> simulated.current(1), this::edges);
            assertTrue(edges().stream().noneMatch(edge -> edge.startsWith("out 2 1")), () -> edges().toString());
        });
    }

    private void replug() {
        int port = simulated.port();
        try {
            simulated.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        awaits("lost");
        Soon.holds(() -> plugged(port), () -> "port " + port + " is not free");
    }

    private boolean plugged(int port) {
        try {
            simulated = SimulatedBoard.open(port, log);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void line_that_is_no_line_ends_that_connection_and_no_other() throws IOException {
        keptFed(() -> {
            for (String bad :
                    List.of("open sesame", "set", "set 1", "set 1 2", "set 70000 1", "set 1 1 -5", "watch x")) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulated.port())) {
                    socket.getOutputStream().write((bad + "\n").getBytes(StandardCharsets.US_ASCII));
                    socket.setSoTimeout(5_000);
                    assertEquals(
                            "is 999 1\n",
                            new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new AssertionError(bad, e);
                }
            }
            board.write(1, true, 0);
            Soon.holds(() -> simulated.current(1), this::edges);
        });
    }

    private TcpBoard client(int port) {
        return TcpBoard.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), listener);
    }

    /** Runs it while somebody feeds the board. */
    private void keptFed(Runnable test) {
        try (var feeding = new Feeding(board)) {
            simulated.turn(999, 1); // a connection that is up hears this
            awaits("is 999 1");
            feeding.start();
            test.run();
        }
    }

    private void awaits(String line) {
        Soon.holds(() -> told.contains(line), () -> told);
    }

    private List<String> edges() {
        try {
            return Files.readAllLines(log).stream()
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .filter(line -> line.startsWith("out "))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
