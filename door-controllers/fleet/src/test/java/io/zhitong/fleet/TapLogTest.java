package io.zhitong.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is lost, doubled or made up is found. */
final class TapLogTest {
    private static final Passage IN = new Passage(1, 1, 42, true);
    private static final Passage OUT = new Passage(1, 2, 42, true);

    private final TapLog log = new TapLog();

    @Test
    void each_tap_stored_once_is_exactly_once() {
        log.note(IN);
        log.note(IN);
        log.note(OUT);
        assertTrue(log.against(Map.of(IN, 2, OUT, 1)).exactlyOnce());
        assertEquals(3, log.count());
    }

    @Test
    void a_tap_without_its_event_is_lost() {
        log.note(IN);
        log.note(IN);
        assertEquals(new TapLog.Verdict(1, 0), log.against(Map.of(IN, 1)));
        assertFalse(log.against(Map.of(IN, 1)).exactlyOnce());
    }

    @Test
    void an_event_stored_twice_is_doubled() {
        log.note(IN);
        assertEquals(new TapLog.Verdict(0, 1), log.against(Map.of(IN, 2)));
    }

    @Test
    void an_event_nobody_tapped_for_does_not_make_up_for_a_lost_one() {
        log.note(IN);
        assertEquals(new TapLog.Verdict(1, 1), log.against(Map.of(OUT, 1)));
    }

    @Test
    void a_grant_is_not_a_denial() {
        log.note(IN);
        assertEquals(new TapLog.Verdict(1, 1), log.against(Map.of(new Passage(1, 1, 42, false), 1)));
    }
}
