package io.zhitong.points;

import java.util.Optional;

/**
 * Everything a turnstile remembers (闸机状态). Times as in {@link DoorState}.
 *
 * @param way the way one person may pass, empty = nobody
 * @param until when that ends
 * @param inBroken whether the barrier on the outer side is broken
 * @param outBroken whether the barrier on the inner side is broken
 * @param body who stands in the passage
 * @param alarm the alarm that stands until the passage is clear, if any
 * @param heldAt when somebody who stands in the passage is an alarm
 */
public record TurnstileState(
        Optional<Way> way,
        long until,
        boolean inBroken,
        boolean outBroken,
        Body body,
        Optional<DoorEvent> alarm,
        boolean free,
        boolean fire,
        long heldAt) {

    /**
     * How far a person came.
     *
     * @param from the way the person goes, empty = nobody is there
     * @param reached whether the second barrier was broken
     */
    public record Body(Optional<Way> from, boolean reached) {
        static final Body NOBODY = new Body(Optional.empty(), false);
    }

    public TurnstileState {
        if (way.isPresent() == (until == DoorState.NEVER)) {
            throw new IllegalArgumentException("a release has a way and an end, or neither");
        }
    }

    public static TurnstileState closed() {
        return new TurnstileState(
                Optional.empty(),
                DoorState.NEVER,
                false,
                false,
                Body.NOBODY,
                Optional.empty(),
                false,
                false,
                DoorState.NEVER);
    }

    /** Whether both ways are free without end. */
    public boolean held() {
        return free || fire;
    }

    public boolean open(Way asked) {
        return held() || way.filter(asked::equals).isPresent();
    }

    public boolean broken(Way side) {
        return side == Way.IN ? inBroken : outBroken;
    }

    boolean clear() {
        return !inBroken && !outBroken;
    }

    public long nextDeadline() {
        return Math.min(until, heldAt);
    }

    TurnstileState granted(Optional<Way> next, long end) {
        return new TurnstileState(next, end, inBroken, outBroken, body, alarm, free, fire, heldAt);
    }

    TurnstileState broken(Way side, boolean now) {
        boolean in = side == Way.IN ? now : inBroken;
        boolean out = side == Way.OUT ? now : outBroken;
        return new TurnstileState(way, until, in, out, body, alarm, free, fire, heldAt);
    }

    TurnstileState body(Body next, long held) {
        return new TurnstileState(way, until, inBroken, outBroken, next, alarm, free, fire, held);
    }

    TurnstileState alarm(Optional<DoorEvent> next) {
        return new TurnstileState(way, until, inBroken, outBroken, body, next, free, fire, heldAt);
    }

    TurnstileState held(boolean nextFree, boolean nextFire) {
        return new TurnstileState(way, until, inBroken, outBroken, body, alarm, nextFree, nextFire, heldAt);
    }

    TurnstileState heldAt(long next) {
        return new TurnstileState(way, until, inBroken, outBroken, body, alarm, free, fire, next);
    }
}
