package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.edge.EdgeException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is ordered for more than one point, and until when. */
class SiteOrdersTest {

    private static final long SOON = TestClock.START.getEpochSecond() + 60;
    private static final PointPlace INTO_ONE = new PointPlace(0, 1, 0, 255);
    private static final PointPlace OUT_OF_ONE = new PointPlace(1, 0, 0, 255);
    private static final PointPlace FROM_TWO_TO_THREE = new PointPlace(2, 3, 0, 255);

    private final Memories disk = new Memories();
    private final TestClock clock = new TestClock();
    private SiteOrders orders = started();

    @Test
    void highest_level_of_the_site_and_of_both_sides_of_a_point_stands() {
        assertEquals(0, orders.threat(INTO_ONE));
        orders.threat(0, 1, 0);
        orders.threat(1, 3, 0);
        orders.threat(3, 2, 0);
        assertEquals(3, orders.threat(INTO_ONE));
        assertEquals(3, orders.threat(OUT_OF_ONE));
        assertEquals(2, orders.threat(FROM_TWO_TO_THREE));
        assertEquals(1, orders.threat(PointPlace.NOWHERE));
        orders.threat(1, 0, 0);
        assertEquals(1, orders.threat(INTO_ONE), "ended for the area, not for the site");
    }

    @Test
    void level_ends_at_its_time_and_without_a_known_time_not() {
        orders.threat(0, 2, SOON);
        clock.advance(59_999);
        assertEquals(2, orders.threat(INTO_ONE));
        clock.advance(1);
        assertEquals(0, orders.threat(INTO_ONE));
        clock.lost();
        assertEquals(2, orders.threat(INTO_ONE), "nobody knows that its time has come");
    }

    @Test
    void orders_are_known_again_after_a_restart_and_forgotten_when_ended() {
        orders.threat(0, 1, 0);
        orders.threat(65_535, 255, SOON);
        orders.fire(9, true);
        orders.fire(65_535, true);
        orders = started();
        assertEquals(255, orders.threat(new PointPlace(65_535, 0, 0, 255)));
        assertEquals(Set.of(9, 65_535), orders.burning());
        orders.threat(0, 0, 0);
        orders.threat(65_535, 0, 0);
        orders.fire(9, false);
        orders.fire(9, false);
        orders.fire(65_535, false);
        assertEquals(Map.of(), disk.written());
        assertEquals(Set.of(), started().burning());
    }

    @Test
    void what_cannot_be_understood_ends_the_start_instead_of_being_taken_for_calm() {
        for (String name : new String[] {"threat.0", "threat.x"}) {
            disk.put(name, Optional.of("high"));
            assertThrows(EdgeException.class, this::started, name);
            disk.put(name, Optional.empty());
        }
        disk.put("threat.1", Optional.of("2"));
        assertThrows(EdgeException.class, this::started);
    }

    @Test
    void ordered_mode_is_written_with_its_end_and_read_again() {
        for (PointMode mode : PointMode.values()) {
            assertEquals(Ordered.of(mode), Ordered.parse(Ordered.of(mode).toString()));
            assertEquals(new Ordered(mode, SOON), Ordered.parse(new Ordered(mode, SOON).toString()));
        }
        assertEquals("LOCKED", Ordered.of(PointMode.LOCKED).toString());
        assertThrows(IllegalArgumentException.class, () -> Ordered.parse("OPEN"));
        assertThrows(IllegalArgumentException.class, () -> Ordered.parse("LOCKED soon"));
    }

    @Test
    void ordered_mode_without_an_end_outlasts_everything() {
        for (PointMode mode : PointMode.values()) {
            assertFalse(Ordered.of(mode).over(clock));
        }
        clock.advance(3_600_000L * 24 * 365);
        clock.lost();
        for (PointMode mode : PointMode.values()) {
            assertFalse(Ordered.of(mode).over(clock), mode.name());
            assertEquals(mode == PointMode.UNLOCKED, new Ordered(mode, SOON).over(clock), mode.name());
        }
    }

    @Test
    void end_of_an_order_is_excluded() {
        Ordered locked = new Ordered(PointMode.LOCKED, SOON);
        clock.advance(59_999);
        assertFalse(locked.over(clock));
        clock.advance(1);
        assertTrue(locked.over(clock));
    }

    private SiteOrders started() {
        return new SiteOrders(new PointMemory(disk), clock);
    }
}
