package io.zhitong.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.points.DoorInput.Bolt;
import io.zhitong.points.DoorInput.Cause;
import io.zhitong.points.DoorInput.Contact;
import io.zhitong.points.DoorInput.Fire;
import io.zhitong.points.DoorInput.Free;
import io.zhitong.points.DoorInput.Normal;
import io.zhitong.points.DoorInput.Release;
import io.zhitong.points.DoorInput.Secure;
import io.zhitong.points.DoorInput.Time;
import io.zhitong.points.DoorOutput.Drop;
import io.zhitong.points.DoorOutput.Hold;
import io.zhitong.points.DoorOutput.Pulse;
import io.zhitong.points.DoorOutput.Report;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DoorMachineTest {

    private static final Release GRANT_3S = new Release(Cause.GRANT, 3_000);

    private final DoorMachine machine = new DoorMachine(DoorConfig.withContact(30_000));
    private DoorState state = DoorState.locked();

    @Test
    void grant_pulses_relay_for_its_time_and_door_is_released() {
        assertEquals(List.of(new Pulse(3_000)), step(GRANT_3S, 1_000));
        assertEquals(DoorPhase.RELEASED, state.phase());
        assertEquals(4_000, state.nextDeadline());
        assertTrue(state.relayOn());
    }

    @Test
    void nobody_opens_and_the_door_locks_by_itself() {
        step(GRANT_3S, 1_000);
        assertEquals(List.of(), step(new Time(), 3_999));
        assertEquals(List.of(new Report(DoorEvent.NOT_OPENED)), step(new Time(), 4_000));
        assertEquals(DoorState.locked(), state);
    }

    @Test
    void closing_the_leaf_ends_the_release_so_that_nobody_slips_in_behind() {
        step(GRANT_3S, 0);
        assertEquals(List.of(new Report(DoorEvent.OPENED)), step(new Contact(true), 500));
        assertEquals(List.of(new Drop(), new Report(DoorEvent.CLOSED)), step(new Contact(false), 1_500));
        assertEquals(List.of(new Report(DoorEvent.FORCED_OPEN)), step(new Contact(true), 1_600));
    }

    @Test
    void leaf_opened_without_release_is_forced_until_it_closes() {
        assertEquals(List.of(new Report(DoorEvent.FORCED_OPEN)), step(new Contact(true), 10));
        assertEquals(List.of(new Pulse(3_000)), step(GRANT_3S, 20));
        assertEquals(DoorPhase.FORCED, state.phase(), "a later grant does not excuse it");
        assertEquals(
                List.of(new Drop(), new Report(DoorEvent.FORCED_ENDED), new Report(DoorEvent.CLOSED)),
                step(new Contact(false), 30));
    }

    @Test
    void leaf_left_open_is_held_after_thirty_seconds_once() {
        step(GRANT_3S, 0);
        step(new Contact(true), 1_000);
        assertEquals(List.of(), step(new Time(), 30_999));
        assertEquals(List.of(new Report(DoorEvent.HELD_OPEN)), step(new Time(), 31_000));
        assertEquals(List.of(), step(new Time(), 90_000));
        assertEquals(
                List.of(new Report(DoorEvent.HELD_ENDED), new Report(DoorEvent.CLOSED)),
                step(new Contact(false), 91_000));
    }

    @Test
    void next_person_through_the_open_leaf_starts_the_thirty_seconds_anew() {
        step(GRANT_3S, 0);
        step(new Contact(true), 1_000);
        step(GRANT_3S, 20_000);
        assertEquals(List.of(), step(new Time(), 49_999));
        assertEquals(List.of(new Report(DoorEvent.HELD_OPEN)), step(new Time(), 50_000));
    }

    @Test
    void exit_button_releases_and_is_reported_even_when_locked_down() {
        step(new Secure(), 0);
        assertEquals(
                List.of(new Pulse(5_000), new Report(DoorEvent.EXIT_REQUESTED)),
                step(new Release(Cause.EXIT_BUTTON, 5_000), 1));
        assertEquals(List.of(new Report(DoorEvent.OPENED)), step(new Contact(true), 2));
    }

    @Test
    void free_passage_holds_the_relay_and_never_alarms() {
        assertEquals(List.of(new Hold()), step(new Free(), 0));
        assertEquals(List.of(new Report(DoorEvent.OPENED)), step(new Contact(true), 1));
        assertEquals(List.of(), step(new Time(), 10_000_000));
        assertEquals(List.of(new Drop()), step(new Normal(), 10_000_001));
        assertEquals(List.of(new Report(DoorEvent.HELD_OPEN)), step(new Time(), 10_030_001));
    }

    @Test
    void free_passage_that_ends_during_a_release_leaves_the_rest_of_the_release() {
        step(GRANT_3S, 0);
        step(new Free(), 1_000);
        assertEquals(List.of(new Pulse(1_500)), step(new Normal(), 1_500));
        assertEquals(DoorPhase.RELEASED, state.phase());
    }

    @Test
    void lock_down_drops_a_running_release_at_once() {
        step(GRANT_3S, 0);
        assertEquals(List.of(new Drop()), step(new Secure(), 100));
        assertEquals(DoorState.locked(), state);
    }

    @Test
    void shorter_release_within_a_longer_one_changes_nothing() {
        step(new Release(Cause.COMMAND, 10_000), 0);
        assertEquals(List.of(), step(GRANT_3S, 1_000));
        assertEquals(10_000, state.relayOffAt());
    }

    @Test
    void late_step_reports_what_became_due_before_the_input() {
        step(GRANT_3S, 0);
        assertEquals(
                List.of(new Report(DoorEvent.NOT_OPENED), new Report(DoorEvent.FORCED_OPEN)),
                step(new Contact(true), 3_000));
    }

    @Test
    void door_without_contact_is_released_and_locks_again_in_silence() {
        DoorMachine blind = new DoorMachine(DoorConfig.withoutContact());
        DoorState released = blind.step(state, GRANT_3S, 0).state();
        assertEquals(released, blind.step(released, new Contact(true), 1).state(), "a floating input is no news");
        assertEquals(new DoorStep(DoorState.locked(), List.of()), blind.step(released, new Time(), 3_000));
    }

    @Test
    void fire_moves_the_relay_before_anything_else_is_said_and_says_so() {
        assertEquals(List.of(new Hold(), new Report(DoorEvent.FIRE)), step(new Fire(true), 5));
        assertEquals(DoorPhase.RELEASED, state.phase());
        assertEquals(List.of(), step(new Fire(true), 6), "the same fire is no news");
        assertEquals(List.of(new Drop(), new Report(DoorEvent.FIRE_ENDED)), step(new Fire(false), 7));
        assertEquals(DoorState.locked(), state);
    }

    @Test
    void fire_frees_the_door_even_when_something_else_fell_due_at_that_moment() {
        step(GRANT_3S, 0);
        assertEquals(new Hold(), step(new Fire(true), 3_000).get(0));
        assertTrue(state.relayOn());
    }

    @Test
    void lock_down_during_a_fire_waits_until_it_is_over() {
        step(new Free(), 0);
        step(new Fire(true), 1);
        assertEquals(List.of(), step(new Secure(), 2));
        assertTrue(state.relayOn(), "fire stands above a lock-down");
        step(new Fire(false), 3);
        assertFalse(state.relayOn(), "and the lock-down stands above what was before");
    }

    @Test
    void nobody_forces_and_nothing_is_held_open_while_it_burns() {
        step(new Fire(true), 0);
        assertEquals(List.of(new Report(DoorEvent.OPENED)), step(new Contact(true), 1));
        assertEquals(List.of(), step(new Time(), 1_000_000));
        assertEquals(List.of(new Drop(), new Report(DoorEvent.FIRE_ENDED)), step(new Fire(false), 1_000_001));
        assertEquals(List.of(new Report(DoorEvent.HELD_OPEN)), step(new Time(), 1_030_001));
    }

    @Test
    void door_that_was_free_before_the_fire_is_free_after_it_and_does_not_fall_between() {
        step(new Free(), 0);
        step(new Fire(true), 1);
        assertEquals(List.of(new Report(DoorEvent.FIRE_ENDED)), step(new Fire(false), 2));
        assertTrue(state.relayOn());
    }

    @Test
    void strike_catches_again_as_soon_as_the_leaf_opens() {
        DoorMachine strike = new DoorMachine(new DoorConfig(true, false, 30_000, 0, Relock.ON_OPEN));
        DoorState released = strike.step(state, GRANT_3S, 0).state();
        DoorStep opened = strike.step(released, new Contact(true), 500);
        assertEquals(List.of(new Drop(), new Report(DoorEvent.OPENED)), opened.outputs());
        assertFalse(opened.state().relayOn());
        assertEquals(DoorPhase.OPEN, opened.state().phase(), "it was let open all the same");
        assertEquals(
                List.of(new Report(DoorEvent.CLOSED)),
                strike.step(opened.state(), new Contact(false), 600).outputs());
    }

    @Test
    void who_needs_longer_may_stand_in_the_door_longer_and_the_next_one_does_not_cut_it_short() {
        step(new Release(Cause.GRANT, 10_000, 90_000), 0);
        step(new Contact(true), 1_000);
        assertEquals(91_000, state.heldAt());
        step(GRANT_3S, 2_000);
        assertEquals(92_000, state.heldAt());
        step(new Contact(false), 3_000);
        step(GRANT_3S, 4_000);
        step(new Contact(true), 5_000);
        assertEquals(35_000, state.heldAt(), "the next door opening is as configured again");
    }

    @Test
    void longer_opening_that_nobody_used_is_not_inherited_by_the_next_person() {
        step(new Release(Cause.GRANT, 10_000, 90_000), 0);
        step(new Time(), 10_000);
        assertEquals(DoorState.locked(), state);
    }

    @Test
    void buzzer_warns_ten_seconds_before_the_alarm_and_stops_with_it() {
        DoorMachine warning = new DoorMachine(new DoorConfig(true, false, 30_000, 10_000, Relock.ON_CLOSE));
        step(GRANT_3S, 0);
        step(new Contact(true), 1_000);
        assertFalse(warning.warns(state, 20_999));
        assertTrue(warning.warns(state, 21_000));
        assertFalse(machine.warns(state, 21_000), "a door without a warning time does not warn");
        step(new Time(), 31_000);
        assertFalse(warning.warns(state, 31_000), "now it is an alarm");
        assertTrue(state.alarming());
    }

    @Test
    void bolt_that_stays_out_of_a_closed_door_is_an_alarm_until_it_is_thrown() {
        DoorMachine bolted = new DoorMachine(new DoorConfig(true, true, 30_000, 0, Relock.ON_CLOSE));
        state = bolted.step(state, GRANT_3S, 0).state();
        state = bolted.step(state, new Bolt(false), 100).state();
        state = bolted.step(state, new Contact(true), 1_000).state();
        state = bolted.step(state, new Contact(false), 2_000).state();
        DoorStep late = bolted.step(state, new Time(), 5_000);
        assertEquals(List.of(new Report(DoorEvent.NOT_LOCKED)), late.outputs());
        assertTrue(late.state().alarming());
        DoorStep thrown = bolted.step(late.state(), new Bolt(true), 6_000);
        assertEquals(List.of(new Report(DoorEvent.LOCKED_AGAIN)), thrown.outputs());
        assertEquals(DoorState.locked(), thrown.state());
    }

    @Test
    void door_without_a_bolt_contact_never_misses_its_bolt() {
        step(new Bolt(false), 0);
        assertEquals(List.of(), step(new Time(), 60_000));
    }

    @Test
    void door_that_may_stand_open_for_ever_is_never_held() {
        DoorMachine patient = new DoorMachine(DoorConfig.withContact(0));
        DoorState open = patient.step(patient.step(state, GRANT_3S, 0).state(), new Contact(true), 1)
                .state();
        assertEquals(DoorState.NEVER, open.heldAt());
    }

    @Test
    void every_event_knows_its_kind_and_alarms_are_those_of_the_alarm_lane() {
        assertEquals(EventKind.HELD_ENDED, DoorEvent.HELD_ENDED.kind());
        assertEquals(
                EnumSet.of(
                        DoorEvent.HELD_OPEN,
                        DoorEvent.FORCED_OPEN,
                        DoorEvent.NOT_LOCKED,
                        DoorEvent.FIRE,
                        DoorEvent.TAILGATING),
                Arrays.stream(DoorEvent.values())
                        .filter(DoorEvent::alarm)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(DoorEvent.class))));
    }

    @Test
    void impossible_parameters_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Release(Cause.GRANT, 0));
        assertThrows(IllegalArgumentException.class, () -> new Release(Cause.GRANT, 600_001));
        assertThrows(IllegalArgumentException.class, () -> new Release(Cause.GRANT, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> new Release(Cause.GRANT, 1, 3_600_001));
        assertThrows(IllegalArgumentException.class, () -> DoorConfig.withContact(999));
        assertThrows(IllegalArgumentException.class, () -> DoorConfig.withContact(3_600_001));
        assertThrows(
                IllegalArgumentException.class, () -> new DoorConfig(true, false, 30_000, 30_001, Relock.ON_CLOSE));
        assertThrows(IllegalArgumentException.class, () -> DoorState.locked().heldAt(2));
        assertThrows(IllegalArgumentException.class, () -> new BoltState(false, 1, false));
    }

    private List<DoorOutput> step(DoorInput input, long now) {
        DoorStep done = machine.step(state, input, now);
        state = done.state();
        return done.outputs();
    }
}
