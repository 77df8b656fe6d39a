package io.zhitong.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.points.DoorInput.Cause;
import io.zhitong.points.DoorInput.Contact;
import io.zhitong.points.DoorInput.Free;
import io.zhitong.points.DoorInput.Normal;
import io.zhitong.points.DoorInput.Release;
import io.zhitong.points.DoorInput.Secure;
import io.zhitong.points.DoorInput.Time;
import io.zhitong.points.DoorOutput.Drop;
import io.zhitong.points.DoorOutput.Hold;
import io.zhitong.points.DoorOutput.Pulse;
import io.zhitong.points.DoorOutput.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoorMachineTest {

    private static final Release GRANT_3S = new Release(Cause.GRANT, 3_000);

    private final DoorMachine machine = new DoorMachine(new DoorConfig(true, 30_000));
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
        assertEquals(List.of(new Report(DoorEvent.CLOSED), new Drop()), step(new Contact(false), 1_500));
        assertEquals(List.of(new Report(DoorEvent.FORCED_OPEN)), step(new Contact(true), 1_600));
    }

    @Test
    void leaf_opened_without_release_is_forced_until_it_closes() {
        assertEquals(List.of(new Report(DoorEvent.FORCED_OPEN)), step(new Contact(true), 10));
        assertEquals(List.of(new Pulse(3_000)), step(GRANT_3S, 20));
        assertEquals(DoorPhase.FORCED, state.phase(), "a later grant does not excuse it");
        assertEquals(
                List.of(new Report(DoorEvent.FORCED_ENDED), new Report(DoorEvent.CLOSED), new Drop()),
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
                List.of(new Report(DoorEvent.EXIT_REQUESTED), new Pulse(5_000)),
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
    void impossible_parameters_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Release(Cause.GRANT, 0));
        assertThrows(IllegalArgumentException.class, () -> new Release(Cause.GRANT, 600_001));
        assertThrows(IllegalArgumentException.class, () -> new DoorConfig(true, 999));
        assertThrows(IllegalArgumentException.class, () -> new DoorState(DoorPhase.CLOSED, false, 1, 2));
    }

    private List<DoorOutput> step(DoorInput input, long now) {
        DoorStep done = machine.step(state, input, now);
        state = done.state();
        return done.outputs();
    }
}
