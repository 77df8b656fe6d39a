package io.zhitong.backend.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Counting what some devices sent in some time. */
@BothDatabases
final class EventCountTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final DeviceId DOOR = new DeviceId(42);
    private static final DeviceId OTHER = new DeviceId(44);

    private final FakeClock clock = new FakeClock("2026-05-01T23:30:00Z");
    private final TestEvents events;

    EventCountTest(TestDatabase database) {
        events = new TestEvents(database, (device, message, signature) -> true, clock);
    }

    @Test
    void of_one_kind_from_chosen_devices_within_the_time_over_midnight() {
        Instant start = clock.instant();
        send(42, 0x77, 2);
        clock.advance(Duration.ofHours(1)); // another day of receipt
        send(42, 0x78, 3);
        send(44, 0x79, 4);
        Instant end = clock.instant().plusSeconds(1);
        assertThat(count(start, end, Set.of(DOOR))).isEqualTo(5);
        assertThat(count(start, end, Set.of(DOOR, OTHER))).isEqualTo(9);
        assertThat(count(start.plusSeconds(1), end, Set.of(DOOR))).isEqualTo(3);
        assertThat(count(start, clock.instant(), Set.of(DOOR))).isEqualTo(2);
        assertThat(count(start, end, Set.of())).isZero();
        assertThat(events.reader().count(ONE, start, end, EventKind.ACCESS_GRANTED, Set.of(DOOR)))
                .isZero();
    }

    private long count(Instant from, Instant until, Set<DeviceId> devices) {
        return events.reader().count(ONE, from, until, EventKind.ACCESS_DENIED, devices);
    }

    private void send(long device, long id, int count) {
        TestJournal journal = new TestJournal(1, device, id);
        for (int i = 0; i < count; i++) {
            journal.write(EventKind.ACCESS_DENIED, 1, new byte[0]);
        }
        events.append(journal, journal.records());
    }
}
