package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordTest {

    @TempDir
    private Path folder;

    private final Journals.HandClock machine = new Journals.HandClock();
    private final EdgeClock clock = new EdgeClock(machine);
    private DeviceState state;
    private long nanos;

    @BeforeEach
    void open() {
        state = DeviceState.open(folder.resolve("state.db"));
        clock.held(0);
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void never_heard_is_silent_for_very_long() {
        assertEquals(LastWord.UNKNOWN, word().silenceSeconds());
    }

    @Test
    void connected_is_not_silent_however_long_nothing_was_said() {
        LastWord word = word();
        word.heard();
        pass(3_600);
        assertEquals(0, word.silenceSeconds());
    }

    @Test
    void silence_counts_from_the_end_of_the_connection_and_ends_with_the_next_word() {
        LastWord word = word();
        word.heard();
        word.gone();
        assertEquals(1, word.silenceSeconds(), "not connected is silent from the first moment");
        pass(90);
        assertEquals(90, word.silenceSeconds());
        word.heard();
        assertEquals(0, word.silenceSeconds());
    }

    @Test
    void clock_set_meanwhile_neither_ends_nor_stretches_it() {
        LastWord word = word();
        word.heard();
        word.gone();
        machine.pass(Duration.ofDays(365));
        nanos += TimeUnit.SECONDS.toNanos(5);
        assertEquals(5, word.silenceSeconds());
        machine.pass(Duration.ofDays(-730));
        assertEquals(5, word.silenceSeconds());
    }

    @Test
    void pulling_the_plug_does_not_begin_it_anew() {
        LastWord before = word();
        before.heard();
        before.gone();
        pass(600);
        LastWord after = word();
        pass(30);
        assertEquals(630, after.silenceSeconds());
    }

    @Test
    void power_cut_without_goodbye_counts_from_the_last_note_at_most_a_minute_early() {
        LastWord before = word();
        before.heard();
        for (int i = 0; i < 10; i++) {
            pass(30);
            before.heard();
        }
        pass(100);
        assertEquals(100, word().silenceSeconds());
    }

    @Test
    void without_a_known_time_it_is_very_long_after_a_restart() {
        LastWord before = word();
        before.heard();
        before.gone();
        LastWord after = new LastWord(state, new EdgeClock(machine), () -> nanos);
        assertEquals(LastWord.UNKNOWN, after.silenceSeconds());
        after.heard();
        after.gone();
        pass(2);
        assertEquals(2, after.silenceSeconds(), "heard since");
    }

    private void pass(long seconds) {
        machine.pass(Duration.ofSeconds(seconds));
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    private LastWord word() {
        return new LastWord(state, clock, () -> nanos);
    }
}
