package io.zhitong.controller;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.PointMode;

/**
 * A mode that an operator ordered for a point (人工模式).
 *
 * @param until Unix second from which it stands no longer, {@link #FOR_EVER} = until ordered otherwise
 */
record Ordered(PointMode mode, long until) {

    static final long FOR_EVER = 0;

    static Ordered of(PointMode mode) {
        return new Ordered(mode, FOR_EVER);
    }

    static Ordered parse(String text) {
        String[] parts = text.split(" ", 2);
        return new Ordered(PointMode.valueOf(parts[0]), parts.length == 1 ? FOR_EVER : Long.parseLong(parts[1]));
    }

    /** Without a known time what opens has ended and what closes has not. */
    boolean over(DoorClock clock) {
        boolean unknown = clock.quality() == ClockQuality.UNKNOWN;
        return unknown ? until != FOR_EVER && mode == PointMode.UNLOCKED : over(until, clock);
    }

    /** Whether that end is known to have come. */
    static boolean over(long until, DoorClock clock) {
        return until != FOR_EVER
                && clock.quality() != ClockQuality.UNKNOWN
                && clock.now().getEpochSecond() >= until;
    }

    @Override
    public String toString() {
        return until == FOR_EVER ? mode.name() : mode.name() + " " + until;
    }
}
