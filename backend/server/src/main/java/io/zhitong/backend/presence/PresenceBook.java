package io.zhitong.backend.presence;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.backend.events.EventConsumer;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.cardspec.CredentialNumber;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Reads from the event store where people are (在场账). A grant at a point that leads into another area counts as a passage;
 * "nobody came through" takes it back. The latest passage by its own time stands, in whatever order devices delivered. Where a
 * point leads is told by the configuration its device held at that event, so that reading all again comes to the same.
 */
@Component
class PresenceBook implements EventConsumer {
    static final String NAME = "presence";

    private final PresenceRows rows;
    private final PointPlaces places;
    private final Subjects subjects;
    private final LimitedUses uses;

    PresenceBook(PresenceRows rows, PointPlaces places, Subjects subjects, LimitedUses uses) {
        this.uses = uses;
        this.rows = rows;
        this.places = places;
        this.subjects = subjects;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(
                EventKind.LIST_INSTALLED,
                EventKind.ACCESS_GRANTED,
                EventKind.POINT_OPENED,
                EventKind.PASSED,
                EventKind.NOT_OPENED);
    }

    @Override
    public void consume(CommunityId community, List<StoredEvent> events) {
        Set<Long> touched = new Batch(community, events).read();
        touched.forEach(subject -> rows.settle(community, subject));
        if (!touched.isEmpty()) {
            rows.changed(community);
        }
    }

    /** When it happened; a clock that is unknown or in advance says less than the receipt. */
    static long moment(StoredEvent event) {
        long received = event.received().toEpochMilli();
        boolean known = event.record().quality() != ClockQuality.UNKNOWN;
        return known ? Math.min(received, event.happened().toEpochMilli()) : received;
    }

    /** A body that this version cannot read says nothing. */
    private static <T> Optional<T> told(Octets body, Function<byte[], T> decoder) {
        try {
            return Optional.of(decoder.apply(body.toByteArray()));
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    private final class Batch {
        private final CommunityId community;
        private final List<StoredEvent> events;
        private final Map<CredentialNumber, Long> known;
        private final Map<DeviceAddress, Optional<ListVersion>> points = new HashMap<>();
        private final Set<Long> touched = new HashSet<>();
        private final Set<CredentialNumber> limited;

        Batch(CommunityId community, List<StoredEvent> events) {
            this.community = community;
            this.events = events;
            Set<CredentialNumber> credentials = events.stream()
                    .flatMap(event -> credential(event.record()).stream())
                    .collect(Collectors.toSet());
            known = subjects.of(community, credentials);
            limited = uses.limited(community);
        }

        Set<Long> read() {
            events.forEach(this::read);
            return touched;
        }

        private void read(StoredEvent event) {
            JournalRecord record = event.record();
            DeviceAddress device = new DeviceAddress(community, record.device());
            if (record.kind() == EventKind.LIST_INSTALLED) {
                told(record.body(), ListEvent::decode)
                        .filter(told -> told.list() == ListKind.POINTS)
                        .ifPresent(told -> configured(device, told.version()));
                return;
            }
            PointPlace place = version(device)
                    .map(version -> places.of(device, version, record.point()))
                    .orElse(PointPlace.NOWHERE);
            if (!limited.isEmpty() && record.kind() == EventKind.ACCESS_GRANTED) {
                told(record.body(), AccessEvent::decode)
                        .ifPresent(granted -> uses.granted(device, granted, place, limited));
            }
            if (PointPlaces.leads(place)) {
                moved(event, device, place.toArea());
            }
        }

        private void moved(StoredEvent event, DeviceAddress device, int area) {
            JournalRecord record = event.record();
            switch (record.kind()) {
                case ACCESS_GRANTED -> credential(record).ifPresent(number -> passed(event, area, number));
                case NOT_OPENED -> touched.addAll(rows.takeBack(device, record.point(), event.position()));
                default -> rows.opened(device, record.point(), event.position());
            }
        }

        private void passed(StoredEvent event, int area, CredentialNumber credential) {
            JournalRecord record = event.record();
            long subject = known.getOrDefault(credential, credential.value());
            rows.insert(
                    community,
                    new Passage(
                            subject,
                            event.position(),
                            moment(event),
                            area,
                            record.device(),
                            record.point(),
                            credential));
            touched.add(subject);
        }

        private void configured(DeviceAddress device, ListVersion version) {
            rows.points(device, version);
            points.put(device, Optional.of(version));
        }

        private Optional<ListVersion> version(DeviceAddress device) {
            return points.computeIfAbsent(device, rows::points);
        }
    }

    private static Optional<CredentialNumber> credential(JournalRecord record) {
        return record.kind() == EventKind.ACCESS_GRANTED
                ? told(record.body(), AccessEvent::decode).flatMap(AccessEvent::credential)
                : Optional.empty();
    }
}
