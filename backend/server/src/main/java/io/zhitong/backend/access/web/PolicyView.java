package io.zhitong.backend.access.web;

import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.Coded;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.backend.access.AccessRule;
import io.zhitong.backend.access.ItemKey;
import io.zhitong.backend.access.ItemKind;
import io.zhitong.backend.access.ListItem;
import io.zhitong.backend.access.PeopleGroup;
import io.zhitong.backend.access.PointDefaults;
import io.zhitong.backend.access.PolicyContent;
import io.zhitong.backend.access.PolicyDraft;
import io.zhitong.backend.access.PolicyItem;
import io.zhitong.backend.access.PolicyVersion;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.estate.UnitRow;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** A policy as the page shows it: who × where × when, in words (策略视图). */
@Component
class PolicyView {
    private static final DateTimeFormatter MADE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final Estate estate;

    PolicyView(Estate estate) {
        this.estate = estate;
    }

    /** Something that can be chosen, or is shown in one line. */
    record Line(String id, String name, String words) {}

    record RuleLine(long id, String name, String who, String when, String where, String floors, List<Bars.Bar> bars) {}

    record ScheduleLine(int id, String name, String windows, List<Bars.Bar> bars) {}

    record PointLine(String id, long device, String name, PointRecord point, String words) {}

    record VersionLine(long number, String why, String drafted, String approved, String made) {}

    record DraftLine(UUID id, String title, String authors, long base, int changes, String digest) {}

    /** All of a policy. */
    record Shown(
            List<RuleLine> rules,
            List<Line> groups,
            List<ScheduleLine> schedules,
            List<Line> holidays,
            List<Line> areas,
            List<Line> floors,
            List<PointLine> points,
            List<Line> wires,
            List<Line> places,
            List<Line> units,
            List<Line> devices) {}

    Shown of(CommunityId community, PolicyContent content, boolean chinese) {
        List<PointRow> points = estate.points(community).stream()
                .filter(point -> point.kind() != PointKind.TILL && point.kind() != PointKind.DESK)
                .toList();
        List<DeviceRow> devices = estate.devices(community);
        List<UnitRow> units = estate.units(community);
        List<PointRow> everyPoint = estate.everyPoint(community);
        List<DeviceRow> everyDevice = estate.everyDevice(community);
        return new Shown(
                content.rules().stream()
                        .map(rule -> rule(rule, content, everyPoint, everyDevice, chinese))
                        .toList(),
                content.groups().stream()
                        .map(group -> group(group, units, chinese))
                        .toList(),
                content.of(ItemKind.SCHEDULE).stream().map(PolicyView::schedule).toList(),
                content.of(ItemKind.HOLIDAY).stream()
                        .map(item -> line(
                                item,
                                ((Holiday) ((ListItem) item).record()).day().toString()))
                        .toList(),
                content.of(ItemKind.AREA).stream()
                        .map(item -> area(item, chinese))
                        .toList(),
                content.of(ItemKind.FLOORS).stream().map(PolicyView::floors).toList(),
                points.stream().map(point -> point(point, content, chinese)).toList(),
                content.of(ItemKind.WIRE).stream()
                        .map(item -> line(item, item.words()))
                        .toList(),
                places(points, devices, chinese),
                units.stream()
                        .map(unit -> new Line(unit.id().toString(), unit.name(), ""))
                        .toList(),
                devices.stream()
                        .map(device -> new Line(Long.toString(device.id().value()), device.name(), ""))
                        .toList());
    }

    private static Line line(PolicyItem item, String words) {
        return new Line(Long.toString(item.key().number()), item.name(), words);
    }

    private static RuleLine rule(
            AccessRule rule, PolicyContent content, List<PointRow> points, List<DeviceRow> devices, boolean chinese) {
        ItemKey schedule = new ItemKey(ItemKind.SCHEDULE, rule.schedule());
        String when = rule.schedule() == Schedule.ALWAYS_ID ? chinese ? "全天" : "at any time" : name(content, schedule);
        String floors = rule.floors() == 0 ? "" : name(content, new ItemKey(ItemKind.FLOORS, rule.floors()));
        return new RuleLine(
                rule.id(),
                rule.name(),
                name(content, new ItemKey(ItemKind.GROUP, rule.group())),
                when,
                where(rule.where(), content, points, devices, chinese),
                floors,
                Bars.of(
                        rule.schedule() == Schedule.ALWAYS_ID
                                ? Schedule.ALWAYS
                                : content.record(schedule, Schedule.class).orElse(new Schedule(1, List.of()))));
    }

    private static String name(PolicyContent content, ItemKey key) {
        return content.find(key).map(PolicyItem::name).orElse("? " + key.number());
    }

    private static String where(
            AccessRule.Where where,
            PolicyContent content,
            List<PointRow> points,
            List<DeviceRow> devices,
            boolean chinese) {
        String place = where.device() == 0
                ? chinese ? "所有门点" : "every point"
                : where.point() == 0
                        ? devices.stream()
                                .filter(device -> device.id().value() == where.device())
                                .map(DeviceRow::name)
                                .findFirst()
                                .orElse("? " + where.device())
                        : points.stream()
                                .filter(point -> point.device().value() == where.device()
                                        && point.id().value() == where.point())
                                .map(PointRow::name)
                                .findFirst()
                                .orElse("? " + where.device() + "-" + where.point());
        return where.area() == 0 ? place : place + " → " + name(content, new ItemKey(ItemKind.AREA, where.area()));
    }

    private static Line group(PeopleGroup group, List<UnitRow> units, boolean chinese) {
        List<String> words = new ArrayList<>(List.of(word(group.who(), chinese)));
        switch (group.who()) {
            case UNITS ->
                units.stream().filter(unit -> group.of().contains(unit.id())).forEach(unit -> words.add(unit.name()));
            case BUILDINGS, PERSONS -> words.add("× " + group.of().size());
            case RESIDENTS -> {}
        }
        group.traits().stream().map(trait -> word(trait, chinese)).sorted().forEach(words::add);
        return line(group, String.join(" · ", words));
    }

    private static ScheduleLine schedule(PolicyItem item) {
        Schedule schedule = (Schedule) ((ListItem) item).record();
        return new ScheduleLine(schedule.id(), item.name(), TypedHours.words(schedule), Bars.of(schedule));
    }

    private static Line area(PolicyItem item, boolean chinese) {
        AreaRecord area = (AreaRecord) ((ListItem) item).record();
        String capacity = area.capacity() == 0 ? "" : (chinese ? " · 限 " : " · at most ") + area.capacity();
        String stale = area.stalenessSeconds() == 0
                ? ""
                : " · " + area.stalenessSeconds() + " s → " + word(area.partition(), chinese);
        return line(item, word(area.antiPassback(), chinese) + capacity + stale);
    }

    private static Line floors(PolicyItem item) {
        FloorGroup floors = (FloorGroup) ((ListItem) item).record();
        String front = IntStream.range(0, FloorGroup.FLOORS)
                .filter(floors::frontOpens)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
        String rear = IntStream.range(0, FloorGroup.FLOORS)
                .filter(floors::rearOpens)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
        return line(item, rear.isEmpty() ? front : front + " | " + rear);
    }

    private static PointLine point(PointRow row, PolicyContent content, boolean chinese) {
        PointRecord point = PointDefaults.configured(content, row);
        List<String> words = new ArrayList<>(List.of(word(point.modes().standing(), chinese)));
        if (point.modes().otherSchedule() > 0) {
            words.add(name(content, new ItemKey(ItemKind.SCHEDULE, point.modes().otherSchedule())) + ": "
                    + word(point.modes().other(), chinese));
        }
        if (point.modes().unlockSchedule() > 0) {
            words.add((chinese ? "常开 " : "unlocked ")
                    + name(content, new ItemKey(ItemKind.SCHEDULE, point.modes().unlockSchedule())));
        }
        if (point.fire().zone() > 0) {
            words.add((chinese ? "消防分区 " : "fire zone ") + point.fire().zone());
        }
        words.add(point.methods().stream()
                .map(method -> word(method, chinese))
                .sorted()
                .collect(Collectors.joining("/")));
        return new PointLine(
                row.device().value() + "-" + row.id().value(),
                row.device().value(),
                row.name(),
                point,
                String.join(" · ", words));
    }

    private static List<Line> places(List<PointRow> points, List<DeviceRow> devices, boolean chinese) {
        List<Line> places = new ArrayList<>(List.of(new Line("", chinese ? "所有门点" : "every point", "")));
        for (DeviceRow device : devices) {
            List<PointRow> here = points.stream()
                    .filter(point -> point.device().equals(device.id()))
                    .toList();
            if (!here.isEmpty()) {
                places.add(new Line(device.id().value() + "-0", device.name(), ""));
                here.forEach(point -> places.add(new Line(
                        device.id().value() + "-" + point.id().value(), device.name() + " · " + point.name(), "")));
            }
        }
        return places;
    }

    VersionLine version(CommunityId community, PolicyVersion version) {
        ZoneId zone = estate.community(community).map(Community::zone).orElse(ZoneOffset.UTC);
        return new VersionLine(
                version.number(),
                version.why(),
                version.drafted(),
                version.approved(),
                MADE.format(version.made().atZone(zone)));
    }

    static DraftLine draft(PolicyDraft draft) {
        return new DraftLine(
                draft.id(),
                draft.title(),
                draft.authors().stream().sorted().collect(Collectors.joining(" ")),
                draft.base(),
                draft.changes().size(),
                draft.digest().toString());
    }

    static String word(Coded coded, boolean chinese) {
        return chinese ? coded.chinese() : coded.english();
    }
}
