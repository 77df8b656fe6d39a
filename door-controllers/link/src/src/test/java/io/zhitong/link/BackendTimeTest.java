package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackendTimeTest {

    private long now = 1_000;
    private final BackendTime time = new BackendTime(() -> now);

    @Test
    void without_an_answer_there_is_no_estimate() {
        assertEquals(OptionalLong.empty(), time.now());
    }

    @Test
    void estimate_is_carried_on_by_the_monotonic_clock() {
        now = 1_040;
        time.answered(1_000, 500_020, 500_020); // 40 ms round trip, asked at 1000
        assertEquals(OptionalLong.of(500_040), time.now());
        assertEquals(20, time.error());
        now = 61_040;
        assertEquals(OptionalLong.of(560_040), time.now());
    }

    @Test
    void better_answer_wins_and_a_worse_one_is_ignored_until_the_old_is_stale() {
        now = 1_040;
        time.answered(1_000, 500_020, 500_020);
        now = 1_050;
        time.answered(1_048, 500_049, 500_049);
        assertEquals(1, time.error());
        now = 2_000;
        time.answered(1_000, 500_900, 500_900);
        assertEquals(1, time.error());
        now = 1_050 + 61_000;
        time.answered(now - 100, 560_000, 560_000);
        assertEquals(50, time.error());
    }

    @Test
    void answer_that_cannot_be_true_is_refused() {
        assertFarOff(2_000, 5, 5); // sent in the future
        assertFarOff(900, 10, 5); // answered before received
        assertFarOff(900, 0, 200); // longer in the backend than we waited
        now = 10_000;
        assertFarOff(1_000, 5, 5); // 9 s under way
        assertEquals(OptionalLong.empty(), time.now());
    }

    private void assertFarOff(long sent, long received, long answered) {
        LinkException refused =
                assertThrows(LinkException.class, () -> time.answered(sent, received, answered));
        assertEquals(LinkFault.CLOCK_FAR_OFF, refused.fault());
    }

    @Test
    void nothing_is_known_after_the_connection_is_lost() {
        time.answered(1_000, 1, 1);
        time.forget();
        assertEquals(OptionalLong.empty(), time.now());
    }

    @Test
    void pauses_double_up_to_the_last_and_are_jittered_by_half() {
        BackOff backOff = new BackOff(java.time.Duration.ofMillis(100), java.time.Duration.ofMillis(1000), new Random(1));
        long[] whole = {100, 200, 400, 800, 1000, 1000};
        for (long expected : whole) {
            long pause = backOff.pause();
            assertTrue(pause >= expected / 2 && pause <= expected, pause + " of " + expected);
        }
        backOff.reset();
        assertTrue(backOff.pause() <= 100);
    }
}
