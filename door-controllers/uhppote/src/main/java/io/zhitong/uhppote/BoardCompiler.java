package io.zhitong.uhppote;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceHoldings;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Shortfall;
import io.zhitong.accessmodel.Shortfall.Kind;
import io.zhitong.accessmodel.Trait;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.uhppote.message.BoardCard;
import io.zhitong.uhppote.message.Doors;
import io.zhitong.uhppote.message.Interlock;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes a board's contents of a controller's lists (名单编译). Deny by default: what the board cannot express it does not get, and the
 * plan says so. Not thread-safe; used once.
 */
final class BoardCompiler {

    private final ZoneId zone;
    private final Instant now;
    private final PinBook pins;
    private final DoorCompiler doors;
    private final Interlock interlock;
    private final BoardProfiles profiles;
    private final Map<Integer, List<Right>> groups;
    private final Map<Long, BoardCard> cards = new TreeMap<>();
    private final Map<Long, CredentialNumber> credentials = new TreeMap<>();
    private final Set<Long> twice = new HashSet<>();
    private final Map<Kind, List<CredentialNumber>> left = new EnumMap<>(Kind.class);
    private Instant until;

    private BoardCompiler(
            DeviceHoldings lists, ZoneId zone, Instant now, PinBook pins, Map<Integer, Set<Integer>> before) {
        this.zone = zone;
        this.now = now;
        this.pins = pins;
        doors = new DoorCompiler(lists.points(), lists.areas());
        interlock = doors.interlock();
        profiles = new BoardProfiles(
                lists.schedules().stream().collect(Collectors.toMap(Schedule::id, Function.identity())),
                lists.holidays().stream().map(Holiday::day).toList(),
                now.atZone(zone).toLocalDate(),
                before);
        groups = lists.groups().stream().collect(Collectors.toMap(GroupRecord::group, GroupRecord::rights));
        until = profiles.last().plusDays(1).atStartOfDay(zone).toInstant();
        reserve(lists.access());
        lists.access().forEach(this::add);
        twice.forEach(cards::remove);
        twice.forEach(credentials::remove);
    }

    /** @param before of which schedules the profiles on the board were made, as far as known */
    static BoardPlan compile(
            DeviceHoldings lists, ZoneId zone, Instant now, PinBook pins, Map<Integer, Set<Integer>> before) {
        return new BoardCompiler(lists, zone, now, pins, before).plan();
    }

    /** Profiles in the order of their schedules, not of the people: who comes or goes moves none. */
    private void reserve(List<AccessRecord> access) {
        Set<List<Integer>> wanted = new TreeSet<>(Comparator.comparing(List::toString));
        for (AccessRecord record : access) {
            for (int door = 1; door <= Doors.COUNT; door++) {
                Set<Integer> schedules = schedules(record, door);
                if (!schedules.isEmpty() && !schedules.contains(Schedule.ALWAYS_ID)) {
                    wanted.add(List.copyOf(schedules));
                }
            }
        }
        wanted.forEach(schedules -> profiles.of(Set.copyOf(schedules)));
    }

    private Set<Integer> schedules(AccessRecord record, int door) {
        return rights(record).stream()
                .filter(right -> right.point().value() == door)
                .map(Right::schedule)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private BoardPlan plan() {
        List<Shortfall> shortfalls = new ArrayList<>(doors.shortfalls());
        left.forEach((kind, who) -> shortfalls.add(
                new Shortfall(kind, PointId.DEVICE, who.size(), who.stream().findFirst())));
        return new BoardPlan(
                cards,
                credentials,
                profiles.profiles(),
                profiles.owners(),
                doors.doors(),
                interlock,
                until,
                shortfalls);
    }

    private void add(AccessRecord record) {
        if (record.status() != CredentialStatus.ACTIVE || rights(record).isEmpty()) {
            return;
        }
        CardDays days = CardDays.of(record.validity(), zone, now);
        until = days.next().isBefore(until) ? days.next() : until;
        List<Long> numbers = record.carriers().stream()
                .flatMap(each -> number(each).stream())
                .toList();
        Optional<Kind> missing = missing(record, numbers);
        missing.ifPresent(kind -> leave(kind, record));
        if (missing.isEmpty()) {
            days.days().ifPresent(each -> numbers.forEach(number -> put(number, record, each)));
        }
    }

    private static Optional<Kind> missing(AccessRecord record, List<Long> numbers) {
        if (numbers.isEmpty()) {
            return Optional.of(Kind.NO_NUMBER);
        }
        if (record.uses() != AccessRecord.UNLIMITED) {
            return Optional.of(Kind.USES);
        }
        return record.traits().contains(Trait.ESCORTED) ? Optional.of(Kind.ESCORT) : Optional.empty();
    }

    private void leave(Kind kind, AccessRecord record) {
        left.computeIfAbsent(kind, key -> new ArrayList<>()).add(record.credential());
    }

    /** What a reader of such a board sends for this carrier: a legacy number of at most 32 bits, big-endian. */
    private static Optional<Long> number(Carrier carrier) {
        BigInteger value = new BigInteger(1, carrier.value().toByteArray());
        boolean fits = carrier.kind() == CarrierKind.LEGACY_NUMBER
                && value.signum() > 0
                && value.compareTo(BigInteger.valueOf(BoardCard.MOST)) <= 0;
        return fits ? Optional.of(value.longValueExact()) : Optional.empty();
    }

    private List<Right> rights(AccessRecord record) {
        return record.groups().stream()
                .flatMap(group -> groups.getOrDefault(group, List.of()).stream())
                .filter(right -> DoorCompiler.isDoor(right.point()))
                .toList();
    }

    private void put(long number, AccessRecord record, CardDays.Days days) {
        CredentialNumber other = credentials.putIfAbsent(number, record.credential());
        if (other != null && !other.equals(record.credential())) {
            twice.add(number);
            leave(Kind.NUMBER_TWICE, record);
        }
        int pin = pins.pin(record.credential()).orElse(0);
        List<Integer> permissions = new ArrayList<>();
        for (int door = 1; door <= Doors.COUNT; door++) {
            permissions.add(permission(record, door, pin));
        }
        cards.put(number, new BoardCard(number, Optional.of(days.from()), Optional.of(days.to()), permissions, pin));
    }

    private int permission(AccessRecord record, int door, int pin) {
        Set<Integer> schedules = schedules(record, door);
        DoorPlan plan = doors.doors().get(door - 1);
        boolean closed = !plan.cards() || plan.guardsOnly() && !record.traits().contains(Trait.GUARD);
        if (schedules.isEmpty() || closed) {
            return BoardCard.NEVER;
        }
        if (plan.keypad() && pin == 0) {
            leave(Kind.NO_PIN, record);
            return BoardCard.NEVER;
        }
        return schedules.contains(Schedule.ALWAYS_ID) ? BoardCard.ALWAYS : hours(schedules, record);
    }

    private int hours(Set<Integer> schedules, AccessRecord record) {
        Optional<Integer> profile = profiles.of(schedules);
        if (profile.isEmpty()) {
            leave(Kind.HOURS, record);
        }
        return profile.orElse(BoardCard.NEVER);
    }
}
