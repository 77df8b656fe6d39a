package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.decision.Presented;
import io.zhitong.edge.DeviceState;
import io.zhitong.edge.EdgeException;
import io.zhitong.points.Standing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doors still know after a restart. */
class PointMemoryTest {

    private static final int WINDOW = 4;
    private static final PointModes FIRST_CARD =
            new PointModes(PointMode.FIRST_CARD, PointMode.FIRST_CARD, PointModes.NEVER, WINDOW);

    @TempDir
    private Path folder;

    private final Memories memories = new Memories();
    private final TestLists lists = new TestLists();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();

    @Test
    void everything_is_on_disk_and_read_again_by_the_next_program() {
        try (DeviceState state = DeviceState.open(folder.resolve("state.db"))) {
            PointMemory memory = PointMemory.in(state);
            memory.order(TestLists.GATE, Optional.of(Ordered.of(PointMode.LOCKED)));
            memory.wrongTries(TestLists.GATE, 3);
            memory.firstCame(TestLists.GARAGE, Optional.of(TestClock.START));
        }
        try (DeviceState state = DeviceState.open(folder.resolve("state.db"))) {
            PointMemory memory = PointMemory.in(state);
            assertEquals(Optional.of(Ordered.of(PointMode.LOCKED)), memory.ordered(TestLists.GATE));
            assertEquals(3, memory.wrongTries(TestLists.GATE));
            assertEquals(Optional.of(TestClock.START), memory.firstCame(TestLists.GARAGE));
            assertEquals(Optional.empty(), memory.ordered(TestLists.GARAGE));
            memory.order(TestLists.GATE, Optional.empty());
            memory.wrongTries(TestLists.GATE, 0);
            assertEquals(Optional.empty(), memory.ordered(TestLists.GATE));
            assertEquals(Optional.empty(), state.get("wrong.1"), "nothing is kept for nothing");
        }
    }

    @Test
    void what_cannot_be_understood_ends_the_start_and_is_not_taken_for_unlocked() {
        memories.put("mode.1", Optional.of("OPEN?"));
        PointMemory memory = new PointMemory(memories);
        assertThrows(EdgeException.class, () -> memory.ordered(TestLists.GATE));
        memories.put("first.1", Optional.of("yesterday"));
        assertThrows(EdgeException.class, () -> memory.firstCame(TestLists.GATE));
        memories.put("wrong.1", Optional.of("99"));
        assertEquals(0, memory.wrongTries(TestLists.GATE));
    }

    @Test
    void four_forged_cards_before_a_power_cut_and_one_after_it_are_an_alarm() {
        DoorPoint before = door();
        for (int i = 0; i < 4; i++) {
            before.shown(Shown.of(new Presented.NotGenuine(AccessMethod.SEALED)));
        }
        DoorPoint after = door();
        after.shown(Shown.of(new Presented.NotGenuine(AccessMethod.SEALED)));
        assertEquals(
                "NOT_GENUINE_REPEATED @1", happened.log().get(happened.log().size() - 1));
        assertEquals(Map.of(), memories.written(), "the count begins anew");
    }

    @Test
    void lock_down_holds_although_the_disk_refuses() {
        DoorPoint door = door();
        memories.refuse();
        door.order(Optional.of(Ordered.of(PointMode.LOCKED)));
        assertEquals(PointMode.LOCKED, door.mode());
    }

    @Test
    void first_person_is_remembered_over_a_restart_within_the_same_window() {
        UnlockWindow before = window();
        lists.schedule(WINDOW, 19 * 60, 22 * 60); // 20:00 in Shanghai now
        assertFalse(standing(before).unlocked());
        assertTrue(before.awaitsFirst());
        before.firstCame();
        assertTrue(standing(before).unlocked());
        clock.advance(3_600_000);
        assertTrue(standing(window()).unlocked(), "restarted at 21:00");
        clock.advance(3_600_000);
        UnlockWindow later = window();
        assertFalse(standing(later).unlocked(), "restarted at 22:00");
        assertFalse(later.awaitsFirst());
    }

    @Test
    void first_person_of_yesterday_does_not_open_today_s_window() {
        lists.schedule(WINDOW, 19 * 60, 22 * 60);
        UnlockWindow before = window();
        standing(before);
        before.firstCame();
        clock.advance(86_400_000 - 1_800_000);
        assertFalse(standing(window()).unlocked(), "down from 20:00 to 19:30 of the next day");
    }

    @Test
    void end_of_the_window_forgets_the_first_person() {
        lists.schedule(WINDOW, 19 * 60, 22 * 60);
        UnlockWindow window = window();
        standing(window);
        window.firstCame();
        clock.advance(2 * 3_600_000);
        assertFalse(standing(window).unlocked());
        assertEquals(Map.of(), memories.written());
    }

    @Test
    void door_is_free_while_its_unlock_schedule_holds_and_locks_again_by_itself() {
        lists.schedule(WINDOW, 19 * 60, 21 * 60);
        lists.points(TestLists.door(TestLists.GATE)
                .with(new PointModes(PointMode.NORMAL, PointMode.NORMAL, PointModes.NEVER, WINDOW)));
        DoorPoint door = door();
        door.listsChanged();
        clock.advance(3_600_000);
        door.timePassed();
        assertEquals(List.of("hold @1", "drop @1"), happened.log());
    }

    private Standing standing(UnlockWindow window) {
        return window.standing(Optional.empty(), FIRST_CARD);
    }

    private UnlockWindow window() {
        return new UnlockWindow(TestLists.GATE, world());
    }

    private DoorPoint door() {
        return new DoorPoint(DoorSetup.listed(TestLists.GATE), world());
    }

    private DoorWorld world() {
        return new TestSite(lists::policy, happened, clock, memories).world();
    }
}
