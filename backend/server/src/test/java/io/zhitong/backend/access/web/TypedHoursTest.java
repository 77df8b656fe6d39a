package io.zhitong.backend.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TypedHoursTest {
    @Test
    void windows_are_days_and_hours_one_a_line_or_behind_a_comma() {
        assertThat(TypedHours.windows("12345 08:00-18:00\n67H 9:30 - 12:00，7H 13:00-24:00"))
                .containsExactly(
                        new Schedule.Window(0x1F, 480, 1_080),
                        new Schedule.Window(0xE0, 570, 720),
                        new Schedule.Window(0xC0, 780, 1_440));
        assertThat(TypedHours.windows(" \n ")).isEmpty();
        assertThat(TypedHours.windows("H 00:00-24:00,H 00:00-24:00")).hasSize(1);
    }

    @Test
    void what_was_typed_is_shown_as_it_is_read() {
        Schedule schedule = new Schedule(3, TypedHours.windows("12345 08:00-18:00\n67H 09:30-24:00"));
        assertThat(TypedHours.windows(TypedHours.words(schedule))).isEqualTo(schedule.windows());
        assertThat(TypedHours.words(schedule)).isEqualTo("12345 08:00-18:00\n67H 09:30-24:00");
    }

    @Test
    void what_is_no_window_is_refused() {
        for (String junk :
                List.of("8:00-18:00", "8 08:00-18:00", "1 18:00-08:00", "1 08:60-18:00", "1 25:00-26:00", "x")) {
            assertThatThrownBy(() -> new Schedule(1, TypedHours.windows(junk)))
                    .as(junk)
                    .isInstanceOfAny(IllegalArgumentException.class, io.zhitong.accessmodel.ModelException.class);
        }
    }

    @Test
    void floors_are_numbers_and_ranges() {
        assertThat(TypedHours.floors("1-3, 9，12")).containsExactly(1, 2, 3, 9, 12);
        assertThat(TypedHours.floors("")).isEmpty();
        assertThatThrownBy(() -> TypedHours.floors("B1")).isInstanceOf(IllegalArgumentException.class);
    }
}
