package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CredentialNumber;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PinTriesTest {

    private static final CredentialNumber WANG = new CredentialNumber(7);
    private static final CredentialNumber LI = new CredentialNumber(8);
    private static final long HOUR = 3_600_000;

    private final Memories disk = new Memories();
    private final TestClock clock = new TestClock();
    private PinTries tries = started();

    @Test
    void three_tries_are_free_and_everybody_has_their_own() {
        for (int i = 0; i < 3; i++) {
            assertTrue(tries.taken(WANG));
        }
        assertFalse(tries.taken(WANG));
        assertTrue(tries.taken(LI));
    }

    @Test
    void waits_double_from_half_a_minute_up_to_an_hour_and_stay_there() {
        use(3);
        long wait = 30_000;
        for (int i = 0; i < 20; i++) {
            clock.advance(wait - 1);
            assertFalse(tries.taken(WANG), "wait " + i);
            clock.advance(1);
            assertTrue(tries.taken(WANG), "wait " + i);
            wait = Math.min(HOUR, 2 * wait);
        }
        assertEquals(HOUR, wait);
    }

    @Test
    void try_that_came_too_early_makes_no_wait_longer() {
        use(3);
        for (int i = 0; i < 100; i++) {
            assertFalse(tries.taken(WANG));
        }
        clock.advance(30_000);
        assertTrue(tries.taken(WANG));
    }

    @Test
    void right_pin_forgets_and_three_are_free_again() {
        use(3);
        tries.forgotten(WANG);
        assertEquals(Map.of(), disk.written());
        use(3);
        assertFalse(tries.taken(WANG));
    }

    @Test
    void restart_begins_the_wait_anew_and_is_no_way_round_it() {
        use(3);
        clock.advance(29_999);
        tries = started();
        clock.advance(29_999);
        assertFalse(tries.taken(WANG));
        clock.advance(1);
        assertTrue(tries.taken(WANG));
        assertEquals(Map.of("pin.7", "4"), disk.written());
    }

    @Test
    void restart_before_the_third_try_leaves_what_is_left() {
        use(2);
        tries = started();
        assertTrue(tries.taken(WANG));
        assertFalse(tries.taken(WANG));
    }

    @Test
    void disk_that_refuses_shortens_no_wait_while_the_program_runs() {
        disk.refuse();
        use(3);
        assertFalse(tries.taken(WANG));
    }

    private void use(int times) {
        for (int i = 0; i < times; i++) {
            assertTrue(tries.taken(WANG));
        }
    }

    private PinTries started() {
        return new PinTries(new PointMemory(disk), clock);
    }
}
