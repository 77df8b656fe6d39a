package io.zhitong.backend.presence;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.backend.devices.DeviceState;
import io.zhitong.backend.devices.DeviceStates;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.events.EventReader;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.link.DeviceStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Devices at the borders of areas, and up to when all of them have been heard (边界设备). */
@Component
class Borders {
    /** A device that is connected has told what happened, but for what is on its way. */
    private static final long ON_ITS_WAY = 50;

    /** So far a reader of events may be behind. */
    private static final long BEHIND = 1000;

    private final Estate estate;
    private final PointPlaces places;
    private final DeviceStates states;
    private final EventReader events;
    private final PresenceRows rows;

    Borders(Estate estate, PointPlaces places, DeviceStates states, EventReader events, PresenceRows rows) {
        this.estate = estate;
        this.places = places;
        this.states = states;
        this.events = events;
        this.rows = rows;
    }

    /** Devices with a point that leads from one area into another, as they should be configured now. */
    List<DeviceRow> devices(CommunityId community) {
        return estate.devices(community).stream()
                .filter(device -> device.kind() == DeviceKind.CONTROLLER)
                .filter(device ->
                        places.newest(device.address()).values().stream().anyMatch(PointPlaces::leads))
                .toList();
    }

    /** Nothing while all of them are heard and what they told is read; a device that never came counts for nothing. */
    Optional<Instant> heardUpTo(CommunityId community, Collection<DeviceRow> devices) {
        Map<DeviceAddress, DeviceState> known = states.of(community);
        List<Instant> ends = new ArrayList<>();
        for (DeviceRow device : devices) {
            Optional.ofNullable(known.get(device.address()))
                    .flatMap(Borders::lastHeard)
                    .ifPresent(ends::add);
        }
        unread(community).ifPresent(ends::add);
        return ends.stream().min(Comparator.naturalOrder());
    }

    private static Optional<Instant> lastHeard(DeviceState state) {
        boolean all = state.status().map(DeviceStatus::unsent).orElse(Long.MAX_VALUE) <= ON_ITS_WAY;
        if (state.connected() && all) {
            return Optional.empty();
        }
        return Optional.of(state.connected() || state.closed().isPresent() ? state.since() : state.heard());
    }

    private Optional<Instant> unread(CommunityId community) {
        long read = rows.readUpTo(community);
        return events.newest(community) - read <= BEHIND
                ? Optional.empty()
                : Optional.of(
                        events.at(community, read).map(StoredEvent::received).orElse(Instant.EPOCH));
    }
}
