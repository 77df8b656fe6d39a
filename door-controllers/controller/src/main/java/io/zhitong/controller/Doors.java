package io.zhitong.controller;

import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.points.DoorState;
import io.zhitong.points.Interlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The doors of one controller, as far as they have to do with each other (门的集合). Thread-safe. */
final class Doors {

    private final Supplier<DoorPolicy> policy;
    private final List<DoorPoint> doors = new CopyOnWriteArrayList<>();
    private final SiteOrders orders;
    private final Set<Integer> contacts = new TreeSet<>();
    private volatile Set<Integer> burning = Set.of();

    Doors(Supplier<DoorPolicy> policy, SiteOrders orders) {
        this.policy = policy;
        this.orders = orders;
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

    /** Zones that burn, by a contact or by order. */
    Set<Integer> burning() {
        return burning;
    }

    /** Points that stand open or released, other than for a fire. */
    Set<Integer> open() {
        return doors.stream()
                .filter(door -> Interlock.blocked(List.of(door.door())))
                .map(door -> door.id().value())
                .collect(Collectors.toSet());
    }

    private int group(PointId point) {
        return record(point).map(record -> record.place().interlockGroup()).orElse(0);
    }

    /**
     * A fire contact: every door of its zone on the escape side is freed, every lift recalled, before a word is written.
     *
     * @param io the terminal of the contact
     */
    synchronized void fire(int io, boolean on) {
        boolean changed = on ? contacts.add(io) : contacts.remove(io);
        if (changed) {
            freeOrLock();
        }
    }

    /** Fire by order; a reset ends no fire that a contact still tells of. */
    synchronized void fireOrdered(int zone, boolean on) {
        orders.fire(zone, on);
        freeOrLock();
    }

    /** Zones and wires may have changed while something burns. */
    synchronized void listsChanged() {
        doors.forEach(DoorPoint::listsChanged);
        freeOrLock();
    }

    private void freeOrLock() {
        Set<Integer> zones = new TreeSet<>(orders.burning());
        doors.forEach(door -> fire(door)
                .filter(fire -> contacts.contains(fire.contactInput()))
                .ifPresent(fire -> zones.add(fire.zone())));
        zones.remove(0);
        burning = Set.copyOf(zones);
        List<Runnable> words = new ArrayList<>();
        for (DoorPoint door : doors) {
            words.add(door.burning(fire(door)
                    .filter(safety -> zones.contains(safety.zone()) && door.heeds(safety))
                    .isPresent()));
        }
        words.forEach(Runnable::run);
    }

    private Optional<FireSafety> fire(DoorPoint door) {
        return record(door.id()).map(PointRecord::fire);
    }

    private Optional<PointRecord> record(PointId point) {
        return policy.get().rules().point(point);
    }
}
