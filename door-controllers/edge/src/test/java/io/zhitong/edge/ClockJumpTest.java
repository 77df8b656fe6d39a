package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.JournalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks that are set a year ahead or back, with the program running and with the power off. */
class ClockJumpTest {

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    private Path folder;

    private final Journals.HandClock machine = new Journals.HandClock();
    private long nanos;

    @Test
    void clock_set_while_the_program_runs_changes_nothing() {
        EdgeClock clock = new EdgeClock(new SteadyClock(machine, () -> nanos));
        for (Duration jump : List.of(YEAR, YEAR.multipliedBy(-2))) {
            machine.pass(jump);
            nanos += TimeUnit.SECONDS.toNanos(10);
        }
        assertEquals(START.plusSeconds(20), clock.now());
        clock.synchronised(START.plusSeconds(25).toEpochMilli());
        nanos += TimeUnit.SECONDS.toNanos(5);
        assertEquals(START.plusSeconds(30), clock.now(), "only the backend corrects it");
    }

    @Test
    void clock_that_went_on_over_a_restart_is_held_with_its_estimate() {
        begun();
        machine.pass(Duration.ofMinutes(1));
        EdgeClock clock = restarted();
        assertEquals(ClockQuality.HELD, clock.quality());
        assertEquals(START.plusSeconds(60 + 7), clock.now(), "the backend was seven seconds ahead");
    }

    @Test
    void clock_that_went_back_or_a_year_ahead_over_a_restart_is_unknown_and_stays_so() {
        for (Duration jump : List.of(Duration.ofDays(-300), YEAR.plusDays(300))) {
            begun();
            machine.pass(jump);
            assertEquals(ClockQuality.UNKNOWN, restarted().quality());
            assertEquals(ClockQuality.UNKNOWN, restarted().quality(), "a second restart does not launder it");
            machine.pass(jump.negated());
        }
    }

    @Test
    void no_record_is_lost_whatever_the_clock_says() {
        begun();
        machine.pass(YEAR);
        restarted();
        machine.pass(YEAR.multipliedBy(-3));
        restarted();
        try (Journal journal = Journals.open(folder, JournalLimits.DEFAULT, machine)) {
            List<JournalRecord> all = Journals.all(journal);
            assertTrue(Journals.chained(all));
            assertEquals(4, all.size(), "the opening and one of each start");
        }
    }

    /** A start that heard the backend. */
    private void begun() {
        EdgeClock clock = new EdgeClock(machine);
        try (Journal journal = Journals.open(folder, JournalLimits.DEFAULT, clock)) {
            clock.synchronised(machine.millis() + 7_000);
            Journals.plain(journal, 1);
        }
    }

    /** A start that did not. */
    private EdgeClock restarted() {
        EdgeClock clock = new EdgeClock(machine);
        try (Journal journal = Journals.open(folder, JournalLimits.DEFAULT, clock)) {
            Journals.plain(journal, 1);
        }
        return clock;
    }
}
