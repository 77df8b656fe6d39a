package io.zhitong.backend.parking;

import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.backend.access.CredentialBook;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which cars are in which lot, and the guard's word when that is wrong (在场车辆与更正). */
@Component
public class Cars {
    /** A car that came in longer ago has perhaps left without being seen. */
    private static final Duration STALE = Duration.ofDays(7);

    private final CarRows rows;
    private final Lanes lanes;
    private final DeviceLists lists;
    private final ObjectProvider<CredentialBook> books;
    private final AuditLog audit;
    private final TimeOrderedIds ids;
    private final Clock clock;

    Cars(
            CarRows rows,
            Lanes lanes,
            DeviceLists lists,
            ObjectProvider<CredentialBook> books,
            AuditLog audit,
            TimeOrderedIds ids,
            Clock clock) {
        this.rows = rows;
        this.lanes = lanes;
        this.lists = lists;
        this.books = books;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** In the order of their lots, who came first standing first. */
    public List<CarInside> inside(CommunityId community) {
        return rows.all(community);
    }

    public boolean stale(CarInside car) {
        return car.since().plus(STALE).isBefore(clock.instant());
    }

    /** The lots that lanes lead into, with their names. */
    public Map<Integer, String> lots(CommunityId community) {
        Map<Integer, String> names = new TreeMap<>();
        lanes.lots(community)
                .forEach((device, own) -> own.forEach(lot -> names.merge(
                        lot,
                        name(device, lot).orElse("#" + lot),
                        (before, now) -> before.startsWith("#") ? now : before)));
        return names;
    }

    private Optional<String> name(DeviceRow device, int lot) {
        return lists.newest(device.address(), ListKind.AREAS).stream()
                .flatMap(list -> list.records(AreaRecord.class).stream())
                .filter(area -> area.area() == lot)
                .map(AreaRecord::name)
                .findFirst();
    }

    /** Whose credential it is. */
    public Optional<PersonId> person(CommunityId community, CredentialNumber credential) {
        return books.stream()
                .flatMap(book -> book.holder(community, credential).stream())
                .findFirst();
    }

    /**
     * The guard saw that a car is not inside any more.
     *
     * @return nothing if no such car is inside
     */
    @Transactional
    public Optional<CarInside> gone(CommunityId community, CredentialNumber credential, Actor who, String why) {
        Optional<CarInside> before = rows.car(community, credential);
        before.ifPresent(car -> correct(community, car, 0, who, why));
        return before;
    }

    /**
     * The guard saw a car inside that no lane has told of, or let it in by hand.
     *
     * @param plate not empty; of a car that is inside already: it is in this lot from now on
     */
    @Transactional
    public CarInside found(CommunityId community, String plate, int lot, Actor who, String why) {
        String read = plate.strip().toUpperCase(Locale.ROOT).replace('\0', '\uFFFD');
        CarInside car = rows.ofPlate(community, read).stream()
                .findFirst()
                .orElseGet(() -> new CarInside(
                        CarPassage.madeUp(read),
                        0,
                        clock.instant(),
                        read,
                        CarrierKind.PLATE,
                        Optional.empty(),
                        PointId.DEVICE));
        return correct(community, car, lot, who, why);
    }

    private CarInside correct(CommunityId community, CarInside car, int lot, Actor who, String why) {
        Instant now = clock.instant();
        CarInside found =
                new CarInside(car.credential(), lot, now, car.plate(), car.carrier(), Optional.empty(), PointId.DEVICE);
        rows.insert(community, ids.next(), found, who.name(), why.replace('\0', '\uFFFD'));
        rows.settle(community, car.credential());
        rows.changed(community);
        audit.record(
                community,
                who,
                "car.correct",
                "car " + car.credential() + " " + car.plate(),
                "lot " + car.lot(),
                "lot " + lot + " " + why);
        return found;
    }
}
