package io.zhitong.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class BusinessDaysTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate D20 = LocalDate.of(2026, 11, 20);
    private static final LocalDate D21 = LocalDate.of(2026, 11, 21);

    @Test
    void midnight_in_shanghai_is_four_in_the_afternoon_before_in_utc() {
        BusinessDays days = new BusinessDays(SHANGHAI, LocalTime.MIDNIGHT);
        assertThat(days.dayOf(Instant.parse("2026-11-20T15:59:59.999Z"))).isEqualTo(D20);
        assertThat(days.dayOf(Instant.parse("2026-11-20T16:00:00Z"))).isEqualTo(D21);
        assertThat(days.endOf(D20)).isEqualTo("2026-11-20T16:00:00Z");
    }

    @Test
    void late_cut_off_keeps_the_small_hours_on_the_day_before() {
        BusinessDays days = new BusinessDays(SHANGHAI, LocalTime.of(2, 0));
        assertThat(days.dayOf(Instant.parse("2026-11-20T17:59:59Z"))).isEqualTo(D20);
        assertThat(days.dayOf(Instant.parse("2026-11-20T18:00:00Z"))).isEqualTo(D21);
        assertThat(days.endOf(D20)).isEqualTo("2026-11-20T18:00:00Z");
    }

    @Test
    void early_cut_off_moves_the_evening_to_the_day_after() {
        BusinessDays days = new BusinessDays(SHANGHAI, LocalTime.of(23, 0));
        assertThat(days.dayOf(Instant.parse("2026-11-20T14:59:59Z"))).isEqualTo(D20);
        assertThat(days.dayOf(Instant.parse("2026-11-20T15:00:00Z"))).isEqualTo(D21);
        assertThat(days.endOf(D20)).isEqualTo("2026-11-20T15:00:00Z");
    }
}
