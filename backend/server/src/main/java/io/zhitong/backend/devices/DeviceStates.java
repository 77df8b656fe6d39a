package io.zhitong.backend.devices;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.link.CloseReason;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.LinkSession;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The present state of every device that has spoken since the start (设备在线状态). Thread-safe. */
@Component
public class DeviceStates {
    private final Map<DeviceAddress, Entry> entries = new ConcurrentHashMap<>();
    private final Clock clock;

    DeviceStates(Clock clock) {
        this.clock = clock;
    }

    /** Empty for a device that has not spoken since the backend started. */
    public Optional<DeviceState> of(DeviceAddress device) {
        return Optional.ofNullable(entries.get(device)).map(Entry::state);
    }

    void opened(LinkSession session) {
        Instant now = clock.instant();
        DeviceState state = new DeviceState(
                session.address(), true, now, now, session.hello().software(), Optional.empty(), Optional.empty());
        entries.put(session.address(), new Entry(session.number(), state));
    }

    void heard(LinkSession session, DeviceStatus status) {
        entries.computeIfPresent(
                session.address(),
                (device, entry) -> entry.ofSession(session)
                        ? entry.with(new DeviceState(
                                device,
                                true,
                                entry.state().since(),
                                clock.instant(),
                                entry.state().software(),
                                Optional.of(status),
                                Optional.empty()))
                        : entry);
    }

    /** The end of a session that a newer one has replaced changes nothing. */
    void closed(LinkSession session, CloseReason reason) {
        entries.computeIfPresent(
                session.address(),
                (device, entry) -> entry.ofSession(session)
                        ? entry.with(new DeviceState(
                                device,
                                false,
                                clock.instant(),
                                entry.state().heard(),
                                entry.state().software(),
                                entry.state().status(),
                                Optional.of(reason)))
                        : entry);
    }

    private record Entry(long session, DeviceState state) {
        boolean ofSession(LinkSession other) {
            return session == other.number();
        }

        Entry with(DeviceState next) {
            return new Entry(session, next);
        }
    }
}
