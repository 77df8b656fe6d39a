package io.zhitong.uhppote;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.Shortfall;
import io.zhitong.accessmodel.Shortfall.Kind;
import io.zhitong.uhppote.message.DoorControl;
import io.zhitong.uhppote.message.Doors;
import io.zhitong.uhppote.message.Interlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes doors of points (门点编译): points 1 to 4 are doors 1 to 4. A point that asks for a protection the board cannot give has no
 * cards. Not thread-safe.
 */
final class DoorCompiler {

    private static final Set<PointMode> KNOWN =
            EnumSet.of(PointMode.NORMAL, PointMode.UNLOCKED, PointMode.LOCKED, PointMode.CARD_PIN);

    private final Map<Integer, AreaRecord> areas;
    private final List<DoorPlan> doors = new ArrayList<>(Collections.nCopies(Doors.COUNT, DoorPlan.UNCONFIGURED));
    private final int[] groups = new int[Doors.COUNT];
    private final List<Shortfall> shortfalls = new ArrayList<>();

    DoorCompiler(List<PointRecord> points, List<AreaRecord> areas) {
        this.areas = areas.stream().collect(Collectors.toMap(AreaRecord::area, Function.identity()));
        points.forEach(this::add);
    }

    static boolean isDoor(PointId point) {
        return point.value() >= 1 && point.value() <= Doors.COUNT;
    }

    private void add(PointRecord point) {
        if (!isDoor(point.point())) {
            shortfalls.add(Shortfall.of(Kind.NO_SUCH_POINT, point.point()));
            return;
        }
        List<Kind> missing = missing(point);
        missing.forEach(kind -> shortfalls.add(Shortfall.of(kind, point.point())));
        notes(point).forEach(kind -> shortfalls.add(Shortfall.of(kind, point.point())));
        DoorPlan plan = plan(point);
        doors.set(point.point().value() - 1, missing.isEmpty() ? plan : plan.withoutCards());
        groups[point.point().value() - 1] = point.place().interlockGroup();
    }

    /** Locked means that nobody's card opens: the board's own "normally closed" would take the exit button away too. */
    private static DoorPlan plan(PointRecord point) {
        PointMode mode = point.modes().standing();
        long seconds = Math.min(255, Math.max(1, (point.times().pulse() + 999) / 1000));
        return new DoorPlan(
                mode == PointMode.UNLOCKED ? DoorControl.NORMALLY_OPEN : DoorControl.CONTROLLED,
                (int) seconds,
                mode == PointMode.CARD_PIN,
                true,
                mode == PointMode.LOCKED);
    }

    private List<Kind> missing(PointRecord point) {
        List<Kind> missing = new ArrayList<>();
        PointModes modes = point.modes();
        boolean byClock = modes.otherSchedule() != PointModes.NEVER && modes.other() != modes.standing();
        check(missing, Kind.MODE, !KNOWN.contains(modes.standing()) || byClock);
        boolean numbers = point.methods().contains(AccessMethod.NUMBER)
                && point.leastLevel().code() <= CarrierLevel.COPIED_NUMBER.code();
        check(missing, Kind.LEVEL, !numbers);
        check(
                missing,
                Kind.AREA,
                counts(point.place().fromArea()) || counts(point.place().toArea()));
        check(missing, Kind.THREAT, point.place().mostThreat() != PointPlace.ANY_THREAT);
        check(missing, Kind.LEASE, point.leaseSeconds() != 0);
        return missing;
    }

    /** What is missing without letting anybody in. */
    private static List<Kind> notes(PointRecord point) {
        List<Kind> notes = new ArrayList<>();
        check(notes, Kind.BY_CLOCK, point.modes().unlockSchedule() != PointModes.NEVER);
        check(notes, Kind.FIRE, point.fire().zone() != 0);
        return notes;
    }

    private static void check(List<Kind> kinds, Kind kind, boolean found) {
        if (found) {
            kinds.add(kind);
        }
    }

    private boolean counts(int area) {
        AreaRecord record = areas.get(area);
        return record != null && (record.antiPassback() != AntiPassback.NONE || record.capacity() != 0);
    }

    /** The board's interlock for the points' groups; doors of a group it cannot couple so have no cards. */
    Interlock interlock() {
        Optional<Interlock> fits = Arrays.stream(Interlock.values())
                .filter(mode -> couplings(mode::couples).equals(couplings(this::grouped)))
                .findFirst();
        if (fits.isEmpty()) {
            for (int door = 1; door <= Doors.COUNT; door++) {
                if (groups[door - 1] != 0) {
                    shortfalls.add(Shortfall.of(Kind.INTERLOCK, new PointId(door)));
                    doors.set(door - 1, doors.get(door - 1).withoutCards());
                }
            }
        }
        return fits.orElse(Interlock.NONE);
    }

    private boolean grouped(int door, int other) {
        return door != other && groups[door - 1] != 0 && groups[door - 1] == groups[other - 1];
    }

    private interface Coupling {
        boolean couples(int door, int other);
    }

    private static List<Boolean> couplings(Coupling coupling) {
        List<Boolean> all = new ArrayList<>();
        for (int door = 1; door <= Doors.COUNT; door++) {
            for (int other = 1; other < door; other++) {
                all.add(coupling.couples(door, other));
            }
        }
        return all;
    }

    List<DoorPlan> doors() {
        return doors;
    }

    List<Shortfall> shortfalls() {
        return shortfalls;
    }
}
