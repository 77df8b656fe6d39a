package io.zhitong.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.points.Standing.Hours;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final Hours UNLOCK = new Hours(false, true);
    private static final Hours OTHER = new Hours(true, false);
    private static final PointModes NIGHT = new PointModes(PointMode.NORMAL, PointMode.CARD_PIN, 3, 4);
    private static final PointModes FIRST = new PointModes(PointMode.FIRST_CARD, PointMode.FIRST_CARD, 0, 4);

    @Test
    void other_mode_stands_while_its_schedule_holds() {
        assertEquals(PointMode.NORMAL, of(NIGHT, Hours.NONE, false).mode());
        assertEquals(PointMode.CARD_PIN, of(NIGHT, OTHER, false).mode());
    }

    @Test
    void unlock_schedule_holds_the_door_free_whatever_mode_but_locked() {
        for (PointMode mode : PointMode.values()) {
            Standing standing = of(new PointModes(mode, mode, 0, 4), UNLOCK, false);
            boolean free = mode != PointMode.LOCKED && mode != PointMode.FIRST_CARD;
            assertEquals(free, standing.unlocked(), mode.name());
        }
        assertFalse(of(NIGHT, Hours.NONE, false).unlocked());
    }

    @Test
    void first_card_door_is_free_after_the_first_person_of_that_window_and_forgets_it_with_the_window() {
        assertTrue(Standing.awaitsFirst(of(FIRST, UNLOCK, false), UNLOCK));
        Standing came = of(FIRST, UNLOCK, true);
        assertTrue(came.unlocked());
        assertFalse(Standing.awaitsFirst(came, UNLOCK));
        Standing after = of(FIRST, Hours.NONE, came.firstCame());
        assertFalse(after.unlocked());
        assertFalse(after.firstCame());
        assertFalse(of(FIRST, UNLOCK, after.firstCame()).unlocked(), "the next morning begins anew");
        assertFalse(Standing.awaitsFirst(after, Hours.NONE), "nobody is awaited outside the window");
    }

    @Test
    void command_stands_above_clock_and_configuration() {
        for (PointMode commanded : PointMode.values()) {
            Standing standing = Standing.of(Optional.of(commanded), NIGHT, new Hours(true, true), false);
            assertEquals(commanded, standing.mode());
            assertEquals(commanded == PointMode.UNLOCKED, standing.unlocked(), commanded.name());
        }
    }

    @Test
    void door_is_told_what_follows() {
        assertEquals(new DoorInput.Free(), of(NIGHT, UNLOCK, false).input());
        assertEquals(new DoorInput.Normal(), of(NIGHT, OTHER, false).input());
        assertEquals(
                new DoorInput.Secure(),
                of(PointModes.of(PointMode.LOCKED), UNLOCK, false).input());
    }

    @Test
    void companion_is_remembered_for_fifteen_seconds() {
        CredentialNumber wang = new CredentialNumber(7);
        CredentialNumber li = new CredentialNumber(8);
        Companion first = Companion.NOBODY.came(wang, 1_000);
        assertEquals(Optional.of(wang), first.at(1_000));
        assertEquals(Optional.of(wang), first.at(15_999));
        assertEquals(Optional.empty(), first.at(16_000));
        assertEquals(Optional.empty(), Companion.NOBODY.at(0));
        assertEquals(Optional.of(li), first.came(li, 2_000).at(2_000), "the newest one counts");
    }

    private static Standing of(PointModes modes, Hours hours, boolean came) {
        return Standing.of(Optional.empty(), modes, hours, came);
    }
}
