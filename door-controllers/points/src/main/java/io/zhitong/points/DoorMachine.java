package io.zhitong.points;

import static io.zhitong.points.DoorState.NEVER;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a door (门状态机): pure, time is a parameter. A leaf that opens while the lock is released was let open, any other
 * was forced. Fire stands above everything: its relay moves before anything else is done or said. Thread-safe (no state).
 */
public final class DoorMachine {

    private final DoorConfig config;

    public DoorMachine(DoorConfig config) {
        this.config = config;
    }

    /**
     * One step: first what became due until now, each at its own moment, then the input.
     *
     * @param now milliseconds of the clock the state was made with, never going back
     */
    public DoorStep step(DoorState before, DoorInput input, long now) {
        List<DoorOutput> outputs = new ArrayList<>(4);
        if (input instanceof DoorInput.Fire fire && fire.burning() && !before.fire()) {
            outputs.add(new DoorOutput.Hold());
        }
        DoorState state = before;
        for (long due = state.nextDeadline(); due <= now; due = state.nextDeadline()) {
            state = settled(expire(state, due, outputs), due);
        }
        return new DoorStep(settled(apply(state, input, now, outputs), now), outputs);
    }

    /** Whether the buzzer warns that the leaf has to be closed (关门预警). */
    public boolean warns(DoorState state, long now) {
        return config.warnMillis() > 0 && state.heldAt() != NEVER && now >= state.heldAt() - config.warnMillis();
    }

    private DoorState expire(DoorState state, long due, List<DoorOutput> outputs) {
        if (state.relayOffAt() == due) {
            return released(state, outputs);
        }
        if (state.heldAt() == due) {
            report(DoorEvent.HELD_OPEN, outputs);
            return state.phase(DoorPhase.HELD);
        }
        report(DoorEvent.NOT_LOCKED, outputs);
        return state.bolt(state.bolt().missed());
    }

    /** The release has run out. */
    private DoorState released(DoorState state, List<DoorOutput> outputs) {
        DoorState next = state.relayOffAt(NEVER);
        if (next.phase() == DoorPhase.RELEASED && !next.held()) {
            if (config.contactWired()) {
                report(DoorEvent.NOT_OPENED, outputs);
            }
            return next.phase(DoorPhase.CLOSED);
        }
        return next;
    }

    private DoorState apply(DoorState state, DoorInput input, long now, List<DoorOutput> outputs) {
        if (input instanceof DoorInput.Release release) {
            return release(state, release, now, outputs);
        }
        if (input instanceof DoorInput.Contact contact) {
            return contact(state, contact.open(), now, outputs);
        }
        if (input instanceof DoorInput.Fire fire) {
            return fire(state, fire.burning(), now, outputs);
        }
        if (input instanceof DoorInput.Bolt bolt) {
            return bolt(state, bolt.thrown(), outputs);
        }
        return mode(state, input, now, outputs);
    }

    private DoorState mode(DoorState state, DoorInput input, long now, List<DoorOutput> outputs) {
        if (input instanceof DoorInput.Free) {
            return free(state, outputs);
        }
        if (input instanceof DoorInput.Normal) {
            return state.free() ? unheld(state.free(false), now, outputs) : state;
        }
        return input instanceof DoorInput.Secure ? secure(state, now, outputs) : state;
    }

    private DoorState release(DoorState state, DoorInput.Release release, long now, List<DoorOutput> outputs) {
        DoorState next = state.openMillis(Math.max(state.openMillis(), release.openMillis()));
        long end = now + release.pulseMillis();
        if (next.relayOffAt() == NEVER || next.relayOffAt() < end) {
            next = next.relayOffAt(end);
            if (!next.held()) {
                outputs.add(new DoorOutput.Pulse(release.pulseMillis()));
            }
        }
        if (release.cause() == DoorInput.Cause.EXIT_BUTTON) {
            report(DoorEvent.EXIT_REQUESTED, outputs);
        }
        return watched(next.phase() == DoorPhase.CLOSED ? next.phase(DoorPhase.RELEASED) : next, now);
    }

    private DoorState contact(DoorState state, boolean open, long now, List<DoorOutput> outputs) {
        if (!config.contactWired() || open == state.phase().leafOpen()) {
            return state;
        }
        return open ? opened(state, now, outputs) : closed(state, outputs);
    }

    private DoorState opened(DoorState state, long now, List<DoorOutput> outputs) {
        if (!state.relayOn()) {
            report(DoorEvent.FORCED_OPEN, outputs);
            return state.phase(DoorPhase.FORCED);
        }
        DoorState next = state.phase(DoorPhase.OPEN);
        if (config.relock() == Relock.ON_OPEN && !state.held()) {
            outputs.add(new DoorOutput.Drop());
            next = next.relayOffAt(NEVER);
        }
        report(DoorEvent.OPENED, outputs);
        return watched(next, now);
    }

    /** Ends the release that let the leaf open, so that nobody slips in behind. */
    private static DoorState closed(DoorState state, List<DoorOutput> outputs) {
        DoorState next = state.openMillis(0);
        if (state.held()) {
            next = next.phase(DoorPhase.RELEASED);
        } else {
            dropIfOn(state, outputs);
            next = next.relayOffAt(NEVER).phase(DoorPhase.CLOSED);
        }
        if (state.phase() == DoorPhase.HELD) {
            report(DoorEvent.HELD_ENDED, outputs);
        } else if (state.phase() == DoorPhase.FORCED) {
            report(DoorEvent.FORCED_ENDED, outputs);
        }
        report(DoorEvent.CLOSED, outputs);
        return next;
    }

    private DoorState fire(DoorState state, boolean burning, long now, List<DoorOutput> outputs) {
        if (burning == state.fire()) {
            return state;
        }
        if (burning) {
            report(DoorEvent.FIRE, outputs);
            return freed(state.fire(true));
        }
        DoorState next = unheld(state.fire(false), now, outputs);
        report(DoorEvent.FIRE_ENDED, outputs);
        return next;
    }

    private static DoorState bolt(DoorState state, boolean thrown, List<DoorOutput> outputs) {
        if (thrown && state.bolt().alarming()) {
            report(DoorEvent.LOCKED_AGAIN, outputs);
        }
        return state.bolt(state.bolt().reported(thrown));
    }

    private static DoorState free(DoorState state, List<DoorOutput> outputs) {
        if (!state.held()) {
            outputs.add(new DoorOutput.Hold());
        }
        return state.free() ? state : freed(state.free(true));
    }

    private static DoorState freed(DoorState state) {
        DoorState next = state.heldAt(NEVER);
        return next.phase() == DoorPhase.CLOSED ? next.phase(DoorPhase.RELEASED) : next;
    }

    /** One of the two things that held the lock released has ended. */
    private DoorState unheld(DoorState next, long now, List<DoorOutput> outputs) {
        if (next.held()) {
            return next;
        }
        if (next.relayOn()) {
            outputs.add(new DoorOutput.Pulse(Math.toIntExact(next.relayOffAt() - now)));
            return watched(next, now);
        }
        outputs.add(new DoorOutput.Drop());
        return watched(relocked(next), now);
    }

    private DoorState secure(DoorState state, long now, List<DoorOutput> outputs) {
        DoorState next = state.free(false).relayOffAt(NEVER);
        if (next.fire()) {
            return next;
        }
        dropIfOn(state, outputs);
        return next.heldAt() == NEVER ? watched(relocked(next), now) : relocked(next);
    }

    private static DoorState relocked(DoorState state) {
        return state.phase() == DoorPhase.RELEASED ? state.phase(DoorPhase.CLOSED) : state;
    }

    /** Starts the watch over an open leaf anew, unless passage is free. */
    private DoorState watched(DoorState state, long now) {
        boolean watch = state.phase() == DoorPhase.OPEN && !state.held() && config.heldAfterMillis() > 0;
        return watch ? state.heldAt(now + Math.max(config.heldAfterMillis(), state.openMillis())) : state;
    }

    /** What follows from where the door stands now: nobody is longer awaited, and a bolt may be. */
    private DoorState settled(DoorState state, long now) {
        boolean shut = !state.passable();
        DoorState next = shut ? state.openMillis(0) : state;
        return config.boltWired() ? next.bolt(next.bolt().expected(shut, now)) : next;
    }

    private static void dropIfOn(DoorState state, List<DoorOutput> outputs) {
        if (state.relayOn()) {
            outputs.add(new DoorOutput.Drop());
        }
    }

    private static void report(DoorEvent event, List<DoorOutput> outputs) {
        outputs.add(new DoorOutput.Report(event));
    }
}
