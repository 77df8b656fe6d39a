package io.zhitong.backend.access;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.people.PersonId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Policy and facts → the records of a device's lists (名单编译). Pure: the same given again makes the same bytes. Groups bear
 * their numbers of the community on every device, so that all doors have one and the same access list. Not thread-safe.
 */
final class AccessCompiler {
    /** A credential names no more groups; further ones, by id, give it nothing. */
    private static final int MOST_GROUPS = 64;

    private final PolicyContent content;
    private final Facts facts;
    private final Map<PersonId, Belonging> belongings = new HashMap<>();

    AccessCompiler(PolicyContent content, Facts facts) {
        this.content = content;
        this.facts = facts;
    }

    private record Belonging(List<Integer> groups, Set<Trait> traits) {}

    /**
     * All records of one kind for a device.
     *
     * @throws IllegalArgumentException for a kind that no policy makes
     */
    List<? extends ListRecord> records(ListKind kind, DeviceId device) {
        return switch (kind) {
            case ACCESS -> access();
            case GROUPS -> groups(device);
            case SCHEDULES -> schedules(device);
            case HOLIDAYS -> content.records(ItemKind.HOLIDAY, Holiday.class);
            case POINTS -> points(device);
            case FLOORS -> floors(device);
            case AREAS -> areas(device);
            case PINS -> asksPin(device) ? facts.pins() : List.of();
            case WIRING -> wiring(device);
            default -> throw new IllegalArgumentException("no policy makes a list of kind " + kind);
        };
    }

    /** The same for every device. */
    List<AccessRecord> access() {
        return facts.issued().stream().map(this::record).toList();
    }

    private AccessRecord record(IssuedCredential credential) {
        Belonging belonging = belongings.computeIfAbsent(credential.holder(), this::belonging);
        return new AccessRecord(
                credential.number(),
                facts.numbers().getOrDefault(credential.holder(), AccessRecord.ITSELF),
                credential.status(),
                belonging.traits(),
                credential.validity(),
                credential.uses(),
                credential.leastCertificate(),
                belonging.groups(),
                credential.carriers());
    }

    private Belonging belonging(PersonId person) {
        Set<UUID> homes = facts.homes().getOrDefault(person, Set.of());
        List<Integer> groups = new ArrayList<>();
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (PeopleGroup group : content.groups()) {
            if (groups.size() < MOST_GROUPS && group.has(person, homes)) {
                groups.add(group.id());
                traits.addAll(group.traits());
            }
        }
        return new Belonging(List.copyOf(groups), Set.copyOf(traits));
    }

    private Stream<PointRow> rows(DeviceId device) {
        return facts.points().stream().filter(point -> point.device().equals(device));
    }

    private List<PointRecord> points(DeviceId device) {
        return rows(device).map(row -> PointDefaults.configured(content, row)).toList();
    }

    private List<GroupRecord> groups(DeviceId device) {
        SortedMap<Integer, List<Right>> rights = new TreeMap<>();
        List<PointRow> here = rows(device).toList();
        for (AccessRule rule : content.rules()) {
            for (PointRow row : here) {
                if (rule.where().covers(row, PointDefaults.configured(content, row))) {
                    rights.computeIfAbsent(rule.group(), group -> new ArrayList<>())
                            .add(new Right(row.id(), rule.schedule(), rule.floors(), rule.id()));
                }
            }
        }
        return rights.entrySet().stream()
                .map(group -> new GroupRecord(group.getKey(), group.getValue()))
                .toList();
    }

    private Stream<Right> rights(DeviceId device) {
        return groups(device).stream().flatMap(group -> group.rights().stream());
    }

    private List<Schedule> schedules(DeviceId device) {
        Set<Integer> named = new HashSet<>(rights(device).map(Right::schedule).toList());
        points(device).stream()
                .flatMapToInt(point -> IntStream.of(
                        point.modes().otherSchedule(), point.modes().unlockSchedule()))
                .forEach(named::add);
        return content.records(ItemKind.SCHEDULE, Schedule.class).stream()
                .filter(schedule -> named.contains(schedule.id()))
                .toList();
    }

    private List<FloorGroup> floors(DeviceId device) {
        Set<Integer> named = new HashSet<>(rights(device).map(Right::floors).toList());
        return content.records(ItemKind.FLOORS, FloorGroup.class).stream()
                .filter(floors -> named.contains(floors.id()))
                .toList();
    }

    private List<AreaRecord> areas(DeviceId device) {
        Set<Integer> named = new HashSet<>();
        points(device).forEach(point -> {
            named.add(point.place().fromArea());
            named.add(point.place().toArea());
        });
        return content.records(ItemKind.AREA, AreaRecord.class).stream()
                .filter(area -> named.contains(area.area()))
                .toList();
    }

    private boolean asksPin(DeviceId device) {
        return points(device).stream()
                .anyMatch(point -> point.modes().standing() == PointMode.CARD_PIN
                        || point.modes().other() == PointMode.CARD_PIN);
    }

    private List<WiringRecord> wiring(DeviceId device) {
        return content.of(ItemKind.WIRE).stream()
                .filter(item -> item.key().device().equals(device))
                .map(item -> (WiringRecord) ((ListItem) item).record())
                .toList();
    }
}
