package io.zhitong.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cardspec.CredentialNumber;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same seed tells the same day, and the day is one of people. */
final class StoryTest {
    private static final List<CredentialNumber> PEOPLE = FleetLists.numbers(600);
    private static final List<Tap> DAY = Story.of(7, 120, PEOPLE, 100_000);

    @Test
    void the_same_seed_tells_the_same_story_and_another_seed_another() {
        assertEquals(DAY, Story.of(7, 120, PEOPLE, 100_000));
        assertNotEquals(DAY, Story.of(8, 120, PEOPLE, 100_000));
    }

    @Test
    void everybody_plays_and_hours_rise() {
        assertEquals(EnumSet.allOf(Habit.class), DAY.stream().map(Tap::who).collect(Collectors.toSet()));
        for (int i = 1; i < DAY.size(); i++) {
            assertTrue(DAY.get(i - 1).hour() <= DAY.get(i).hour());
        }
        assertTrue(DAY.stream().allMatch(tap -> tap.hour() >= 0 && tap.hour() < 24));
    }

    @Test
    void taps_are_at_doors_that_there_are() {
        assertTrue(DAY.stream()
                .allMatch(tap -> tap.controller() >= 0
                        && tap.controller() < 120
                        && tap.point() >= 1
                        && tap.point() <= Story.POINTS));
        assertEquals(Set.of(1, 2), DAY.stream().map(Tap::point).collect(Collectors.toSet()), "house door and garage");
    }

    @Test
    void couriers_are_on_no_list_and_everybody_else_is() {
        Set<CredentialNumber> known = Set.copyOf(PEOPLE);
        assertTrue(DAY.stream().allMatch(tap -> known.contains(tap.credential()) == (tap.who() != Habit.COURIER)));
    }

    @Test
    void children_leave_before_eight_and_are_home_before_five_past_five() {
        List<Tap> children =
                DAY.stream().filter(tap -> tap.who() == Habit.CHILD).toList();
        assertFalse(children.isEmpty());
        assertTrue(children.stream().allMatch(tap -> tap.hour() < 7.81 || tap.hour() > 16.1 && tap.hour() < 17.1));
    }

    @Test
    void guards_go_round_at_night_too_and_see_many_doors() {
        List<Tap> rounds = DAY.stream().filter(tap -> tap.who() == Habit.GUARD).toList();
        assertEquals(6 * 12, rounds.size(), "six guards, twelve rounds");
        assertTrue(rounds.stream().anyMatch(tap -> tap.hour() < 4));
        assertTrue(rounds.stream().map(Tap::controller).distinct().count() > 20);
    }

    @Test
    void who_comes_home_passes_the_gate_of_his_quarter_first() {
        CredentialNumber commuter = PEOPLE.get(303 + 1); // household 101, house 101, gate 100
        List<Tap> his =
                DAY.stream().filter(tap -> tap.credential().equals(commuter)).toList();
        assertEquals(
                List.of(100, 100, 101),
                his.stream().limit(3).map(Tap::controller).toList());
    }

    @Test
    void no_more_taps_than_wanted() {
        assertEquals(25, Story.of(7, 120, PEOPLE, 25).size());
        assertEquals(List.of(), Story.of(7, 120, List.of(), 25));
    }
}
