package io.zhitong.backend.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.testing.FakeClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against RFC 9562 §5.7 and its example A.6. */
final class TimeOrderedIdsTest {
    @Test
    void an_identifier_is_of_version_7_and_variant_2_and_begins_with_its_millisecond() {
        // The time of the example: 017F22E279B0 = 2022-02-22 14:22:22 -05:00.
        UUID id = new TimeOrderedIds(new FakeClock("2022-02-22T19:22:22Z")).next();
        assertThat(id.toString()).startsWith("017f22e2-79b0-7");
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void later_identifiers_sort_behind_earlier_ones_as_text_and_as_bytes() {
        FakeClock clock = new FakeClock("2026-12-31T23:59:59.990Z");
        TimeOrderedIds ids = new TimeOrderedIds(clock);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            made.add(ids.next().toString());
            clock.advance(Duration.ofMillis(1));
        }
        assertThat(made).isSorted();
    }

    @Test
    void within_one_millisecond_no_two_are_alike_even_for_eight_threads() {
        TimeOrderedIds ids = new TimeOrderedIds(Clock.fixed(Instant.EPOCH, java.time.ZoneOffset.UTC));
        List<UUID> made =
                IntStream.range(0, 20_000).parallel().mapToObj(i -> ids.next()).toList();
        Set<UUID> different = new HashSet<>(made);
        assertThat(different).hasSize(20_000).allMatch(id -> id.version() == 7 && id.variant() == 2);
    }
}
