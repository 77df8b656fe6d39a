package io.zhitong.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineTest {

    private static final LineLimits CONTACT = LineLimits.supervised(true);

    @Test
    void four_states_are_read_off_the_resistance_with_both_sides_of_every_limit() {
        assertEquals(LineState.SHORTED, CONTACT.read(0));
        assertEquals(LineState.SHORTED, CONTACT.read(499));
        assertEquals(LineState.NORMAL, CONTACT.read(500));
        assertEquals(LineState.NORMAL, CONTACT.read(1_000));
        assertEquals(LineState.NORMAL, CONTACT.read(1_999));
        assertEquals(LineState.ACTIVE, CONTACT.read(2_000));
        assertEquals(LineState.ACTIVE, CONTACT.read(3_200));
        assertEquals(LineState.ACTIVE, CONTACT.read(5_999));
        assertEquals(LineState.CUT, CONTACT.read(6_000));
        assertEquals(LineState.CUT, CONTACT.read(Integer.MAX_VALUE));
    }

    @Test
    void contact_that_closes_when_active_is_the_other_way_round_and_its_troubles_are_the_same() {
        LineLimits button = LineLimits.supervised(false);
        assertEquals(LineState.ACTIVE, button.read(1_000));
        assertEquals(LineState.NORMAL, button.read(3_200));
        assertEquals(LineState.CUT, button.read(9_000));
        assertEquals(LineState.SHORTED, button.read(3));
    }

    @Test
    void plain_contact_knows_two_states_and_no_trouble() {
        LineLimits plain = LineLimits.plain(true);
        assertEquals(LineState.NORMAL, plain.read(0));
        assertEquals(LineState.ACTIVE, plain.read(1_000_000));
        for (int ohms : new int[] {0, 1, 1_999, 2_000, 1_000_000, Integer.MAX_VALUE - 1}) {
            assertFalse(plain.read(ohms).trouble(), ohms + " ohms");
        }
    }

    @Test
    void line_in_trouble_is_never_a_closed_contact() {
        for (int ohms = 0; ohms < 20_000; ohms += 7) {
            LineState state = CONTACT.read(ohms);
            boolean closed = state == LineState.NORMAL;
            assertTrue(!closed || ohms >= 500 && ohms < 2_000, ohms + " ohms");
        }
    }

    @Test
    void reading_counts_when_it_has_stood_for_its_time() {
        Line line = Line.unread().read(LineState.ACTIVE, CONTACT, 1_000);
        assertEquals(LineState.NORMAL, line.state());
        assertEquals(1_050, line.dueAt(CONTACT));
        assertEquals(
                LineState.NORMAL, line.read(LineState.ACTIVE, CONTACT, 1_049).state());
        Line steady = line.read(LineState.ACTIVE, CONTACT, 1_050);
        assertEquals(LineState.ACTIVE, steady.state());
        assertEquals(DoorState.NEVER, steady.dueAt(CONTACT));
    }

    @Test
    void bouncing_contact_starts_its_time_anew_and_counts_once() {
        Line line = Line.unread();
        int changes = 0;
        for (int at = 0; at < 40; at++) {
            line = line.read(at % 2 == 0 ? LineState.ACTIVE : LineState.NORMAL, CONTACT, at);
            changes += line.state() == LineState.ACTIVE ? 1 : 0;
        }
        assertEquals(0, changes, "it bounces");
        line = line.read(LineState.ACTIVE, CONTACT, 40);
        assertEquals(LineState.NORMAL, line.read(LineState.ACTIVE, CONTACT, 89).state());
        assertEquals(LineState.ACTIVE, line.read(LineState.ACTIVE, CONTACT, 90).state());
    }

    @Test
    void without_a_time_every_reading_counts_at_once() {
        LineLimits eager = new LineLimits(500, 2_000, 6_000, true, 0);
        assertEquals(LineState.CUT, Line.unread().read(LineState.CUT, eager, 7).state());
    }

    /** The second telling: what counts is the newest reading that stood for 50 ms without another one between. */
    @Test
    void random_readings_agree_with_the_whole_history_of_them() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            LineState[] history = new LineState[200];
            Line line = Line.unread();
            LineState last = LineState.NORMAL;
            for (int at = 0; at < history.length; at++) {
                last = random.nextInt(25) == 0 ? LineState.values()[random.nextInt(4)] : last;
                history[at] = last;
                line = line.read(last, CONTACT, at);
                assertEquals(counts(history, at), line.state(), "seed " + seed + " at " + at);
            }
        }
    }

    private static LineState counts(LineState[] history, int now) {
        for (int end = now; end >= 50; end--) {
            int began = end;
            while (began > 0 && history[began - 1] == history[end]) {
                began--;
            }
            if (end - began >= 50) {
                return history[end];
            }
        }
        return LineState.NORMAL;
    }

    @Test
    void impossible_limits_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new LineLimits(-1, 2, 3, true, 0));
        assertThrows(IllegalArgumentException.class, () -> new LineLimits(2, 2, 3, true, 0));
        assertThrows(IllegalArgumentException.class, () -> new LineLimits(1, 3, 3, true, 0));
        assertThrows(IllegalArgumentException.class, () -> new LineLimits(1, 2, 3, true, -1));
        assertThrows(IllegalArgumentException.class, () -> new LineLimits(1, 2, 3, true, 5_001));
    }

    @Test
    void drive_of_a_fail_safe_lock_is_current_while_locked_and_falls_open() {
        Drive magnet = Drive.of(io.zhitong.accessmodel.LockKind.FAIL_SAFE, false);
        assertFalse(magnet.level(true), "released = no current");
        assertTrue(magnet.level(false));
        assertTrue(magnet.fallen(), "a magnet without current is open");
        Drive strike = Drive.of(io.zhitong.accessmodel.LockKind.FAIL_SECURE, false);
        assertTrue(strike.level(true));
        assertFalse(strike.fallen(), "a strike without current is locked");
        assertTrue(Drive.of(io.zhitong.accessmodel.LockKind.FAIL_SAFE, true).level(true), "wired over a closed relay");
        assertFalse(Drive.PLAIN.fallen());
    }
}
