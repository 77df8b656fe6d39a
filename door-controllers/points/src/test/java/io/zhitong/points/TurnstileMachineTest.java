package io.zhitong.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.points.TurnstileInput.Beam;
import io.zhitong.points.TurnstileInput.Fire;
import io.zhitong.points.TurnstileInput.Free;
import io.zhitong.points.TurnstileInput.Release;
import io.zhitong.points.TurnstileInput.Secure;
import io.zhitong.points.TurnstileInput.Time;
import io.zhitong.points.TurnstileMachine.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnstileMachineTest {

    private static final List<TurnstileInput> INPUTS = List.of(
            new Release(Way.IN, 5_000),
            new Release(Way.OUT, 5_000),
            new Beam(Way.IN, true),
            new Beam(Way.IN, false),
            new Beam(Way.OUT, true),
            new Beam(Way.OUT, false),
            new Free(true),
            new Free(false),
            new Secure(),
            new Fire(true),
            new Fire(false),
            new Time());

    private final TurnstileMachine machine = new TurnstileMachine(10_000);
    private final List<DoorEvent> events = new ArrayList<>();
    private TurnstileState state = TurnstileState.closed();

    @Test
    void one_person_goes_in_and_the_gate_locks_as_soon_as_the_body_is_in_it() {
        assertEquals(List.of(new Gate(Way.IN, true)), step(new Release(Way.IN, 5_000), 0));
        assertEquals(List.of(new Gate(Way.IN, false)), step(new Beam(Way.IN, true), 1_000));
        walk(1_100, "out+", "in-", "out-");
        assertEquals(List.of(DoorEvent.PASSED), events);
        assertEquals(TurnstileState.closed(), state);
    }

    @Test
    void person_goes_out_the_other_way() {
        step(new Release(Way.OUT, 5_000), 0);
        walk(100, "out+", "in+", "out-", "in-");
        assertEquals(List.of(DoorEvent.PASSED), events);
    }

    @Test
    void release_that_nobody_uses_ends_and_is_told() {
        step(new Release(Way.IN, 5_000), 0);
        assertEquals(List.of(new Gate(Way.IN, false)), step(new Time(), 5_000));
        assertEquals(List.of(DoorEvent.NOT_OPENED), events);
    }

    @Test
    void second_person_close_behind_is_tailgating_until_the_passage_is_clear() {
        step(new Release(Way.IN, 5_000), 0);
        walk(100, "in+", "out+", "in-", "in+");
        assertEquals(List.of(DoorEvent.TAILGATING), events);
        walk(500, "in-", "out-");
        assertEquals(List.of(DoorEvent.TAILGATING, DoorEvent.PASSED, DoorEvent.PASSAGE_CLEAR), events);
    }

    @Test
    void second_person_close_behind_who_was_released_too_is_counted_and_is_no_alarm() {
        step(new Release(Way.IN, 5_000), 0);
        walk(100, "in+", "out+", "in-");
        step(new Release(Way.IN, 5_000), 200);
        walk(300, "in+", "in-", "out-");
        assertEquals(List.of(DoorEvent.PASSED, DoorEvent.PASSED), events);
    }

    @Test
    void who_goes_in_on_a_release_for_going_out_forces_it() {
        step(new Release(Way.OUT, 5_000), 0);
        walk(100, "in+");
        assertEquals(List.of(DoorEvent.FORCED_OPEN), events);
        assertTrue(state.open(Way.OUT), "the release for the other side still stands");
        walk(200, "out+", "in-", "out-");
        assertEquals(List.of(DoorEvent.FORCED_OPEN, DoorEvent.PASSED, DoorEvent.FORCED_ENDED), events);
    }

    @Test
    void who_steps_back_has_not_passed_and_has_used_the_release() {
        step(new Release(Way.IN, 5_000), 0);
        walk(100, "in+", "in-");
        assertEquals(List.of(), events);
        assertFalse(state.open(Way.IN));
    }

    @Test
    void who_turns_round_within_the_passage_has_not_passed() {
        step(new Release(Way.IN, 5_000), 0);
        walk(100, "in+", "out+", "out-", "in-");
        assertEquals(List.of(), events);
    }

    @Test
    void somebody_who_stands_in_the_passage_is_an_alarm_after_ten_seconds() {
        step(new Release(Way.IN, 5_000), 0);
        walk(1_000, "in+");
        step(new Time(), 11_000);
        assertEquals(List.of(DoorEvent.HELD_OPEN), events);
        step(new Beam(Way.IN, false), 12_000);
        assertEquals(List.of(DoorEvent.HELD_OPEN, DoorEvent.HELD_ENDED), events);
    }

    @Test
    void fire_frees_both_ways_and_nobody_forces_or_follows() {
        assertEquals(List.of(new Gate(Way.IN, true), new Gate(Way.OUT, true)), step(new Fire(true), 0));
        walk(1, "in+", "out+", "in-", "in+", "in-", "out-");
        assertEquals(List.of(DoorEvent.FIRE, DoorEvent.PASSED, DoorEvent.PASSED), events);
        step(new Secure(), 10);
        assertTrue(state.open(Way.IN), "fire stands above a lock-down");
        assertEquals(List.of(new Gate(Way.IN, false), new Gate(Way.OUT, false)), step(new Fire(false), 11));
    }

    @Test
    void lock_down_takes_back_what_nobody_began() {
        step(new Free(true), 0);
        step(new Release(Way.IN, 5_000), 0);
        assertEquals(List.of(new Gate(Way.IN, false), new Gate(Way.OUT, false)), step(new Secure(), 1));
        walk(2, "in+");
        assertEquals(List.of(DoorEvent.FORCED_OPEN), events);
    }

    @Test
    void on_every_sequence_of_five_inputs_each_alarm_ends_once_and_a_gate_is_open_for_a_cause() {
        assertEquals(12 + 144 + 1_728 + 20_736 + 248_832, every(TurnstileState.closed(), 0, 5, List.of()));
    }

    @Test
    void after_every_long_sequence_by_chance_fire_frees_both_ways() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            TurnstileState now = TurnstileState.closed();
            long at = 0;
            int alarms = 0;
            for (int i = 0; i < 20; i++) {
                TurnstileMachine.Step step = machine.step(now, INPUTS.get(random.nextInt(INPUTS.size())), at);
                alarms += standing(step);
                now = step.state();
                at += random.nextInt(4) * 3_000L;
            }
            assertEquals((now.alarm().isPresent() ? 1 : 0) + (now.fire() ? 1 : 0), alarms, "seed " + seed);
            TurnstileState burning = machine.step(now, new Fire(true), at).state();
            assertTrue(burning.open(Way.IN) && burning.open(Way.OUT), "seed " + seed);
        }
    }

    @Test
    void impossible_parameters_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new TurnstileMachine(0));
        assertThrows(IllegalArgumentException.class, () -> new Release(Way.IN, 0));
        assertThrows(IllegalArgumentException.class, () -> new Release(Way.IN, 600_001));
        assertThrows(
                IllegalArgumentException.class,
                () -> TurnstileState.closed().granted(Optional.of(Way.IN), Long.MAX_VALUE));
        assertEquals(Way.OUT, Way.IN.back());
        assertEquals(Way.IN, Way.OUT.back());
    }

    private int every(TurnstileState from, long now, int left, List<TurnstileInput> before) {
        int seen = 0;
        for (TurnstileInput input : left == 0 ? List.<TurnstileInput>of() : INPUTS) {
            TurnstileMachine.Step step = machine.step(from, input, now);
            TurnstileState to = step.state();
            String where = before + " then " + input + ": " + step;
            int alarms = alarms(to) - alarms(from);
            assertEquals(alarms, standing(step), where);
            boolean caused = input instanceof Release || input instanceof Free || input instanceof Fire;
            assertTrue(caused || step.gates().stream().noneMatch(Gate::open), where);
            assertTrue(to.body().from().isPresent() || to.alarm().isEmpty(), where);
            List<TurnstileInput> more = new ArrayList<>(before);
            more.add(input);
            seen += 1 + every(to, now + 1_000, left - 1, more);
        }
        return seen;
    }

    private static int alarms(TurnstileState state) {
        return (state.alarm().isPresent() ? 1 : 0) + (state.fire() ? 1 : 0);
    }

    /** How many more alarms stand after a step, by what was written down. */
    private static int standing(TurnstileMachine.Step step) {
        return step.events().stream()
                .mapToInt(event -> switch (event) {
                    case FORCED_OPEN, HELD_OPEN, TAILGATING, FIRE -> 1;
                    case FORCED_ENDED, HELD_ENDED, PASSAGE_CLEAR, FIRE_ENDED -> -1;
                    default -> 0;
                })
                .sum();
    }

    /** Barriers by name: {@code in+} breaks, {@code in-} is free again; 10 ms apart. */
    private void walk(long from, String... beams) {
        long at = from;
        for (String beam : beams) {
            step(new Beam(beam.startsWith("in") ? Way.IN : Way.OUT, beam.endsWith("+")), at);
            at += 10;
        }
    }

    private List<Gate> step(TurnstileInput input, long now) {
        TurnstileMachine.Step step = machine.step(state, input, now);
        state = step.state();
        events.addAll(step.events());
        return step.gates();
    }
}
