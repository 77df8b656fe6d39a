package io.zhitong.decision;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.EntryRecord;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.OfflinePolicy;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.SpaceKind;
import io.zhitong.accessmodel.SpaceRecord;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.Validity;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.naive.Estate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows of an estate as the lists that a device holds. */
public final class EngineLists {

    private EngineLists() {}

    public static PolicyLists of(Estate estate) {
        List<ListRecord> all = new ArrayList<>();
        estate.credentials().forEach(person -> all.add(access(person)));
        estate.groups()
                .forEach((id, rights) -> all.add(new GroupRecord(
                        id, rights.stream().map(EngineLists::right).toList())));
        estate.schedules()
                .forEach((id, windows) -> all.add(new Schedule(
                        id, windows.stream().map(EngineLists::window).toList())));
        estate.holidays().forEach(day -> all.add(new Holiday(day)));
        estate.floors()
                .forEach((id, floors) -> all.add(FloorGroup.of(
                        id,
                        floors.front().stream().boxed().toList(),
                        floors.rear().stream().boxed().toList())));
        estate.points().forEach((id, point) -> all.add(point(id, point)));
        estate.areas().forEach((id, area) -> all.add(area(id, area)));
        estate.spaces()
                .forEach(s -> all.add(new SpaceRecord(s.holder(), s.lot(), s.spaces(), SpaceKind.valueOf(s.kind()))));
        estate.entries().forEach(entry -> all.add(entry(entry)));
        return new PolicyLists(
                estate.listed() ? new ListVersion(1, 7) : ListVersion.NONE, estate.leaseUntil(), estate.zone(), all);
    }

    static CredentialNumber number(String digits) {
        return CredentialNumber.parse(digits);
    }

    static Octets value(String kind, String text) {
        return Octets.of(
                kind.equals("PLATE")
                        ? text.getBytes(StandardCharsets.UTF_8)
                        : HexFormat.of().parseHex(text));
    }

    private static AccessRecord access(Estate.Person person) {
        return new AccessRecord(
                number(person.number()),
                person.holder(),
                CredentialStatus.valueOf(person.status()),
                person.traits().stream().map(Trait::valueOf).collect(Collectors.toSet()),
                new Validity(person.from(), person.until()),
                person.uses(),
                person.leastCertificate(),
                person.groups(),
                person.carriers().stream()
                        .map(c -> new Carrier(
                                CarrierKind.valueOf(c.kind()),
                                CarrierLevel.valueOf(c.level()),
                                value(c.kind(), c.value())))
                        .toList());
    }

    private static Right right(Estate.Right right) {
        return new Right(new PointId(right.point()), right.schedule(), right.floors(), right.rule());
    }

    private static Schedule.Window window(Estate.Window window) {
        int days = window.days().stream().mapToInt(day -> 1 << (day - 1)).sum();
        return new Schedule.Window(days, window.from(), window.to());
    }

    private static PointRecord point(int id, Estate.Point point) {
        Set<AccessMethod> methods =
                point.methods().stream().map(AccessMethod::valueOf).collect(Collectors.toSet());
        return new PointRecord(
                new PointId(id),
                PointKind.valueOf(point.kind()),
                methods,
                CarrierLevel.valueOf(point.leastLevel()),
                new PointModes(
                        PointMode.valueOf(point.mode()),
                        PointMode.valueOf(point.otherMode()),
                        point.otherSchedule(),
                        point.unlockSchedule()),
                new PointPlace(point.from(), point.to(), point.interlock(), point.mostThreat()),
                new FireSafety(point.fireZone(), point.fireZone() == 0 ? 0 : 1, point.escape(), LockKind.FAIL_SAFE),
                OfflinePolicy.valueOf(point.offline()),
                point.lease(),
                new PointTimes(point.pulse(), point.longPulse(), 0),
                "门");
    }

    private static AreaRecord area(int id, Estate.Area area) {
        return new AreaRecord(
                id,
                AntiPassback.valueOf(area.antiPassback()),
                area.minutes(),
                area.capacity(),
                StalePolicy.valueOf(area.partition()),
                area.staleness(),
                "区");
    }

    private static EntryRecord entry(Estate.Entry entry) {
        return new EntryRecord(
                number(entry.credential()),
                entry.plate(),
                entry.lot(),
                entry.entered(),
                CarrierKind.valueOf(entry.carrier()));
    }
}
