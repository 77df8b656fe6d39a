package io.zhitong.uhppote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Schedule.Window;
import io.zhitong.uhppote.message.BoardProfile;
import io.zhitong.uhppote.message.BoardProfile.Segment;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Monday 2 March 2026. */
final class BoardProfilesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    private static final int WEEKDAYS = 0x1F;

    private static BoardProfiles of(List<LocalDate> holidays, Schedule... schedules) {
        Map<Integer, Schedule> byId = new HashMap<>();
        for (Schedule schedule : schedules) {
            byId.put(schedule.id(), schedule);
        }
        return new BoardProfiles(byId, holidays, TODAY, Map.of());
    }

    private static Schedule schedule(int id, Window... windows) {
        return new Schedule(id, List.of(windows));
    }

    private static Segment part(String start, String end) {
        return new Segment(LocalTime.parse(start), LocalTime.parse(end));
    }

    @Test
    void a_window_ends_in_its_last_minute_and_midnight_is_23_59() {
        BoardProfiles profiles = of(List.of(), schedule(1, new Window(WEEKDAYS, 480, 1080), new Window(0x60, 0, 1440)));
        assertEquals(Optional.of(2), profiles.of(Set.of(1)));
        BoardProfile weekdays = profiles.profiles().get(2);
        assertEquals(List.of(part("08:00", "17:59")), weekdays.segments());
        assertEquals(5, weekdays.days().size());
        assertEquals(3, weekdays.linked());
        BoardProfile weekend = profiles.profiles().get(3);
        assertEquals(List.of(part("00:00", "23:59")), weekend.segments());
        assertEquals(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), weekend.days());
        assertEquals(0, weekend.linked());
    }

    @Test
    void several_schedules_are_one_profile_of_what_any_of_them_allows() {
        BoardProfiles profiles = of(
                List.of(), schedule(1, new Window(WEEKDAYS, 480, 720)), schedule(2, new Window(WEEKDAYS, 700, 1080)));
        profiles.of(Set.of(1, 2));
        assertEquals(List.of(part("08:00", "17:59")), profiles.profiles().get(2).segments());
        assertEquals(Set.of(1, 2), profiles.owners().get(2));
    }

    @Test
    void four_parts_of_a_day_are_two_linked_profiles() {
        BoardProfiles profiles = of(
                List.of(),
                schedule(
                        1,
                        new Window(1, 60, 120),
                        new Window(1, 180, 240),
                        new Window(1, 300, 360),
                        new Window(1, 420, 480)));
        profiles.of(Set.of(1));
        assertEquals(3, profiles.profiles().get(2).segments().size());
        assertEquals(3, profiles.profiles().get(2).linked());
        assertEquals(List.of(part("07:00", "07:59")), profiles.profiles().get(3).segments());
    }

    @Test
    void a_profile_ends_before_the_next_holiday_and_begins_after_the_last() {
        BoardProfiles profiles = of(
                List.of(LocalDate.of(2026, 2, 17), LocalDate.of(2026, 1, 1), LocalDate.of(2026, 4, 5)),
                schedule(1, new Window(WEEKDAYS, 480, 1080)));
        profiles.of(Set.of(1));
        BoardProfile profile = profiles.profiles().get(2);
        assertEquals(Optional.of(LocalDate.of(2026, 2, 18)), profile.from());
        assertEquals(Optional.of(LocalDate.of(2026, 4, 4)), profile.to());
        assertEquals(LocalDate.of(2026, 4, 4), profiles.last());
    }

    @Test
    void on_a_holiday_only_holiday_windows_hold_and_only_that_day() {
        BoardProfiles profiles = of(
                List.of(TODAY),
                schedule(1, new Window(WEEKDAYS, 480, 1080), new Window(Window.HOLIDAY, 600, 660)),
                schedule(2, new Window(WEEKDAYS, 480, 1080)));
        profiles.of(Set.of(1));
        profiles.of(Set.of(2));
        BoardProfile open = profiles.profiles().get(2);
        assertEquals(List.of(part("10:00", "10:59")), open.segments());
        assertEquals(Optional.of(TODAY), open.from());
        assertEquals(Optional.of(TODAY), open.to());
        BoardProfile shut = profiles.profiles().get(3);
        assertEquals(Set.of(), shut.days());
        assertEquals(List.of(), shut.segments());
    }

    @Test
    void a_schedule_nobody_sent_holds_never() {
        BoardProfiles profiles = of(List.of());
        profiles.of(Set.of(77));
        assertEquals(Set.of(), profiles.profiles().get(2).days());
    }

    @Test
    void a_window_of_one_minute_is_left_out() {
        BoardProfiles profiles = of(List.of(), schedule(1, new Window(1, 60, 61)));
        profiles.of(Set.of(1));
        assertEquals(List.of(), profiles.profiles().get(2).segments());
    }

    @Test
    void room_for_profiles_ends_at_254_and_a_chain_is_never_cut() {
        List<Schedule> schedules = new ArrayList<>();
        for (int id = 1; id <= 200; id++) {
            schedules.add(schedule(id, new Window(1, id, id + 2), new Window(2, id, id + 3)));
        }
        BoardProfiles profiles = of(List.of(), schedules.toArray(Schedule[]::new));
        int given = 0;
        for (int id = 1; id <= 200; id++) {
            given += profiles.of(Set.of(id)).isPresent() ? 1 : 0;
        }
        assertEquals(126, given, "253 ids, two a schedule");
        assertTrue(profiles.profiles().values().stream()
                .allMatch(
                        profile -> profile.linked() == 0 || profiles.profiles().containsKey(profile.linked())));
    }

    @Test
    void the_same_schedules_are_the_same_profile() {
        BoardProfiles profiles = of(List.of(), schedule(1, new Window(1, 60, 120)));
        assertEquals(profiles.of(Set.of(1)), profiles.of(Set.of(1)));
        assertEquals(1, profiles.profiles().size());
    }

    @Test
    void schedules_keep_the_ids_they_had_and_new_ones_take_ids_nobody_had() {
        Map<Integer, Schedule> schedules = new HashMap<>();
        for (int id = 1; id <= 3; id++) {
            schedules.put(id, schedule(id, new Window(1, 60 * id, 60 * id + 30)));
        }
        BoardProfiles profiles =
                new BoardProfiles(schedules, List.of(), TODAY, Map.of(2, Set.of(7), 3, Set.of(2), 4, Set.of(3)));
        assertEquals(Optional.of(5), profiles.of(Set.of(1)));
        assertEquals(Optional.of(3), profiles.of(Set.of(2)));
        assertEquals(Optional.of(4), profiles.of(Set.of(3)));
    }
}
