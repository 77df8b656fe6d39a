package io.zhitong.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every sequence of inputs up to a length, and every state that can be reached at all. */
class DoorMachineExhaustiveTest {

    private static final int HELD_AFTER = 2_000;
    private static final int STEP = 500;
    private static final List<DoorInput> INPUTS = List.of(
            new DoorInput.Release(DoorInput.Cause.GRANT, 1_000),
            new DoorInput.Release(DoorInput.Cause.EXIT_BUTTON, 1_500),
            new DoorInput.Contact(true),
            new DoorInput.Contact(false),
            new DoorInput.Free(),
            new DoorInput.Normal(),
            new DoorInput.Secure(),
            new DoorInput.Time());
    private static final int[] PAUSES = {0, STEP, 2 * STEP, 4 * STEP};

    private final DoorMachine machine = new DoorMachine(new DoorConfig(true, HELD_AFTER));

    @Test
    void machine_agrees_with_the_door_told_from_its_history_on_every_sequence_of_four_inputs_and_pauses() {
        int[] compared = {0};
        compare(List.of(), List.of(), 4, compared);
        assertEquals(32 + 32 * 32 + 32 * 32 * 32 + 32 * 32 * 32 * 32, compared[0]);
    }

    @Test
    void comparison_finds_a_planted_fault() {
        DoorByHistory history = new DoorByHistory(HELD_AFTER);
        history.add(0, INPUTS.get(2));
        assertEquals(DoorPhase.FORCED, history.phase(10));
        DoorState excused = new DoorState(DoorPhase.OPEN, false, DoorState.NEVER, 2_000);
        assertTrue(excused.phase() != history.phase(10), "a machine that excuses a forced leaf would be seen");
    }

    @Test
    void every_reachable_state_keeps_the_promises_and_every_phase_is_reached() {
        Set<DoorState> seen = new HashSet<>(Set.of(DoorState.locked()));
        Deque<DoorState> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            DoorState from = open.remove();
            for (DoorInput input : INPUTS) {
                for (int pause : PAUSES) {
                    DoorStep step = machine.step(from, input, pause);
                    promises(from, input, step);
                    DoorState relative = shifted(step.state(), pause);
                    if (seen.add(relative)) {
                        open.add(relative);
                    }
                }
            }
        }
        EnumSet<DoorPhase> phases = EnumSet.noneOf(DoorPhase.class);
        seen.forEach(state -> phases.add(state.phase()));
        assertEquals(EnumSet.allOf(DoorPhase.class), phases);
    }

    private void compare(List<DoorInput> inputs, List<Integer> pauses, int left, int[] compared) {
        if (left == 0) {
            return;
        }
        for (DoorInput input : INPUTS) {
            for (int pause : PAUSES) {
                List<DoorInput> longerInputs = append(inputs, input);
                List<Integer> longerPauses = append(pauses, pause);
                compareOne(longerInputs, longerPauses);
                compared[0]++;
                compare(longerInputs, longerPauses, left - 1, compared);
            }
        }
    }

    private void compareOne(List<DoorInput> inputs, List<Integer> pauses) {
        DoorByHistory history = new DoorByHistory(HELD_AFTER);
        DoorState state = DoorState.locked();
        long now = 0;
        for (int i = 0; i < inputs.size(); i++) {
            state = machine.step(state, inputs.get(i), now).state();
            history.add(now, inputs.get(i));
            now += pauses.get(i);
        }
        state = machine.step(state, new DoorInput.Time(), now).state();
        if (state.phase() != history.phase(now) || state.relayOn() != history.relayOn(inputs.size(), now)) {
            assertEquals(history.phase(now), state.phase(), () -> inputs + " with pauses " + pauses);
            assertEquals(history.relayOn(inputs.size(), now), state.relayOn(), () -> inputs + " pauses " + pauses);
        }
    }

    private static void promises(DoorState from, DoorInput input, DoorStep step) {
        DoorState to = step.state();
        String where = from + " on " + input + " gave " + step;
        if (input instanceof DoorInput.Secure) {
            assertTrue(!to.relayOn(), where);
        }
        if (input instanceof DoorInput.Release) {
            assertTrue(to.relayOn() && to.phase() != DoorPhase.CLOSED, where);
        }
        assertEquals(
                to.phase() == DoorPhase.RELEASED, to.relayOn() && !to.phase().leafOpen(), where);
        long starts = count(step, DoorEvent.FORCED_OPEN) + count(step, DoorEvent.HELD_OPEN);
        long ends = count(step, DoorEvent.FORCED_ENDED) + count(step, DoorEvent.HELD_ENDED);
        assertEquals(alarming(to) - alarming(from), starts - ends, "every alarm ends once: " + where);
    }

    private static int alarming(DoorState state) {
        return state.phase() == DoorPhase.HELD || state.phase() == DoorPhase.FORCED ? 1 : 0;
    }

    private static long count(DoorStep step, DoorEvent event) {
        return step.outputs().stream()
                .filter(new DoorOutput.Report(event)::equals)
                .count();
    }

    /** The same state seen from a clock that starts now, so that the set of states is finite. */
    private static DoorState shifted(DoorState state, int by) {
        return new DoorState(state.phase(), state.free(), shifted(state.relayOffAt(), by), shifted(state.heldAt(), by));
    }

    private static long shifted(long moment, int by) {
        return moment == DoorState.NEVER ? moment : moment - by;
    }

    private static <T> List<T> append(List<T> list, T last) {
        return java.util.stream.Stream.concat(list.stream(), java.util.stream.Stream.of(last))
                .toList();
    }
}
