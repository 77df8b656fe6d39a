package io.zhitong.points;

import static io.zhitong.points.DoorState.NEVER;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a door (门状态机): pure, time is a parameter. A leaf that opens while the relay is energised was let open, any other
 * was forced. A leaf that closes ends the release that let it open, so that nobody slips in behind. Thread-safe (no state).
 */
public final class DoorMachine {

    private final DoorConfig config;

    public DoorMachine(DoorConfig config) {
        this.config = config;
    }

    /**
     * One step: first what became due until now, then the input.
     *
     * @param now milliseconds of the clock the state was made with, never going back
     */
    public DoorStep step(DoorState before, DoorInput input, long now) {
        List<DoorOutput> outputs = new ArrayList<>(4);
        DoorState due = expire(before, now, outputs);
        return new DoorStep(apply(due, input, now, outputs), outputs);
    }

    private DoorState expire(DoorState state, long now, List<DoorOutput> outputs) {
        DoorState next = state;
        if (next.relayOffAt() <= now) {
            next = next.relayOffAt(NEVER);
            if (next.phase() == DoorPhase.RELEASED && !next.free()) {
                next = next.phase(DoorPhase.CLOSED);
                reportIfWired(DoorEvent.NOT_OPENED, outputs);
            }
        }
        if (next.heldAt() <= now) {
            next = next.phase(DoorPhase.HELD);
            report(DoorEvent.HELD_OPEN, outputs);
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
        if (input instanceof DoorInput.Free) {
            return free(state, outputs);
        }
        if (input instanceof DoorInput.Normal) {
            return normal(state, now, outputs);
        }
        if (input instanceof DoorInput.Secure) {
            return secure(state, now, outputs);
        }
        return state;
    }

    private DoorState release(DoorState state, DoorInput.Release release, long now, List<DoorOutput> outputs) {
        if (release.cause() == DoorInput.Cause.EXIT_BUTTON) {
            report(DoorEvent.EXIT_REQUESTED, outputs);
        }
        DoorState next = state;
        long end = now + release.pulseMillis();
        if (next.relayOffAt() == NEVER || next.relayOffAt() < end) {
            next = next.relayOffAt(end);
            if (!next.free()) {
                outputs.add(new DoorOutput.Pulse(release.pulseMillis()));
            }
        }
        if (next.phase() == DoorPhase.OPEN && !next.free()) {
            return next.heldAt(now + config.heldAfterMillis());
        }
        return next.phase() == DoorPhase.CLOSED ? next.phase(DoorPhase.RELEASED) : next;
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
        report(DoorEvent.OPENED, outputs);
        return watched(state.phase(DoorPhase.OPEN), now);
    }

    private static DoorState closed(DoorState state, List<DoorOutput> outputs) {
        if (state.phase() == DoorPhase.HELD) {
            report(DoorEvent.HELD_ENDED, outputs);
        } else if (state.phase() == DoorPhase.FORCED) {
            report(DoorEvent.FORCED_ENDED, outputs);
        }
        report(DoorEvent.CLOSED, outputs);
        if (state.free()) {
            return state.phase(DoorPhase.RELEASED);
        }
        dropIfOn(state, outputs);
        return state.relayOffAt(NEVER).phase(DoorPhase.CLOSED);
    }

    private static DoorState free(DoorState state, List<DoorOutput> outputs) {
        if (state.free()) {
            return state;
        }
        outputs.add(new DoorOutput.Hold());
        DoorState next = state.free(true).heldAt(NEVER);
        return next.phase() == DoorPhase.CLOSED ? next.phase(DoorPhase.RELEASED) : next;
    }

    private DoorState normal(DoorState state, long now, List<DoorOutput> outputs) {
        if (!state.free()) {
            return state;
        }
        DoorState next = state.free(false);
        if (next.relayOn()) {
            outputs.add(new DoorOutput.Pulse(Math.toIntExact(next.relayOffAt() - now)));
            return watched(next, now);
        }
        outputs.add(new DoorOutput.Drop());
        return watched(relocked(next), now);
    }

    private DoorState secure(DoorState state, long now, List<DoorOutput> outputs) {
        dropIfOn(state, outputs);
        DoorState next = relocked(state.free(false).relayOffAt(NEVER));
        return next.heldAt() == NEVER ? watched(next, now) : next;
    }

    private static DoorState relocked(DoorState state) {
        return state.phase() == DoorPhase.RELEASED ? state.phase(DoorPhase.CLOSED) : state;
    }

    /** Starts the watch over an open leaf, unless passage is free. */
    private DoorState watched(DoorState state, long now) {
        boolean watch = state.phase() == DoorPhase.OPEN && !state.free();
        return watch ? state.heldAt(now + config.heldAfterMillis()) : state;
    }

    private static void dropIfOn(DoorState state, List<DoorOutput> outputs) {
        if (state.relayOn()) {
            outputs.add(new DoorOutput.Drop());
        }
    }

    private void reportIfWired(DoorEvent event, List<DoorOutput> outputs) {
        if (config.contactWired()) {
            report(event, outputs);
        }
    }

    private static void report(DoorEvent event, List<DoorOutput> outputs) {
        outputs.add(new DoorOutput.Report(event));
    }
}
