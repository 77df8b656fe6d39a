package io.zhitong.backend.presence;

import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.events.EventSubscriptions;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.people.PersonId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who is in which area, since when, seen last where (点名). */
@Component
public class RollCall {
    public static final long EVERYBODY = 0;

    private final PresenceRows rows;
    private final Subjects subjects;
    private final DeviceLists lists;
    private final Estate estate;
    private final EventSubscriptions subscriptions;
    private final AuditLog audit;
    private final TimeOrderedIds ids;
    private final Clock clock;

    RollCall(
            PresenceRows rows,
            Subjects subjects,
            DeviceLists lists,
            Estate estate,
            EventSubscriptions subscriptions,
            AuditLog audit,
            TimeOrderedIds ids,
            Clock clock) {
        this.rows = rows;
        this.subjects = subjects;
        this.lists = lists;
        this.estate = estate;
        this.subscriptions = subscriptions;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * An area and who is in it, who came first standing first.
     *
     * @param configured nothing for an area that no device's list holds any more
     */
    public record Area(int number, Optional<AreaRecord> configured, List<Whereabouts> inside) {
        public Area {
            inside = List.copyOf(inside);
        }

        public boolean full() {
            return configured
                    .filter(area -> area.capacity() > 0 && inside.size() >= area.capacity())
                    .isPresent();
        }
    }

    /** Every area that is configured or has somebody in it, by its number; outside is none. */
    public List<Area> areas(CommunityId community) {
        Map<Integer, AreaRecord> configured = configured(community);
        Map<Integer, List<Whereabouts>> inside = new TreeMap<>();
        configured.keySet().forEach(area -> inside.put(area, new ArrayList<>()));
        rows.all(community).stream()
                .filter(each -> each.area() != PointPlace.OUTSIDE)
                .sorted(Comparator.comparing(Whereabouts::since).thenComparing(Whereabouts::subject))
                .forEach(each -> inside.computeIfAbsent(each.area(), any -> new ArrayList<>())
                        .add(each));
        return inside.entrySet().stream()
                .map(each ->
                        new Area(each.getKey(), Optional.ofNullable(configured.get(each.getKey())), each.getValue()))
                .toList();
    }

    /** As the devices' newest lists have them. */
    private Map<Integer, AreaRecord> configured(CommunityId community) {
        Map<Integer, AreaRecord> areas = new TreeMap<>();
        for (DeviceRow device : estate.devices(community)) {
            lists.newest(device.address(), ListKind.AREAS)
                    .ifPresent(list -> list.records(AreaRecord.class).forEach(area -> areas.put(area.area(), area)));
        }
        return areas;
    }

    /** Whose credential led there. */
    public Optional<PersonId> person(CommunityId community, Whereabouts at) {
        return subjects.person(community, at.credential());
    }

    /**
     * A person found somebody elsewhere than the passages say: from now on he is there, and devices are told so.
     *
     * @param area 0 = outside
     * @return nothing if no passage of such a subject is known
     */
    @Transactional
    public Optional<Whereabouts> correct(CommunityId community, long subject, int area, Actor who, String why) {
        Optional<Whereabouts> before = rows.all(community).stream()
                .filter(each -> each.subject() == subject)
                .findFirst();
        before.ifPresent(was -> {
            Whereabouts found =
                    new Whereabouts(subject, area, clock.instant(), Optional.empty(), PointId.DEVICE, was.credential());
            rows.insert(community, ids.next(), found, who.name(), why.replace('\0', '\uFFFD'));
            rows.settle(community, subject);
            rows.changed(community);
            audit.record(
                    community,
                    who,
                    "presence.correct",
                    "subject " + subject,
                    "area " + was.area(),
                    "area " + area + " " + why);
        });
        return before;
    }

    /**
     * Passages up to now bar nobody's way any longer (反潜回赦免): devices are told nothing of them until somebody is seen again. The
     * roll call keeps them, who is inside is still inside. What a device saw itself it forgets by a command.
     *
     * @param holder as devices know him, {@link #EVERYBODY} = all
     */
    @Transactional
    public void forgive(CommunityId community, long holder, Actor who, String why) {
        rows.forgive(community, ids.next(), holder, clock.instant(), who.name(), why.replace('\0', '\uFFFD'));
        rows.changed(community);
        audit.record(
                community, who, "presence.amnesty", holder == EVERYBODY ? "everybody" : "holder " + holder, "", why);
    }

    /** Forgets everything but corrections and reads the events again; meanwhile the page fills up. */
    public void readAgain(CommunityId community) {
        subscriptions.rewind(PresenceBook.NAME, community, () -> {
            rows.clear(community);
            rows.corrected(community).forEach(subject -> rows.settle(community, subject));
            rows.changed(community);
        });
    }

    /** Rises with everything that changes. */
    public long changes(CommunityId community) {
        return rows.changes(community);
    }
}
