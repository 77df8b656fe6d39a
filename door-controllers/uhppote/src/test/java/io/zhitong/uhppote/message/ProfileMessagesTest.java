package io.zhitong.uhppote.message;

import static io.zhitong.uhppote.message.Wire.answers;
import static io.zhitong.uhppote.message.Wire.asks;
import static io.zhitong.uhppote.message.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.uhppote.message.BoardProfile.Segment;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Frames: uhppoted-lib-python, stub.py, test_encode.py, test_decode.py. */
final class ProfileMessagesTest {
    private static final long BOARD = 405419896;
    private static final Set<DayOfWeek> ODD_DAYS = Set.of(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY, DayOfWeek.FRIDAY);

    private static Segment part(String start, String end) {
        return new Segment(LocalTime.parse(start), LocalTime.parse(end));
    }

    private static Optional<LocalDate> day(String day) {
        return Optional.of(LocalDate.parse(day));
    }

    @Test
    void a_profile_is_days_segments_and_the_next_profile() {
        BoardProfile profile = new BoardProfile(
                37,
                day("2024-11-26"),
                day("2024-12-29"),
                Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.THURSDAY, DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                List.of(part("08:30", "09:45"), part("11:35", "13:15"), part("14:01", "17:59")),
                19);
        SetProfile set = new SetProfile(BOARD, profile);
        asks(
                set,
                SetProfile::decode,
                "17880000 78372a18 25 20241126 20241229 01010001000101 08300945 11351315 14011759 13");
        answers(new Done(Function.SET_PROFILE, BOARD, true), set, "17880000 78372a18 01");
    }

    @Test
    void a_profile_is_read_back_and_its_empty_segments_are_left_out() {
        asks(new GetProfile(BOARD, 29), GetProfile::decode, "17980000 78372a18 1d");
        byte[] seen = frame("17980000 78372a18 1d 20210401 20211231 01000100010000 08301130 00000000 13451700 03");
        BoardProfile held = new BoardProfile(
                29,
                day("2021-04-01"),
                day("2021-12-31"),
                ODD_DAYS,
                List.of(part("08:30", "11:30"), part("13:45", "17:00")),
                3);
        assertEquals(new ProfileAnswer(BOARD, Optional.of(held)), new GetProfile(BOARD, 29).answer(seen));
        answers(
                new ProfileAnswer(BOARD, Optional.of(held)),
                new GetProfile(BOARD, 29),
                "17980000 78372a18 1d 20210401 20211231 01000100010000 08301130 13451700 00000000 03");
    }

    @Test
    void a_profile_that_is_not_there_has_id_0() {
        answers(new ProfileAnswer(BOARD, Optional.empty()), new GetProfile(BOARD, 30), "17980000 78372a18");
    }

    @Test
    void a_profile_without_days_of_validity_is_read_without_them() {
        BoardProfile held = new GetProfile(BOARD, 29)
                .answer(frame("17980000 78372a18 1d 20000000 20000000 01000100010000 08301130 00000000 13451700 03"))
                .profile()
                .orElseThrow();
        assertEquals(Optional.empty(), held.from());
        assertEquals(Optional.empty(), held.to());
    }

    @Test
    void profiles_are_cleared_with_the_guard_word() {
        asks(new ClearProfiles(BOARD), ClearProfiles::decode, "178a0000 78372a18 55aaaa55");
        answers(new Done(Function.CLEAR_PROFILES, BOARD, true), new ClearProfiles(BOARD), "178a0000 78372a18 01");
        DeviceMessagesTest.refusesWithoutGuard(() -> ClearProfiles.decode(frame("178a0000 78372a18")));
    }

    @Test
    void a_task_is_done_at_a_minute_of_some_days() {
        BoardTask task = new BoardTask(
                day("2021-01-01"),
                day("2021-12-31"),
                ODD_DAYS,
                LocalTime.of(8, 30),
                3,
                BoardTask.Action.PROFILES_ON,
                17);
        AddTask add = new AddTask(BOARD, task);
        asks(add, AddTask::decode, "17a80000 78372a18 20210101 20211231 01000100010000 0830 03 04 11");
        answers(new Done(Function.ADD_TASK, BOARD, true), add, "17a80000 78372a18 01");
        assertThrows(
                FrameException.class,
                () -> AddTask.decode(frame("17a80000 78372a18 20210101 20211231 01000100010000 0830 03 0d 11")));
    }

    @Test
    void the_list_of_tasks_is_emptied_and_put_in_force_with_the_guard_word() {
        asks(new ClearTasks(BOARD), ClearTasks::decode, "17a60000 78372a18 55aaaa55");
        answers(new Done(Function.CLEAR_TASKS, BOARD, true), new ClearTasks(BOARD), "17a60000 78372a18 01");
        asks(new RefreshTasks(BOARD), RefreshTasks::decode, "17ac0000 78372a18 55aaaa55");
        answers(new Done(Function.REFRESH_TASKS, BOARD, true), new RefreshTasks(BOARD), "17ac0000 78372a18 01");
    }

    @Test
    void segments_are_whole_minutes_and_begin_before_they_end() {
        assertThrows(FrameException.class, () -> part("10:00", "10:00"));
        assertThrows(FrameException.class, () -> part("10:01", "10:00"));
        assertThrows(FrameException.class, () -> part("10:00:30", "11:00"));
        assertThrows(
                FrameException.class,
                () -> SetProfile.decode(frame("17880000 78372a18 1d 20210101 20211231 01000100010000 24000100")));
    }

    @Test
    void profiles_are_2_to_254() {
        for (int id : new int[] {0, 1, 255}) {
            assertThrows(FrameException.class, () -> new GetProfile(BOARD, id));
        }
        assertThrows(
                FrameException.class,
                () -> new BoardProfile(2, day("2021-01-01"), day("2021-01-02"), ODD_DAYS, List.of(), 1));
    }
}
