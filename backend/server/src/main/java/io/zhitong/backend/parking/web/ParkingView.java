package io.zhitong.backend.parking.web;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.parking.CarInside;
import io.zhitong.backend.parking.Cars;
import io.zhitong.backend.parking.Space;
import io.zhitong.backend.parking.Spaces;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.Resident;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What the page of parking lots shows, in words (车场页面内容). */
@Component
class ParkingView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final int HISTORY = 20;
    private static final int MOST = 200;

    private final Cars cars;
    private final Spaces spaces;
    private final Estate estate;
    private final People people;
    private final Clock clock;

    ParkingView(Cars cars, Spaces spaces, Estate estate, People people, Clock clock) {
        this.cars = cars;
        this.spaces = spaces;
        this.estate = estate;
        this.people = people;
        this.clock = clock;
    }

    record Shown(List<LotLine> lots, List<SpaceLine> spaces, List<SpaceLine> history) {}

    /** @param shown no more than some of them, of so many */
    record LotLine(int number, String name, int count, List<CarLine> shown) {}

    /** @param who holder and unit, empty for a temporary car */
    record CarLine(String credential, String plate, String who, boolean temporary, String since, boolean stale) {}

    record SpaceLine(
            String who, int lot, String lotName, int spaces, String kind, String by, String why, String changed) {}

    Shown of(CommunityId community, Locale locale) {
        ZoneId zone = estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
        boolean english = locale.getLanguage().equals("en");
        Map<Integer, String> names = cars.lots(community);
        Map<Integer, String> lots = new TreeMap<>(names);
        List<CarInside> inside = cars.inside(community);
        inside.forEach(car -> lots.putIfAbsent(car.lot(), "#" + car.lot()));
        return new Shown(
                lots.entrySet().stream()
                        .map(lot -> lot(community, lot.getKey(), lot.getValue(), inside, zone))
                        .toList(),
                spaces.now(community).stream()
                        .map(space -> space(community, space, names, zone, english))
                        .toList(),
                spaces.history(community, HISTORY).stream()
                        .map(space -> space(community, space, names, zone, english))
                        .toList());
    }

    private LotLine lot(CommunityId community, int number, String name, List<CarInside> inside, ZoneId zone) {
        List<CarInside> own = inside.stream().filter(car -> car.lot() == number).toList();
        return new LotLine(
                number,
                name,
                own.size(),
                own.stream().limit(MOST).map(car -> car(community, car, zone)).toList());
    }

    private CarLine car(CommunityId community, CarInside car, ZoneId zone) {
        return new CarLine(
                car.credential().toString(),
                car.plate(),
                cars.person(community, car.credential())
                        .map(person -> who(community, person, zone))
                        .orElse(""),
                car.temporary(),
                time(car.since(), zone),
                cars.stale(car));
    }

    private SpaceLine space(
            CommunityId community, Space space, Map<Integer, String> names, ZoneId zone, boolean english) {
        return new SpaceLine(
                space.person().map(person -> who(community, person, zone)).orElse(""),
                space.lot(),
                names.getOrDefault(space.lot(), "#" + space.lot()),
                space.spaces(),
                english ? space.kind().english() : space.kind().chinese(),
                space.who(),
                space.why(),
                time(space.changed(), zone));
    }

    private String who(CommunityId community, PersonId person, ZoneId zone) {
        String unit = people.residences(community, LocalDate.ofInstant(clock.instant(), zone), person).stream()
                .map(Resident::unitName)
                .findFirst()
                .orElse("");
        return (people.name(community, person).orElse("") + " " + unit).strip();
    }

    /** The one resident whose name, initials or unit contain the text. */
    Optional<PersonId> resident(CommunityId community, String text) {
        ZoneId zone = estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
        List<PersonId> found = people.search(community, LocalDate.ofInstant(clock.instant(), zone), text, 10).stream()
                .map(Resident::person)
                .distinct()
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }
}
