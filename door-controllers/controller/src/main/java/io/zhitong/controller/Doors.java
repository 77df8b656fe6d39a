package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.points.DoorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The doors of one controller, as far as they have to do with each other (门的集合). Thread-safe. */
final class Doors {

    private final Supplier<DoorPolicy> policy;
    private final List<DoorPoint> doors = new CopyOnWriteArrayList<>();
    private final Set<Integer> burning = new TreeSet<>();

    Doors(Supplier<DoorPolicy> policy) {
        this.policy = policy;
    }

    void add(DoorPoint door) {
        doors.add(door);
    }

    List<DoorPoint> all() {
        return List.copyOf(doors);
    }

    Optional<DoorPoint> at(PointId point) {
        return doors.stream().filter(door -> door.id().equals(point)).findFirst();
    }

    /** How the other doors of this one's interlock stand. */
    List<DoorState> others(PointId point) {
        int group = group(point);
        return doors.stream()
                .filter(door -> group != 0 && !door.id().equals(point) && group(door.id()) == group)
                .map(DoorPoint::door)
                .toList();
    }

    private int group(PointId point) {
        return record(point).map(record -> record.place().interlockGroup()).orElse(0);
    }

    /**
     * A fire contact: every door of its zone on the escape side is freed before a word is written.
     *
     * @param io the terminal of the contact
     */
    synchronized void fire(int io, boolean on) {
        boolean changed = on ? burning.add(io) : burning.remove(io);
        if (changed) {
            freeOrLock();
        }
    }

    /** Zones and wires may have changed while something burns. */
    synchronized void listsChanged() {
        doors.forEach(DoorPoint::listsChanged);
        freeOrLock();
    }

    private void freeOrLock() {
        Set<Integer> zones = new TreeSet<>();
        doors.forEach(door -> record(door.id())
                .map(PointRecord::fire)
                .filter(fire -> burning.contains(fire.contactInput()))
                .ifPresent(fire -> zones.add(fire.zone())));
        List<Runnable> words = new ArrayList<>();
        for (DoorPoint door : doors) {
            boolean free = record(door.id())
                    .map(PointRecord::fire)
                    .filter(fire -> fire.escapeSide() && fire.zone() != 0 && zones.contains(fire.zone()))
                    .isPresent();
            words.add(door.burning(free));
        }
        words.forEach(Runnable::run);
    }

    private Optional<PointRecord> record(PointId point) {
        return policy.get().rules().point(point);
    }
}
