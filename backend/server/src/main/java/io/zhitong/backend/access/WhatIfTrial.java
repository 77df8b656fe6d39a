package io.zhitong.backend.access;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.PinRecord;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compiles both policies with the real compiler and asks the decision engine by both for every point, day and minute at which
 * something may begin or end (策略试算). Credentials whose records are alike in both are asked once. Asked is who comes alone to
 * a quiet site and proves all that is his own.
 */
final class WhatIfTrial {
    private final WhatIfSide before;
    private final WhatIfSide after;
    private final List<WhatIfDay> days;
    private final int[] minutes;
    private long asked;

    private WhatIfTrial(WhatIfSide before, WhatIfSide after, List<WhatIfDay> days, int[] minutes) {
        this.before = before;
        this.after = after;
        this.days = days;
        this.minutes = minutes;
    }

    static WhatIf of(PolicyContent before, PolicyContent after, Facts facts, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, facts.community().zone());
        List<WhatIfDay> days = WhatIfDay.of(today, holidays(before), holidays(after));
        List<List<IssuedCredential>> classes = classes(before, after, facts, days);
        Facts few = new Facts(
                facts.community(),
                facts.points(),
                facts.homes(),
                classes.stream().map(each -> each.get(0)).toList(),
                facts.numbers(),
                facts.pins());
        WhatIfTrial trial =
                new WhatIfTrial(new WhatIfSide(before, few), new WhatIfSide(after, few), days, minutes(before, after));
        return trial.run(facts.points(), classes, before.until(after));
    }

    private static Set<LocalDate> holidays(PolicyContent content) {
        return content.records(ItemKind.HOLIDAY, Holiday.class).stream()
                .map(Holiday::day)
                .collect(Collectors.toSet());
    }

    /** Minutes of the day between which no schedule of either policy begins or ends, 0 and 1440 included. */
    private static int[] minutes(PolicyContent before, PolicyContent after) {
        Set<Integer> found = new TreeSet<>(Set.of(0, 24 * 60));
        for (PolicyContent each : List.of(before, after)) {
            each.records(ItemKind.SCHEDULE, Schedule.class).stream()
                    .flatMap(schedule -> schedule.windows().stream())
                    .forEach(window -> found.addAll(List.of(window.fromMinute(), window.toMinute())));
        }
        return found.stream().mapToInt(minute -> minute).toArray();
    }

    /** What of a credential's record the days asked can tell apart. */
    private record Alike(AccessRecord before, AccessRecord after, boolean pin) {}

    private static List<List<IssuedCredential>> classes(
            PolicyContent before, PolicyContent after, Facts facts, List<WhatIfDay> days) {
        List<AccessRecord> first = new AccessCompiler(before, facts).access();
        List<AccessRecord> second = new AccessCompiler(after, facts).access();
        Set<CredentialNumber> pins =
                new HashSet<>(facts.pins().stream().map(PinRecord::credential).toList());
        long from = instant(days, facts, Comparator.naturalOrder(), 0);
        long until = instant(days, facts, Comparator.reverseOrder(), 1);
        Map<Alike, List<IssuedCredential>> found = new LinkedHashMap<>();
        for (int i = 0; i < first.size(); i++) {
            IssuedCredential credential = facts.issued().get(i);
            Alike alike = new Alike(
                    anonymous(first.get(i), from, until),
                    anonymous(second.get(i), from, until),
                    pins.contains(credential.number()));
            found.computeIfAbsent(alike, each -> new ArrayList<>()).add(credential);
        }
        return List.copyOf(found.values());
    }

    private static long instant(List<WhatIfDay> days, Facts facts, Comparator<LocalDate> order, int later) {
        LocalDate date = days.stream().map(WhatIfDay::date).min(order).orElseThrow();
        return date.plusDays(later).atStartOfDay(facts.community().zone()).toEpochSecond();
    }

    private static AccessRecord anonymous(AccessRecord record, long from, long until) {
        Validity validity = record.validity();
        boolean never = validity.fromSecond() >= until || validity.untilSecond() <= from;
        Validity clipped = never
                ? new Validity(0, 1)
                : new Validity(
                        validity.fromSecond() <= from ? 0 : validity.fromSecond(),
                        validity.untilSecond() >= until ? Long.MAX_VALUE : validity.untilSecond());
        return new AccessRecord(
                new CredentialNumber(1),
                AccessRecord.ITSELF,
                record.status(),
                record.traits(),
                clipped,
                record.uses(),
                0,
                record.groups(),
                List.of());
    }

    private WhatIf run(
            List<PointRow> points, List<List<IssuedCredential>> classes, List<PolicyContent.Difference> differences) {
        List<WhatIf.Line> lines = new ArrayList<>();
        Set<DeviceId> devices = new TreeSet<>(Comparator.comparingLong(DeviceId::value));
        Map<DeviceId, List<PointRow>> byDevice = points.stream()
                .filter(point -> point.kind() != PointKind.TILL && point.kind() != PointKind.DESK)
                .collect(Collectors.groupingBy(PointRow::device, LinkedHashMap::new, Collectors.toList()));
        byDevice.forEach((device, here) -> {
            if (!before.lists(device).equals(after.lists(device))) {
                devices.add(device);
                here.forEach(point -> lines.addAll(at(point, classes)));
            }
        });
        List<PolicyContent.Difference> settings = differences.stream()
                .filter(each -> each.key().kind() == ItemKind.POINT
                        || each.key().kind() == ItemKind.AREA
                        || each.key().kind() == ItemKind.WIRE)
                .toList();
        return new WhatIf(lines, days, asked, settings, List.copyOf(devices));
    }

    private List<WhatIf.Line> at(PointRow point, List<List<IssuedCredential>> classes) {
        List<WhatIf.Line> lines = new ArrayList<>();
        for (List<IssuedCredential> who : classes) {
            line(point, who).ifPresent(lines::add);
        }
        lines.sort(
                Comparator.comparingInt((WhatIf.Line line) -> line.who().size()).reversed());
        return lines;
    }

    private Optional<WhatIf.Line> line(PointRow point, List<IssuedCredential> who) {
        CredentialNumber credential = who.get(0).number();
        Span gained = new Span();
        Span lost = new Span();
        BitSet floorsBefore = new BitSet();
        BitSet floorsAfter = new BitSet();
        for (WhatIfDay day : days) {
            for (int i = 0; i + 1 < minutes.length; i++) {
                boolean had = before.passes(credential, point, day.date(), minutes[i], floorsBefore);
                boolean has = after.passes(credential, point, day.date(), minutes[i], floorsAfter);
                asked += 2;
                gained.add(has && !had, day, minutes[i], minutes[i + 1]);
                lost.add(had && !has, day, minutes[i], minutes[i + 1]);
            }
        }
        WhatIf.FloorChange floors = WhatIf.FloorChange.between(floorsBefore, floorsAfter);
        return gained.hours.isEmpty() && lost.hours.isEmpty() && floors.none()
                ? Optional.empty()
                : Optional.of(new WhatIf.Line(point, who, gained.hours, lost.hours, floors));
    }

    /** Hours that follow on one another become one. */
    private static final class Span {
        private final List<WhatIf.Hours> hours = new ArrayList<>();

        void add(boolean holds, WhatIfDay day, int from, int to) {
            if (!holds) {
                return;
            }
            int last = hours.size() - 1;
            if (last >= 0
                    && hours.get(last).day().equals(day)
                    && hours.get(last).to() == from) {
                hours.set(last, new WhatIf.Hours(day, hours.get(last).from(), to));
            } else {
                hours.add(new WhatIf.Hours(day, from, to));
            }
        }
    }
}
