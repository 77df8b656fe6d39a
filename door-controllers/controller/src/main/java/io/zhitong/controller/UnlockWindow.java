package io.zhitong.controller;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.decision.Policy;
import io.zhitong.points.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The clock's part in how a door stands (时段常开与首卡). Remembers over a restart that the first person came, as long as it is still
 * the same window.
 */
final class UnlockWindow {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final PointId id;
    private final DoorWorld world;
    private boolean came;
    private boolean asked;
    private boolean awaitsFirst;

    UnlockWindow(PointId id, DoorWorld world) {
        this.id = id;
        this.world = world;
    }

    Standing standing(Optional<PointMode> commanded, PointModes modes) {
        Standing.Hours hours = hours(modes);
        if (!asked) {
            asked = true;
            came = stillTheSame(modes);
        }
        Standing standing = Standing.of(commanded, modes, hours, came);
        if (came && !standing.firstCame()) {
            world.memory().firstCame(id, Optional.empty());
        }
        came = standing.firstCame();
        awaitsFirst = commanded.isEmpty() && Standing.awaitsFirst(standing, hours);
        return standing;
    }

    /** Whether the first person of the present window came. */
    boolean came() {
        return came;
    }

    boolean awaitsFirst() {
        return awaitsFirst;
    }

    /** Somebody who may be the first came. */
    void firstCame() {
        came = true;
        world.memory().firstCame(id, Optional.of(world.clock().now()));
    }

    private Standing.Hours hours(PointModes modes) {
        if (world.clock().quality() == ClockQuality.UNKNOWN) {
            return Standing.Hours.NONE;
        }
        Policy rules = world.policy().get().rules();
        Instant now = world.clock().now();
        return new Standing.Hours(holds(rules, modes.otherSchedule(), now), holds(rules, modes.unlockSchedule(), now));
    }

    private static boolean holds(Policy rules, int schedule, Instant now) {
        return schedule != PointModes.NEVER && rules.holds(schedule, now);
    }

    /** Schedules go by minutes: a window that ended meanwhile is seen at one of them. */
    private boolean stillTheSame(PointModes modes) {
        Optional<Instant> first = world.memory().firstCame(id);
        Instant now = world.clock().now();
        if (first.isEmpty()
                || first.get().isAfter(now)
                || first.get().plus(LONGEST).isBefore(now)) {
            return false;
        }
        Policy rules = world.policy().get().rules();
        boolean same = true;
        for (Instant at = first.get(); !at.isAfter(now); at = at.plus(MINUTE)) {
            same &= holds(rules, modes.unlockSchedule(), at);
        }
        return same;
    }
}
