package io.zhitong.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.decision.LiftFloors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LiftMachineTest {

    private static final LiftFloors SEVEN = LiftFloors.of(List.of(7));
    private static final LiftFloors OFFICES = LiftFloors.of(List.of(2, 3, 256 + 3));
    private static final List<LiftInput> INPUTS = List.of(
            new LiftInput.Ride(SEVEN, 1_000),
            new LiftInput.Ride(OFFICES, 2_000),
            new LiftInput.Ride(LiftFloors.NONE, 1_000),
            new LiftInput.Visit(LiftFloors.of(List.of(3)), 5_000),
            new LiftInput.Anywhere(500),
            new LiftInput.Button(),
            new LiftInput.Free(),
            new LiftInput.Normal(),
            new LiftInput.Secure(),
            new LiftInput.Fire(true),
            new LiftInput.Fire(false),
            new LiftInput.Time());
    private static final int[] PAUSES = {0, 700, 2_000};

    private LiftMachine machine = new LiftMachine(LiftMode.ENABLE);
    private LiftState state = LiftState.closed();
    private long now = 1_000;

    @Test
    void buttons_of_the_granted_floors_work_for_the_time_and_no_others() {
        assertEquals(
                List.of(new LiftOutput.Enable(Landing.HERE, OFFICES, 2_000)), step(new LiftInput.Ride(OFFICES, 2_000)));
        assertTrue(state.lets(2, now) && state.lets(3, now) && state.lets(259, now));
        assertFalse(state.lets(258, now) || state.lets(7, now));
        now += 2_000;
        assertEquals(List.of(), step(new LiftInput.Time()), "whoever drives the relays timed them");
        assertFalse(state.lets());
    }

    @Test
    void floors_of_two_people_stand_side_by_side_each_until_its_own_end() {
        step(new LiftInput.Ride(OFFICES, 2_000));
        now += 500;
        assertEquals(
                List.of(new LiftOutput.Enable(Landing.HERE, SEVEN, 1_000)), step(new LiftInput.Ride(SEVEN, 1_000)));
        assertTrue(state.lets(2, now) && state.lets(7, now));
        now += 1_200;
        assertTrue(state.lets(2, now) && !state.lets(7, now));
    }

    @Test
    void somebody_elses_shorter_time_does_not_cut_a_longer_one() {
        step(new LiftInput.Visit(SEVEN, 60_000));
        assertEquals(List.of(), step(new LiftInput.Ride(SEVEN, 1_000)));
        now += 59_999;
        assertTrue(state.lets(7, now));
        step(new LiftInput.Ride(SEVEN, 1_000));
        now += 999;
        assertTrue(state.lets(7, now));
    }

    @Test
    void single_floor_is_pressed_and_several_are_enabled() {
        machine = new LiftMachine(LiftMode.PRESS);
        assertEquals(
                List.of(new LiftOutput.Enable(Landing.HERE, SEVEN, 1_000), new LiftOutput.Press(7)),
                step(new LiftInput.Ride(SEVEN, 1_000)),
                "a button that works first, then pressed");
        assertEquals(List.of(new LiftOutput.Press(7)), step(new LiftInput.Ride(SEVEN, 1_000)), "the next one up");
        assertEquals(
                List.of(new LiftOutput.Enable(Landing.HERE, OFFICES, 2_000)), step(new LiftInput.Ride(OFFICES, 2_000)));
    }

    @Test
    void reader_at_a_landing_calls_the_car_and_lets_no_floor() {
        machine = new LiftMachine(LiftMode.CALL);
        assertEquals(List.of(new LiftOutput.Call(Landing.HERE)), step(new LiftInput.Ride(OFFICES, 2_000)));
        assertFalse(state.lets());
    }

    @Test
    void right_without_floors_calls_the_car_in_every_mode() {
        for (LiftMode mode : LiftMode.values()) {
            machine = new LiftMachine(mode);
            assertEquals(List.of(new LiftOutput.Call(Landing.HERE)), step(new LiftInput.Ride(LiftFloors.NONE, 1_000)));
            assertFalse(state.lets());
        }
    }

    @Test
    void visitor_finds_the_car_in_the_lobby_and_the_hosts_floor_permitted_for_the_minutes() {
        assertEquals(
                List.of(new LiftOutput.Call(Landing.LOBBY), new LiftOutput.Enable(Landing.LOBBY, SEVEN, 180_000)),
                step(new LiftInput.Visit(SEVEN, 180_000)));
        now += 179_999;
        assertTrue(state.lets(7, now));
        assertFalse(state.lets(8, now));
        now += 1;
        assertFalse(state.lets(7, now));
    }

    @Test
    void call_button_calls_and_says_so() {
        assertEquals(
                List.of(new LiftOutput.Call(Landing.HERE), new LiftOutput.Report(DoorEvent.EXIT_REQUESTED)),
                step(new LiftInput.Button()));
    }

    @Test
    void operator_lets_go_to_every_floor_for_a_while() {
        assertEquals(
                List.of(new LiftOutput.Enable(Landing.HERE, LiftFloors.ALL, 3_000)),
                step(new LiftInput.Anywhere(3_000)));
        assertTrue(state.lets(0, now) && state.lets(511, now));
    }

    @Test
    void free_floors_end_and_what_was_let_meanwhile_goes_on_for_its_rest() {
        step(new LiftInput.Ride(SEVEN, 5_000));
        assertEquals(List.of(new LiftOutput.Free(true)), step(new LiftInput.Free()));
        assertEquals(List.of(), step(new LiftInput.Ride(OFFICES, 2_000)), "a timed relay would fall in between");
        assertEquals(List.of(), step(new LiftInput.Free()));
        now += 1_000;
        assertEquals(
                List.of(
                        new LiftOutput.Free(false),
                        new LiftOutput.Enable(Landing.HERE, OFFICES, 1_000),
                        new LiftOutput.Enable(Landing.HERE, SEVEN, 4_000)),
                step(new LiftInput.Normal()));
    }

    @Test
    void lock_down_takes_back_what_was_let() {
        step(new LiftInput.Ride(SEVEN, 5_000));
        assertEquals(List.of(new LiftOutput.Withdraw()), step(new LiftInput.Secure()));
        assertFalse(state.lets());
        assertEquals(List.of(), step(new LiftInput.Secure()));
        step(new LiftInput.Free());
        assertEquals(List.of(new LiftOutput.Free(false)), step(new LiftInput.Secure()));
        assertFalse(state.lets());
    }

    @Test
    void fire_recalls_first_takes_back_everything_and_nobodys_right_moves_anything_until_it_ends() {
        step(new LiftInput.Ride(SEVEN, 50_000));
        assertEquals(
                List.of(new LiftOutput.Recall(true), new LiftOutput.Report(DoorEvent.FIRE)),
                step(new LiftInput.Fire(true)));
        for (LiftInput input : INPUTS) {
            if (!(input instanceof LiftInput.Fire)) {
                assertEquals(List.of(), step(input), input.toString());
            }
        }
        assertEquals(List.of(), step(new LiftInput.Fire(true)), "the contact speaks twice");
        assertEquals(
                List.of(new LiftOutput.Recall(false), new LiftOutput.Report(DoorEvent.FIRE_ENDED)),
                step(new LiftInput.Fire(false)));
        assertFalse(state.lets(), "what was let before is over");
    }

    @Test
    void lift_that_stood_free_stands_free_after_the_fire() {
        step(new LiftInput.Free());
        step(new LiftInput.Fire(true));
        assertFalse(state.lets());
        assertEquals(
                List.of(
                        new LiftOutput.Recall(false),
                        new LiftOutput.Free(true),
                        new LiftOutput.Report(DoorEvent.FIRE_ENDED)),
                step(new LiftInput.Fire(false)));
    }

    @Test
    void times_out_of_range_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new LiftInput.Ride(SEVEN, 0));
        assertThrows(IllegalArgumentException.class, () -> new LiftInput.Visit(SEVEN, 3_600_001));
        assertThrows(IllegalArgumentException.class, () -> new LiftInput.Anywhere(-1));
        assertEquals(3_600_000, new LiftInput.Visit(SEVEN, 3_600_000).millis());
    }

    @Test
    void machine_agrees_with_the_lift_told_from_its_history_on_every_sequence_of_three_inputs_and_pauses() {
        for (LiftMode mode : LiftMode.values()) {
            int all = INPUTS.size() * PAUSES.length;
            for (int code = 0; code < all * all * all; code++) {
                compare(mode, mode, List.of(code % all, code / all % all, code / all / all));
            }
        }
    }

    @Test
    void long_sequences_by_chance_agree_too() {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            List<Integer> codes =
                    random.ints(12, 0, INPUTS.size() * PAUSES.length).boxed().toList();
            LiftMode mode = LiftMode.values()[seed % 3];
            compare(mode, mode, codes);
        }
    }

    @Test
    void comparison_finds_a_planted_fault() {
        assertThrows(
                AssertionError.class,
                () -> compare(LiftMode.ENABLE, LiftMode.CALL, List.of(0)),
                "a machine in another mode would be seen");
    }

    /** State and a relay board that hears the outputs alone both stand where the history says. */
    private void compare(LiftMode mode, LiftMode told, List<Integer> codes) {
        LiftMachine any = new LiftMachine(mode);
        LiftByHistory history = new LiftByHistory();
        Relays relays = new Relays();
        LiftState at = LiftState.closed();
        long time = 10_000;
        for (int code : codes) {
            LiftInput input = INPUTS.get(code % INPUTS.size());
            time += PAUSES[code / INPUTS.size()];
            LiftMachine.Step step = any.step(at, input, time);
            at = step.state();
            history.add(time, input);
            relays.hear(step.outputs(), time);
            TreeSet<Integer> floors = history.floors(time, told == LiftMode.CALL);
            boolean free = history.free(time);
            for (int floor : new int[] {2, 3, 7, 8, 259, 511}) {
                boolean lets = !history.burns() && (free || floors.contains(floor));
                assertEquals(lets, at.lets(floor, time), () -> codes + " state, floor " + floor);
                assertEquals(lets, relays.on(floor, history.burns()), () -> codes + " relay, floor " + floor);
            }
            assertEquals(history.burns(), relays.recalled, codes::toString);
        }
    }

    /** Relays that know nothing but what they are told, and time themselves. */
    private static final class Relays {
        private final long[] until = new long[512];
        private boolean free;
        private boolean recalled;
        private long now;

        void hear(List<LiftOutput> outputs, long at) {
            now = at;
            for (LiftOutput output : new ArrayList<>(outputs)) {
                if (output instanceof LiftOutput.Enable enable) {
                    assertFalse(free || recalled, "a timed relay falls although it was to stay");
                    enable.floors().numbers().forEach(floor -> until[floor] = at + enable.millis());
                } else if (output instanceof LiftOutput.Free change) {
                    free = change.on();
                    java.util.Arrays.fill(until, 0);
                } else if (output instanceof LiftOutput.Withdraw) {
                    java.util.Arrays.fill(until, 0);
                } else if (output instanceof LiftOutput.Recall recall) {
                    recalled = recall.on();
                    free = false;
                    java.util.Arrays.fill(until, 0);
                }
            }
        }

        boolean on(int floor, boolean burns) {
            return !burns && (free || until[floor] > now);
        }
    }

    private List<LiftOutput> step(LiftInput input) {
        LiftMachine.Step step = machine.step(state, input, now);
        state = step.state();
        return step.outputs();
    }
}
