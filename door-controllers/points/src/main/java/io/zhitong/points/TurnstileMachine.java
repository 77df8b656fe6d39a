package io.zhitong.points;

import static io.zhitong.points.DoorState.NEVER;

import io.zhitong.points.TurnstileState.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a turnstile with two light barriers (闸机状态机): which way a person goes is the order in which the barriers break.
 * One release lets one person through; who breaks the first barrier behind that person while still in the passage follows
 * (尾随), who breaks one without any release forces it. Either alarm ends when the passage is clear. The barriers stand so close
 * that a body breaks both; who steps back has used the release. Pure; thread-safe.
 */
public final class TurnstileMachine {

    private final int heldAfterMillis;

    /** @param heldAfterMillis how long somebody may stand in the passage, 1 s to 1 h */
    public TurnstileMachine(int heldAfterMillis) {
        this.heldAfterMillis = DoorConfig.withContact(heldAfterMillis).heldAfterMillis();
        if (heldAfterMillis == 0) {
            throw new IllegalArgumentException("somebody who stands in a passage for ever has to be an alarm");
        }
    }

    /**
     * The outcome of one step.
     *
     * @param gates what moves, before anything is written down
     * @param events what to write down then, in this order
     */
    public record Step(TurnstileState state, List<Gate> gates, List<DoorEvent> events) {
        public Step {
            gates = List.copyOf(gates);
            events = List.copyOf(events);
        }
    }

    /** The gate for one way is released, or locked again (放行, 关闭). */
    public record Gate(Way way, boolean open) {}

    /**
     * One step: first what became due until now, then the input.
     *
     * @param now milliseconds of the clock the state was made with, never going back
     */
    public Step step(TurnstileState before, TurnstileInput input, long now) {
        List<DoorEvent> events = new ArrayList<>(2);
        TurnstileState after = apply(due(before, now, events), input, now, events);
        List<Gate> gates = new ArrayList<>(2);
        for (Way way : Way.values()) {
            if (before.open(way) != after.open(way)) {
                gates.add(new Gate(way, after.open(way)));
            }
        }
        return new Step(after, gates, events);
    }

    private static TurnstileState due(TurnstileState state, long now, List<DoorEvent> events) {
        TurnstileState next = state;
        if (next.until() <= now) {
            next = next.granted(Optional.empty(), NEVER);
            events.add(DoorEvent.NOT_OPENED);
        }
        if (next.heldAt() <= now) {
            next = next.heldAt(NEVER);
            if (next.alarm().isEmpty() && !next.held()) {
                next = alarm(next, DoorEvent.HELD_OPEN, events);
            }
        }
        return next;
    }

    private TurnstileState apply(TurnstileState state, TurnstileInput input, long now, List<DoorEvent> events) {
        if (input instanceof TurnstileInput.Release release) {
            return state.granted(Optional.of(release.way()), now + release.millis());
        }
        if (input instanceof TurnstileInput.Beam beam) {
            return state.broken(beam.side()) == beam.broken() ? state : beam(state, beam, now, events);
        }
        if (input instanceof TurnstileInput.Free free) {
            return state.held(free.on(), state.fire());
        }
        if (input instanceof TurnstileInput.Fire fire) {
            return fire(state, fire.burning(), events);
        }
        return input instanceof TurnstileInput.Secure
                ? state.held(false, state.fire()).granted(Optional.empty(), NEVER)
                : state;
    }

    private static TurnstileState fire(TurnstileState state, boolean burning, List<DoorEvent> events) {
        if (burning != state.fire()) {
            events.add(burning ? DoorEvent.FIRE : DoorEvent.FIRE_ENDED);
        }
        return state.held(state.free(), burning);
    }

    private TurnstileState beam(TurnstileState state, TurnstileInput.Beam beam, long now, List<DoorEvent> events) {
        TurnstileState next = state.broken(beam.side(), beam.broken());
        Optional<Way> going = state.body().from();
        if (beam.broken()) {
            return going.isEmpty() ? entered(next, beam.side(), now, events) : onward(state, next, beam.side(), events);
        }
        return next.clear() && going.isPresent() ? left(next, going.get(), beam.side(), events) : next;
    }

    private TurnstileState entered(TurnstileState state, Way from, long now, List<DoorEvent> events) {
        TurnstileState next = state.body(new Body(Optional.of(from), false), now + heldAfterMillis);
        return admitted(next, from, DoorEvent.FORCED_OPEN, events);
    }

    /** Another barrier breaks while somebody is in the passage: the person goes on, or another one follows. */
    private static TurnstileState onward(
            TurnstileState before, TurnstileState state, Way side, List<DoorEvent> events) {
        Way going = before.body().from().orElse(side);
        if (side != going) {
            return state.body(new Body(before.body().from(), true), state.heldAt());
        }
        if (!before.body().reached()) {
            return state;
        }
        if (state.open(side)) {
            events.add(DoorEvent.PASSED);
        }
        return admitted(state, side, DoorEvent.TAILGATING, events);
    }

    /** One release is one person. */
    private static TurnstileState admitted(TurnstileState state, Way way, DoorEvent otherwise, List<DoorEvent> events) {
        if (state.held()) {
            return state;
        }
        if (state.open(way)) {
            return state.granted(Optional.empty(), NEVER);
        }
        return state.alarm().isPresent() ? state : alarm(state, otherwise, events);
    }

    private static TurnstileState left(TurnstileState state, Way going, Way lastBeam, List<DoorEvent> events) {
        TurnstileState next = state.body(Body.NOBODY, NEVER);
        if (state.body().reached() && lastBeam != going) {
            events.add(DoorEvent.PASSED);
        }
        if (next.alarm().isPresent()) {
            events.add(end(next.alarm().get()));
        }
        return next.alarm(Optional.empty());
    }

    private static TurnstileState alarm(TurnstileState state, DoorEvent alarm, List<DoorEvent> events) {
        events.add(alarm);
        return state.alarm(Optional.of(alarm));
    }

    private static DoorEvent end(DoorEvent alarm) {
        return switch (alarm) {
            case FORCED_OPEN -> DoorEvent.FORCED_ENDED;
            case HELD_OPEN -> DoorEvent.HELD_ENDED;
            default -> DoorEvent.PASSAGE_CLEAR;
        };
    }
}
