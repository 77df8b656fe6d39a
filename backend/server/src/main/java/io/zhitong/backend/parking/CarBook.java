package io.zhitong.backend.parking;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.backend.events.EventConsumer;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.cardspec.CredentialNumber;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads from the event store which cars are inside (在场车辆账): a grant at a lane is a passage, "nobody came through" takes it back,
 * each event counts once by its position. The latest passage by its own time stands, in whatever order devices delivered. A lane
 * leads where the newest list of points says when its event is read.
 */
@Component
class CarBook implements EventConsumer {
    private final CarRows rows;
    private final Lanes lanes;

    CarBook(CarRows rows, Lanes lanes) {
        this.rows = rows;
        this.lanes = lanes;
    }

    @Override
    public String name() {
        return "cars";
    }

    @Override
    public Set<EventKind> kinds() {
        return Set.of(EventKind.ACCESS_GRANTED, EventKind.POINT_OPENED, EventKind.PASSED, EventKind.NOT_OPENED);
    }

    @Override
    public void consume(CommunityId community, List<StoredEvent> events) {
        Map<DeviceAddress, Map<PointId, PointPlace>> known = new HashMap<>();
        boolean changed = false;
        for (StoredEvent event : events) {
            JournalRecord record = event.record();
            DeviceAddress device = new DeviceAddress(community, record.device());
            PointPlace place = known.computeIfAbsent(device, lanes::of).get(record.point());
            if (place != null) {
                changed |= read(event, device, place);
            }
        }
        if (changed) {
            rows.changed(community);
        }
    }

    private boolean read(StoredEvent event, DeviceAddress device, PointPlace place) {
        JournalRecord record = event.record();
        return switch (record.kind()) {
            case ACCESS_GRANTED ->
                told(record).map(told -> passed(event, told, place)).orElse(false);
            case NOT_OPENED -> {
                List<CredentialNumber> cars = rows.takeBack(device, record.point(), event.position());
                cars.forEach(car -> rows.settle(device.community(), car));
                yield !cars.isEmpty();
            }
            default -> {
                rows.opened(device, record.point(), event.position());
                yield false;
            }
        };
    }

    /** A body that this version cannot read says nothing. */
    private static Optional<AccessEvent> told(JournalRecord record) {
        try {
            return Optional.of(AccessEvent.decode(record.body().toByteArray()));
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    private boolean passed(StoredEvent event, AccessEvent told, PointPlace place) {
        CommunityId community = event.record().community();
        String plate = told.site().map(site -> site.seen().plate()).orElse("");
        if (told.credential().isEmpty() && plate.isEmpty()) {
            return false; // nobody knows which car that was
        }
        Set<CredentialNumber> cars = cars(community, told, plate);
        boolean first = true;
        for (CredentialNumber car : cars) {
            // A car is in one place: what else is inside under its plate has left without being seen.
            rows.insert(community, passage(event, told, car, first ? place.toArea() : PointPlace.OUTSIDE, plate));
            rows.settle(community, car);
            first = false;
        }
        return true;
    }

    /** The one that passed first, then others that are inside under the same plate. */
    private Set<CredentialNumber> cars(CommunityId community, AccessEvent told, String plate) {
        Set<CredentialNumber> cars = new LinkedHashSet<>();
        cars.add(told.credential().orElseGet(() -> CarPassage.madeUp(plate)));
        rows.ofPlate(community, plate).forEach(car -> cars.add(car.credential()));
        return cars;
    }

    private static CarPassage passage(
            StoredEvent event, AccessEvent told, CredentialNumber car, int lot, String plate) {
        boolean byPlate = told.method() == AccessMethod.PLATE
                || told.site().map(site -> site.seen().plateAlone()).orElse(false);
        return new CarPassage(
                car,
                event.position(),
                moment(event),
                lot,
                plate,
                byPlate ? CarrierKind.PLATE : CarrierKind.CARD,
                event.record().device(),
                event.record().point());
    }

    /** When it happened; a clock that is unknown or in advance says less than the receipt. */
    private static long moment(StoredEvent event) {
        long received = event.received().toEpochMilli();
        boolean known = event.record().quality() != ClockQuality.UNKNOWN;
        return known ? Math.min(received, event.happened().toEpochMilli()) : received;
    }
}
