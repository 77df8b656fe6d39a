package io.zhitong.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every sequence of inputs up to a length, and every state that can be reached at all. */
class DoorMachineExhaustiveTest {

    private static final int STEP = 500;
    private static final DoorConfig PLAIN = DoorConfig.withContact(2_000);
    private static final DoorConfig STRIKE = new DoorConfig(true, false, 2_000, 500, Relock.ON_OPEN);
    private static final DoorConfig BOLTED = new DoorConfig(true, true, 2_000, 0, Relock.ON_CLOSE);
    private static final List<DoorInput> INPUTS = List.of(
            new DoorInput.Release(DoorInput.Cause.GRANT, 1_000),
            new DoorInput.Release(DoorInput.Cause.EXIT_BUTTON, 1_500, 3_000),
            new DoorInput.Contact(true),
            new DoorInput.Contact(false),
            new DoorInput.Free(),
            new DoorInput.Normal(),
            new DoorInput.Secure(),
            new DoorInput.Fire(true),
            new DoorInput.Fire(false),
            new DoorInput.Time());
    private static final List<DoorInput> BOLT_INPUTS = List.of(
            new DoorInput.Release(DoorInput.Cause.GRANT, 1_000),
            new DoorInput.Contact(true),
            new DoorInput.Contact(false),
            new DoorInput.Bolt(true),
            new DoorInput.Bolt(false),
            new DoorInput.Fire(true),
            new DoorInput.Fire(false));
    private static final int[] PAUSES = {0, STEP, 4 * STEP};
    private static final int[] BOLT_PAUSES = {0, 2 * STEP, 6 * STEP};

    private final DoorMachine machine = new DoorMachine(PLAIN);

    @Test
    void machine_agrees_with_the_door_told_from_its_history_on_every_sequence_of_four_inputs_and_pauses() {
        assertEquals(powers(30, 4), new Comparison(PLAIN, INPUTS, PAUSES).all(4));
    }

    @Test
    void strike_that_catches_at_once_agrees_on_every_sequence_of_three_inputs_and_pauses() {
        assertEquals(powers(30, 3), new Comparison(STRIKE, INPUTS, PAUSES).all(3));
    }

    @Test
    void bolt_agrees_on_every_sequence_of_four_inputs_and_pauses() {
        assertEquals(powers(21, 4), new Comparison(BOLTED, BOLT_INPUTS, BOLT_PAUSES).all(4));
    }

    @Test
    void long_sequences_by_chance_agree_too() {
        List<DoorInput> all = new ArrayList<>(INPUTS);
        all.addAll(BOLT_INPUTS);
        for (DoorConfig config : List.of(PLAIN, STRIKE, BOLTED)) {
            Comparison comparison = new Comparison(config, all, BOLT_PAUSES);
            for (int seed = 0; seed < 3_000; seed++) {
                comparison.byChance(new Random(seed), 14);
            }
        }
    }

    @Test
    void comparison_finds_a_planted_fault() {
        DoorByHistory history = new DoorByHistory(PLAIN);
        history.add(0, new DoorInput.Contact(true));
        assertEquals(DoorPhase.FORCED, history.phase(10));
        Comparison blind = new Comparison(PLAIN, DoorConfig.withContact(3_000), INPUTS, PAUSES);
        assertThrows(AssertionError.class, () -> blind.all(3), "a machine that waits a second too long would be seen");
    }

    @Test
    void after_every_sequence_the_fire_contact_frees_the_door_by_its_first_output() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            DoorState state = DoorState.locked();
            long now = 0;
            for (int i = 0; i < 10; i++) {
                state = machine.step(state, INPUTS.get(random.nextInt(INPUTS.size())), now)
                        .state();
                now += PAUSES[random.nextInt(PAUSES.length)];
            }
            DoorStep burning = machine.step(state, new DoorInput.Fire(true), now);
            assertTrue(burning.state().relayOn(), "seed " + seed);
            assertTrue(
                    state.fire() || burning.outputs().get(0).equals(new DoorOutput.Hold()),
                    "seed " + seed + ": " + burning);
        }
    }

    @Test
    void relay_told_by_the_outputs_alone_is_where_the_state_says() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            DoorMachine any = new DoorMachine(seed % 2 == 0 ? PLAIN : STRIKE);
            DoorState state = DoorState.locked();
            long energisedUntil = 0;
            long now = 0;
            for (int i = 0; i < 12; i++) {
                DoorStep step = any.step(state, INPUTS.get(random.nextInt(INPUTS.size())), now);
                energisedUntil = relay(step.outputs(), energisedUntil, now);
                state = step.state();
                assertEquals(state.relayOn(), energisedUntil > now, "seed " + seed + " after " + i + ": " + step);
                now += PAUSES[random.nextInt(PAUSES.length)];
            }
        }
    }

    /** A relay that knows nothing but what it is told, as a board does. */
    private static long relay(List<DoorOutput> outputs, long until, long now) {
        long next = until;
        for (DoorOutput output : outputs) {
            if (output instanceof DoorOutput.Pulse pulse) {
                next = now + pulse.millis();
            } else if (output instanceof DoorOutput.Hold) {
                next = Long.MAX_VALUE;
            } else if (output instanceof DoorOutput.Drop) {
                next = now;
            }
        }
        return next;
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

    private static int powers(int base, int upTo) {
        int sum = 0;
        int power = 1;
        for (int i = 0; i < upTo; i++) {
            power *= base;
            sum += power;
        }
        return sum;
    }

    /** The machine and the history, side by side. */
    private static final class Comparison {
        private final DoorConfig told;
        private final DoorMachine machine;
        private final List<DoorInput> inputs;
        private final int[] pauses;
        private int compared;

        Comparison(DoorConfig config, List<DoorInput> inputs, int[] pauses) {
            this(config, config, inputs, pauses);
        }

        Comparison(DoorConfig told, DoorConfig config, List<DoorInput> inputs, int[] pauses) {
            this.told = told;
            this.machine = new DoorMachine(config);
            this.inputs = inputs;
            this.pauses = pauses;
        }

        int all(int length) {
            every(new DoorInput[length], new int[length], 0);
            return compared;
        }

        void byChance(Random random, int length) {
            DoorInput[] some = new DoorInput[length];
            int[] waits = new int[length];
            for (int i = 0; i < length; i++) {
                some[i] = inputs.get(random.nextInt(inputs.size()));
                waits[i] = pauses[random.nextInt(pauses.length)];
            }
            compare(some, waits, length);
        }

        private void every(DoorInput[] some, int[] waits, int at) {
            if (at == some.length) {
                return;
            }
            for (DoorInput input : inputs) {
                for (int pause : pauses) {
                    some[at] = input;
                    waits[at] = pause;
                    compare(some, waits, at + 1);
                    compared++;
                    every(some, waits, at + 1);
                }
            }
        }

        private void compare(DoorInput[] some, int[] waits, int length) {
            DoorByHistory history = new DoorByHistory(told);
            DoorState state = DoorState.locked();
            long now = 0;
            for (int i = 0; i < length; i++) {
                state = machine.step(state, some[i], now).state();
                history.add(now, some[i]);
                now += waits[i];
            }
            state = machine.step(state, new DoorInput.Time(), now).state();
            boolean same = state.phase() == history.phase(now)
                    && state.relayOn() == history.relayOn(length, now)
                    && (!told.boltWired() || state.bolt().alarming() == history.notLocked(now));
            if (!same) {
                throw new AssertionError("history " + history.phase(now) + " released "
                        + history.relayOn(length, now) + " unbolted " + history.notLocked(now) + ", machine " + state
                        + " after " + Arrays.asList(some).subList(0, length) + " pauses " + Arrays.toString(waits));
            }
        }
    }

    private static void promises(DoorState from, DoorInput input, DoorStep step) {
        DoorState to = step.state();
        String where = from + " on " + input + " gave " + step;
        if (input instanceof DoorInput.Secure) {
            assertEquals(to.fire(), to.relayOn(), where);
        }
        if (input instanceof DoorInput.Release) {
            assertTrue(to.relayOn() && to.phase() != DoorPhase.CLOSED, where);
        }
        assertEquals(
                to.phase() == DoorPhase.RELEASED, to.relayOn() && !to.phase().leafOpen(), where);
        long starts =
                count(step, DoorEvent.FORCED_OPEN) + count(step, DoorEvent.HELD_OPEN) + count(step, DoorEvent.FIRE);
        long ends = count(step, DoorEvent.FORCED_ENDED)
                + count(step, DoorEvent.HELD_ENDED)
                + count(step, DoorEvent.FIRE_ENDED);
        assertEquals(alarming(to) - alarming(from), starts - ends, "every alarm ends once: " + where);
    }

    private static int alarming(DoorState state) {
        int leaf = state.phase() == DoorPhase.HELD || state.phase() == DoorPhase.FORCED ? 1 : 0;
        return leaf + (state.fire() ? 1 : 0);
    }

    private static long count(DoorStep step, DoorEvent event) {
        return step.outputs().stream()
                .filter(new DoorOutput.Report(event)::equals)
                .count();
    }

    /** The same state seen from a clock that starts now, so that the set of states is finite. */
    private static DoorState shifted(DoorState state, int by) {
        return state.relayOffAt(shifted(state.relayOffAt(), by)).heldAt(shifted(state.heldAt(), by));
    }

    private static long shifted(long moment, int by) {
        return moment == DoorState.NEVER ? moment : moment - by;
    }
}
