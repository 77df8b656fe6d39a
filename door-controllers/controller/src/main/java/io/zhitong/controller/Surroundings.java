package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.decision.Listed;
import io.zhitong.decision.SiteState;
import io.zhitong.decision.Tally;
import io.zhitong.points.DoorState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How the site stands around one point (门点周围的现场): put together for each decision from what the device knows. Thread-safe. */
final class Surroundings {

    private final Supplier<DoorPolicy> policy;
    private final Doors doors;
    private final SiteOrders orders;
    private final Presence presence;
    private final DoorClock clock;
    private final LongSupplier silence;

    /** @param silence seconds since the last word of the backend */
    Surroundings(
            Supplier<DoorPolicy> policy,
            Doors doors,
            SiteOrders orders,
            Presence presence,
            DoorClock clock,
            LongSupplier silence) {
        this.policy = policy;
        this.doors = doors;
        this.orders = orders;
        this.presence = presence;
        this.clock = clock;
        this.silence = silence;
    }

    SiteState at(PointId point, boolean first, Optional<Listed> who) {
        Instant now = clock.now();
        Optional<Presence.Person> person = who.map(Presence.Person::of);
        Optional<Presence.Seen> seen = person.flatMap(presence::of);
        long silent = silence.getAsLong();
        return new SiteState(
                first,
                orders.threat(place(point)),
                Tally.of(doors.burning()),
                Tally.of(doors.open()),
                seen.map(Presence.Seen::area).orElse(SiteState.NOWHERE),
                seen.map(Presence.Seen::since).orElse(0L),
                presence.age(person, now, silent),
                presence.counts(),
                silent);
    }

    /** How the other doors of a point's interlock stand. */
    List<DoorState> others(PointId point) {
        return doors.others(point);
    }

    /** Somebody came through a point. */
    void passed(PointId point, Listed who) {
        PointPlace place = place(point);
        if (place.fromArea() != place.toArea()) {
            presence.passed(Presence.Person.of(who), place.toArea(), clock.now(), clock.quality());
        }
    }

    private PointPlace place(PointId point) {
        return policy.get().rules().point(point).map(PointRecord::place).orElse(PointPlace.NOWHERE);
    }
}
