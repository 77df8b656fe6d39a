package io.zhitong.points;

import java.util.HashMap;
import java.util.Map;

/**
 * Everything a lift remembers between two steps (电梯当前状态). Times are milliseconds of the caller's monotonic clock.
 *
 * @param free whether every floor is free
 * @param fire whether it is recalled
 * @param until when each floor that was let ends; floor index, of the rear door 256 more
 */
public record LiftState(boolean free, boolean fire, Map<Integer, Long> until) {

    public LiftState {
        until = Map.copyOf(until);
    }

    /** A lift as found at start: no floor is let. */
    public static LiftState closed() {
        return new LiftState(false, false, Map.of());
    }

    /** Whether anybody could go to that floor at that time by what this point lets. */
    public boolean lets(int floor, long now) {
        return !fire && (free || until.getOrDefault(floor, now) > now);
    }

    /** Whether it lets anybody go anywhere. */
    public boolean lets() {
        return !fire && (free || !until.isEmpty());
    }

    LiftState free(boolean next) {
        return new LiftState(next, fire, until);
    }

    LiftState fire(boolean next) {
        return new LiftState(free, next, Map.of());
    }

    LiftState until(Map<Integer, Long> next) {
        return new LiftState(free, fire, next);
    }

    /** Without what has ended. */
    LiftState at(long now) {
        if (until.values().stream().noneMatch(end -> end <= now)) {
            return this;
        }
        Map<Integer, Long> left = new HashMap<>(until);
        left.values().removeIf(end -> end <= now);
        return until(left);
    }
}
