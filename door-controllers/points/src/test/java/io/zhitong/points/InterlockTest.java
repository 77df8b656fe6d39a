package io.zhitong.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.points.DoorInput.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterlockTest {

    private static final List<DoorInput> INPUTS = List.of(
            new DoorInput.Release(Cause.GRANT, 1_000),
            new DoorInput.Release(Cause.EXIT_BUTTON, 1_500),
            new DoorInput.Contact(true),
            new DoorInput.Contact(false),
            new DoorInput.Secure(),
            new DoorInput.Time());

    private final DoorMachine machine = new DoorMachine(DoorConfig.withContact(2_000));
    private int seen;

    @Test
    void on_every_sequence_of_five_inputs_to_two_doors_they_are_never_both_released() {
        every(DoorState.locked(), DoorState.locked(), 0, 5);
        assertEquals(12 + 144 + 1_728 + 20_736 + 248_832, seen);
    }

    @Test
    void door_blocks_from_its_release_until_it_has_closed() {
        DoorState released = machine.step(DoorState.locked(), INPUTS.get(0), 0).state();
        assertTrue(Interlock.refuses(Cause.GRANT, List.of(released)), "before its leaf has moved");
        DoorState open =
                machine.step(released, new DoorInput.Contact(true), 500).state();
        DoorState late = machine.step(open, new DoorInput.Time(), 10_000).state();
        assertTrue(Interlock.refuses(Cause.EXIT_BUTTON, List.of(DoorState.locked(), late)));
        DoorState closed =
                machine.step(late, new DoorInput.Contact(false), 11_000).state();
        assertFalse(Interlock.refuses(Cause.GRANT, List.of(closed)));
    }

    @Test
    void forced_door_blocks_too() {
        DoorState forced =
                machine.step(DoorState.locked(), new DoorInput.Contact(true), 0).state();
        assertTrue(Interlock.refuses(Cause.GRANT, List.of(forced)));
    }

    @Test
    void operator_stands_above_the_interlock_and_a_door_freed_by_fire_shuts_nobody_in() {
        DoorState released = machine.step(DoorState.locked(), INPUTS.get(0), 0).state();
        assertFalse(Interlock.refuses(Cause.COMMAND, List.of(released)));
        DoorState burning =
                machine.step(DoorState.locked(), new DoorInput.Fire(true), 0).state();
        assertFalse(Interlock.refuses(Cause.EXIT_BUTTON, List.of(burning)));
    }

    private void every(DoorState one, DoorState other, long now, int left) {
        if (left == 0) {
            return;
        }
        for (DoorInput input : INPUTS) {
            DoorState first = step(one, other, input, now);
            DoorState second = step(other, one, input, now);
            check(first, current(other, now));
            check(current(one, now), second);
            every(first, other, now + 500, left - 1);
            every(one, second, now + 500, left - 1);
        }
    }

    private DoorState step(DoorState door, DoorState other, DoorInput input, long now) {
        boolean refused = input instanceof DoorInput.Release release
                && Interlock.refuses(release.cause(), List.of(current(other, now)));
        return machine.step(door, refused ? new DoorInput.Time() : input, now).state();
    }

    private DoorState current(DoorState door, long now) {
        return machine.step(door, new DoorInput.Time(), now).state();
    }

    private void check(DoorState one, DoorState other) {
        seen++;
        assertFalse(one.relayOn() && other.relayOn(), one + " and " + other);
    }
}
