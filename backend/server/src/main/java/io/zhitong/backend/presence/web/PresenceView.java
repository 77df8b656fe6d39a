package io.zhitong.backend.presence.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.Resident;
import io.zhitong.backend.presence.RollCall;
import io.zhitong.backend.presence.Whereabouts;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the roll call shows, in words (点名页面内容). */
@Component
class PresenceView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final RollCall call;
    private final Estate estate;
    private final People people;
    private final Clock clock;

    PresenceView(RollCall call, Estate estate, People people, Clock clock) {
        this.call = call;
        this.estate = estate;
        this.people = people;
        this.clock = clock;
    }

    /** @param made when this was read, for the print */
    record Shown(long inside, String made, List<AreaLine> areas) {}

    /** @param capacity 0 = no limit */
    record AreaLine(int number, String name, int count, long capacity, boolean full, List<Line> inside) {}

    /** @param where point or device that saw the passage, empty when a person corrected */
    record Line(long subject, String name, String unit, String since, String where) {}

    Shown of(CommunityId community) {
        ZoneId zone = estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
        List<PointRow> points = estate.everyPoint(community);
        List<AreaLine> areas = call.areas(community).stream()
                .map(area -> new AreaLine(
                        area.number(),
                        area.configured().map(each -> each.name()).orElse("#" + area.number()),
                        area.inside().size(),
                        area.configured().map(each -> each.capacity()).orElse(0L),
                        area.full(),
                        area.inside().stream()
                                .map(at -> line(community, at, zone, points))
                                .toList()))
                .toList();
        return new Shown(
                areas.stream().mapToLong(AreaLine::count).sum(),
                FULL.format(clock.instant().atZone(zone)),
                areas);
    }

    private Line line(CommunityId community, Whereabouts at, ZoneId zone, List<PointRow> points) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), zone);
        var person = call.person(community, at);
        String name = person.flatMap(each -> people.name(community, each))
                .orElseGet(() -> at.credential().toString());
        String unit = person.map(each -> units(community, day, each)).orElse("");
        return new Line(at.subject(), name, unit, TIME.format(at.since().atZone(zone)), where(community, at, points));
    }

    private String units(CommunityId community, LocalDate day, PersonId person) {
        return people.residences(community, day, person).stream()
                .map(Resident::unitName)
                .findFirst()
                .orElse("");
    }

    private String where(CommunityId community, Whereabouts at, List<PointRow> points) {
        return at.device().map(device -> where(community, device, at, points)).orElse("");
    }

    private String where(CommunityId community, DeviceId device, Whereabouts at, List<PointRow> points) {
        return points.stream()
                .filter(point -> point.device().equals(device) && point.id().equals(at.point()))
                .map(PointRow::name)
                .findFirst()
                .or(() -> estate.device(new DeviceAddress(community, device)).map(DeviceRow::name))
                .orElse("#" + device.value());
    }
}
