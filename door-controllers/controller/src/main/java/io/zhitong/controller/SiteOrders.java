package io.zhitong.controller;

import io.zhitong.accessmodel.PointPlace;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What operators ordered for more than one point (现场指令): threat levels of areas or of everything, fire zones. Kept over restarts.
 * Thread-safe.
 */
final class SiteOrders {

    private static final String THREAT = "threat.";
    private static final String FIRE = "fire.";

    /** Level and Unix second until which it stands, 0 = until ordered otherwise. */
    private record Threat(int level, long until) {

        private static Threat parse(String text) {
            String[] parts = text.split(" ", 2);
            return new Threat(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        }

        @Override
        public String toString() {
            return level + " " + until;
        }
    }

    private final PointMemory memory;
    private final DoorClock clock;
    private final Map<Integer, Threat> threats = new TreeMap<>();
    private final Set<Integer> burning = new TreeSet<>();

    /** @throws io.zhitong.edge.EdgeException CONFIG when what is remembered cannot be understood */
    SiteOrders(PointMemory memory, DoorClock clock) {
        this.memory = memory;
        this.clock = clock;
        memory.all(THREAT, Threat::parse).forEach((name, threat) -> threats.put(number(name, THREAT), threat));
        memory.all(FIRE, Boolean::valueOf).forEach((name, on) -> burning.add(number(name, FIRE)));
    }

    private static int number(String name, String prefix) {
        return Integer.parseInt(name.substring(prefix.length()));
    }

    /** @param area 0 = everywhere */
    synchronized void threat(int area, int level, long until) {
        if (level == 0) {
            threats.remove(area);
        } else {
            threats.put(area, new Threat(level, until));
        }
        memory.write(THREAT + area, Optional.ofNullable(threats.get(area)).map(Threat::toString));
    }

    /** The highest level that stands everywhere or in an area at either side of a point. */
    synchronized int threat(PointPlace place) {
        return Math.max(level(PointPlace.OUTSIDE), Math.max(level(place.fromArea()), level(place.toArea())));
    }

    /** A level whose end is not known to have come stands. */
    private int level(int area) {
        Threat threat = threats.get(area);
        return threat == null || Ordered.over(threat.until(), clock) ? 0 : threat.level();
    }

    /** Fire by order (联动演练、人工火警). */
    synchronized void fire(int zone, boolean on) {
        if (on ? burning.add(zone) : burning.remove(zone)) {
            memory.write(FIRE + zone, on ? Optional.of("true") : Optional.empty());
        }
    }

    synchronized Set<Integer> burning() {
        return Set.copyOf(burning);
    }
}
