package io.zhitong.points;

import io.zhitong.decision.LiftFloors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of a lift (电梯状态机): what each of several people was let stands side by side, each floor until its own end. Fire stands
 * above everything and takes back all that was let. Pure; thread-safe.
 */
public final class LiftMachine {

    private final LiftMode mode;

    public LiftMachine(LiftMode mode) {
        this.mode = mode;
    }

    /** The outcome of one step: the state to keep and what to do now, in this order. */
    public record Step(LiftState state, List<LiftOutput> outputs) {
        public Step {
            outputs = List.copyOf(outputs);
        }
    }

    /** @param now milliseconds of the clock the state was made with, never going back */
    public Step step(LiftState before, LiftInput input, long now) {
        List<LiftOutput> outputs = new ArrayList<>(2);
        return new Step(apply(before.at(now), input, now, outputs), outputs);
    }

    private LiftState apply(LiftState state, LiftInput input, long now, List<LiftOutput> outputs) {
        if (input instanceof LiftInput.Fire fire) {
            return fire.burning() == state.fire() ? state : fire(state, fire.burning(), outputs);
        }
        if (input instanceof LiftInput.Free) {
            return freed(state, true, now, outputs);
        }
        if (input instanceof LiftInput.Normal) {
            return freed(state, false, now, outputs);
        }
        if (input instanceof LiftInput.Secure) {
            return secured(state, outputs);
        }
        return state.fire() ? state : carried(state, input, now, outputs);
    }

    private LiftState carried(LiftState state, LiftInput input, long now, List<LiftOutput> outputs) {
        if (input instanceof LiftInput.Ride ride) {
            return ride(state, ride, now, outputs);
        }
        if (input instanceof LiftInput.Visit visit) {
            outputs.add(new LiftOutput.Call(Landing.LOBBY));
            return let(state, Landing.LOBBY, visit.floors(), now, visit.millis(), outputs);
        }
        if (input instanceof LiftInput.Anywhere anywhere) {
            if (mode == LiftMode.CALL) {
                outputs.add(new LiftOutput.Call(Landing.HERE));
            }
            return let(state, Landing.HERE, LiftFloors.ALL, now, anywhere.millis(), outputs);
        }
        if (input instanceof LiftInput.Button) {
            outputs.add(new LiftOutput.Call(Landing.HERE));
            outputs.add(new LiftOutput.Report(DoorEvent.EXIT_REQUESTED));
        }
        return state;
    }

    private LiftState ride(LiftState state, LiftInput.Ride ride, long now, List<LiftOutput> outputs) {
        if (mode == LiftMode.CALL || ride.floors().isEmpty()) {
            outputs.add(new LiftOutput.Call(Landing.HERE));
            return state;
        }
        LiftState next = let(state, Landing.HERE, ride.floors(), now, ride.millis(), outputs);
        int[] floors = ride.floors().numbers().limit(2).toArray();
        if (mode == LiftMode.PRESS && floors.length == 1) {
            outputs.add(new LiftOutput.Press(floors[0]));
        }
        return next;
    }

    /** A floor that is let for longer already stays so. */
    private static LiftState let(
            LiftState state, Landing landing, LiftFloors floors, long now, int millis, List<LiftOutput> outputs) {
        long end = now + millis;
        List<Integer> longer = floors.numbers()
                .filter(floor -> state.until().getOrDefault(floor, now) < end)
                .boxed()
                .toList();
        if (longer.isEmpty()) {
            return state;
        }
        if (!state.free()) {
            outputs.add(new LiftOutput.Enable(landing, LiftFloors.of(longer), millis));
        }
        Map<Integer, Long> until = new HashMap<>(state.until());
        longer.forEach(floor -> until.put(floor, end));
        return state.until(until);
    }

    private static LiftState fire(LiftState state, boolean burning, List<LiftOutput> outputs) {
        outputs.add(new LiftOutput.Recall(burning));
        if (!burning && state.free()) {
            outputs.add(new LiftOutput.Free(true));
        }
        outputs.add(new LiftOutput.Report(burning ? DoorEvent.FIRE : DoorEvent.FIRE_ENDED));
        return state.fire(burning);
    }

    private static LiftState freed(LiftState state, boolean free, long now, List<LiftOutput> outputs) {
        if (free != state.free() && !state.fire()) {
            outputs.add(new LiftOutput.Free(free));
            if (!free) {
                outputs.addAll(left(state, now));
            }
        }
        return state.free(free);
    }

    /** What goes on when free floors end, by the time that is left. */
    private static List<LiftOutput> left(LiftState state, long now) {
        Map<Long, List<Integer>> byEnd = new TreeMap<>();
        state.until()
                .forEach((floor, end) ->
                        byEnd.computeIfAbsent(end, none -> new ArrayList<>()).add(floor));
        List<LiftOutput> outputs = new ArrayList<>();
        byEnd.forEach((end, floors) ->
                outputs.add(new LiftOutput.Enable(Landing.HERE, LiftFloors.of(floors), Math.toIntExact(end - now))));
        return outputs;
    }

    private static LiftState secured(LiftState state, List<LiftOutput> outputs) {
        if (!state.fire() && state.free()) {
            outputs.add(new LiftOutput.Free(false));
        } else if (state.lets()) {
            outputs.add(new LiftOutput.Withdraw());
        }
        return new LiftState(false, state.fire(), Map.of());
    }
}
