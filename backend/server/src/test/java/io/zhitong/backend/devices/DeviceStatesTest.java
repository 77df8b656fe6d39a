package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.link.CloseReason;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.LinkSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeviceStatesTest {
    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final DeviceStates states = new DeviceStates(clock);
    private final LinkSession first = TestDevices.session(1, 42);
    private final LinkSession second = TestDevices.session(2, 42);

    @Test
    void a_device_that_never_spoke_has_no_state() {
        assertThat(states.of(TestDevices.DOOR)).isEmpty();
        states.heard(first, status(0));
        states.closed(first, CloseReason.SILENT);
        assertThat(states.of(TestDevices.DOOR)).isEmpty();
    }

    @Test
    void a_heartbeat_renews_what_was_heard_and_not_since_when_it_is_connected() {
        states.opened(first);
        clock.advance(Duration.ofSeconds(3));
        states.heard(first, status(17));
        DeviceState now = states.of(TestDevices.DOOR).orElseThrow();
        assertThat(now.connected()).isTrue();
        assertThat(now.software()).isEqualTo("controller 1.2");
        assertThat(now.since()).isEqualTo("2026-05-01T08:00:00Z");
        assertThat(now.heard()).isEqualTo("2026-05-01T08:00:03Z");
        assertThat(now.status().orElseThrow().unsent()).isEqualTo(17);
    }

    @Test
    void a_closed_session_keeps_what_was_last_heard_and_says_why_it_ended() {
        states.opened(first);
        states.heard(first, status(5));
        clock.advance(Duration.ofSeconds(10));
        states.closed(first, CloseReason.SILENT);
        DeviceState now = states.of(TestDevices.DOOR).orElseThrow();
        assertThat(now.connected()).isFalse();
        assertThat(now.since()).isEqualTo("2026-05-01T08:00:10Z");
        assertThat(now.heard()).isEqualTo("2026-05-01T08:00:00Z");
        assertThat(now.closed()).hasValue(CloseReason.SILENT);
        assertThat(now.status().orElseThrow().unsent()).isEqualTo(5);
    }

    @Test
    void the_late_end_and_the_late_heartbeat_of_a_replaced_session_change_nothing() {
        states.opened(first);
        states.opened(second);
        states.heard(first, status(99));
        states.closed(first, CloseReason.REPLACED);
        DeviceState now = states.of(TestDevices.DOOR).orElseThrow();
        assertThat(now.connected()).isTrue();
        assertThat(now.status()).isEmpty();
        assertThat(now.closed()).isEmpty();
    }

    @Test
    void a_new_session_clears_the_reason_of_the_last_end() {
        states.opened(first);
        states.closed(first, CloseReason.FAULT);
        states.opened(second);
        assertThat(states.of(TestDevices.DOOR).orElseThrow().closed()).isEmpty();
    }

    @Test
    void a_neighbour_of_the_same_number_in_another_community_is_another_device() {
        states.opened(first);
        assertThat(states.of(DeviceAddress.of(2, 42))).isEmpty();
        assertThat(states.of(DeviceAddress.of(1, 43))).isEmpty();
    }

    private static DeviceStatus status(long unsent) {
        return new DeviceStatus(0, ClockQuality.HELD, unsent, unsent, 0, List.of(), List.of());
    }
}
