package io.zhitong.controller.board;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.controller.Soon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every board has to do, whatever it is made of (输入输出板一致性测试). Terminal 3 is a contact, 4 a measured line, 1 and 2 are
 * outputs.
 */
abstract class BoardConformance {

    /** Somebody who listens, told in the order of telling. */
    static final class Heard implements Board.Listener {
        final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void reading(int io, int ohms) {
            told.add("is " + io + " " + (io == 4 ? Math.round(ohms / 100.0) * 100 : ohms));
        }

        @Override
        public void lost() {
            told.add("lost");
        }

        @Override
        public void back() {
            told.add("back");
        }
    }

    @TempDir
    Path folder;

    final Heard heard = new Heard();
    Board board;

    /** Makes the hardware, terminals 3 and 4 at 1 kΩ or closed. */
    abstract Board open(Board.Listener listener) throws IOException;

    abstract void turn(int io, int ohms);

    abstract boolean current(int io);

    abstract void unplug() throws IOException;

    @BeforeEach
    void begin() throws IOException {
        board = open(heard);
        awaits("is 4 1000");
    }

    @AfterEach
    void end() throws IOException {
        board.close();
        unplug();
    }

    @Test
    void all_inputs_are_told_at_the_start_and_each_change_after_it() {
        awaits("is 3 0");
        turn(3, 1_000_000);
        awaits("is 3 1000000");
        turn(4, 3_200);
        awaits("is 4 3200");
        turn(4, 1_000_000);
        awaits("is 4 1000000");
        turn(4, 0);
        awaits("is 4 0");
    }

    @Test
    void outputs_begin_without_current_and_keep_what_they_are_told() {
        fed(() -> {
            assertFalse(current(1));
            board.write(1, true, 0);
            Soon.holds(() -> current(1), () -> heard.told);
            assertFalse(current(2));
            board.write(1, false, 0);
            Soon.holds(() -> !current(1), () -> heard.told);
        });
    }

    @Test
    void pulse_ends_by_itself_and_the_one_of_a_fail_safe_lock_with_current() {
        fed(() -> {
            board.write(2, true, 0);
            Soon.holds(() -> current(2), () -> heard.told);
            board.write(1, true, 300);
            board.write(2, false, 300);
            Soon.holds(() -> current(1) && !current(2), () -> heard.told);
            Soon.holds(() -> !current(1) && current(2), () -> heard.told);
        });
    }

    @Test
    void pulse_asked_again_runs_for_the_new_time_only() {
        fed(() -> {
            board.write(1, true, 60_000);
            Soon.holds(() -> current(1), () -> heard.told);
            board.write(1, true, 50);
            Soon.holds(() -> !current(1), () -> heard.told);
        });
    }

    @Test
    void board_that_is_not_fed_any_more_lets_its_outputs_fall() {
        fed(() -> {
            board.write(1, true, 0);
            board.write(2, true, 60_000);
            Soon.holds(() -> current(1) && current(2), () -> heard.told);
        });
        Soon.holds(() -> !current(1) && !current(2), () -> heard.told);
    }

    @Test
    void closed_board_lets_its_outputs_fall() {
        fed(() -> {
            board.write(1, true, 0);
            Soon.holds(() -> current(1), () -> heard.told);
            board.close();
            Soon.holds(() -> !current(1), () -> heard.told);
        });
    }

    @Test
    void many_writes_from_many_threads_end_as_the_last_of_each_terminal() {
        fed(() -> {
            List<Thread> hands = List.of(hammering(1), hammering(2));
            hands.forEach(Thread::start);
            hands.forEach(BoardConformance::join);
            Soon.holds(() -> current(1) && current(2), () -> heard.told);
            board.write(1, false, 0);
            Soon.holds(() -> !current(1), () -> heard.told);
            assertTrue(current(2), "nothing overtakes on its way to the board");
        });
    }

    /** Current with the last write only, so that it tells that all have arrived. */
    private Thread hammering(int io) {
        return new Thread(() -> {
            for (int i = 0; i <= 200; i++) {
                board.write(io, i == 200, 0);
            }
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs it while somebody feeds the board. */
    final void fed(Runnable test) {
        try (Feeding feeding = new Feeding(board)) {
            feeding.start();
            test.run();
        }
    }

    final void awaits(String line) {
        Soon.holds(() -> heard.told.contains(line), () -> heard.told);
    }
}
