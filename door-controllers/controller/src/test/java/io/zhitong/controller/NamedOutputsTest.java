package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PulseOrder;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.controller.board.Board;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The board's own list of what was written to it is the witness. */
class NamedOutputsTest {

    private static final int LAMP = 31;
    private static final int INVERTED = 32;
    private static final int ZONED = 33;
    private static final int LOCK = 34;
    private static final int CONTACT = 35;

    private final TestLists lists = new TestLists();
    private final Set<Integer> signalled = new HashSet<>();
    private final Written board = new Written();
    private final NamedOutputs outputs = new NamedOutputs(lists::policy, board, signalled::contains);

    NamedOutputsTest() {
        lists.points(
                TestLists.door(TestLists.GATE),
                TestLists.door(TestLists.GARAGE).with(new FireSafety(1, 3, true, LockKind.FAIL_SAFE)));
        wires(TestLists.out(LOCK, TestLists.GATE, WireFunction.LOCK));
    }

    private void wires(WiringRecord more) {
        lists.wires(
                TestLists.out(LAMP, TestLists.GATE, WireFunction.OTHER_OUTPUT),
                new WiringRecord(INVERTED, WireDirection.OUTPUT, PointId.DEVICE, WireFunction.LIGHT, false, true, 0),
                TestLists.out(ZONED, TestLists.GARAGE, WireFunction.SIREN),
                TestLists.in(CONTACT, TestLists.GATE, WireFunction.CONTACT),
                more);
    }

    @Test
    void output_is_energised_for_the_time_and_the_board_ends_it() {
        assertEquals(CommandRefusal.NONE, pulse(TestLists.GATE, LAMP, 2_500));
        assertEquals(CommandRefusal.NONE, pulse(PointId.DEVICE, INVERTED, 600_000));
        assertEquals(List.of("31 true 2500", "32 false 600000"), board.writes);
    }

    /** Whoever sends OPEN is asked who and why as of a door; nobody comes in by another word. */
    @ParameterizedTest
    @EnumSource(WireFunction.class)
    void what_lets_somebody_through_is_never_pulsed(WireFunction function) {
        boolean harmless = Set.of("SIREN", "LIGHT", "BUZZER", "OTHER_OUTPUT").contains(function.name());
        wires(TestLists.out(LOCK, TestLists.GATE, function));
        assertEquals(harmless ? CommandRefusal.NONE : CommandRefusal.LOCK_OUTPUT, pulse(TestLists.GATE, LOCK, 1_000));
        assertEquals(harmless ? 1 : 0, board.writes.size());
    }

    @Test
    void outputs_of_a_point_in_a_fire_zone_serve_the_fire_alone() {
        assertEquals(CommandRefusal.FIRE_OUTPUT, pulse(TestLists.GARAGE, ZONED, 1_000));
        assertEquals(CommandRefusal.FIRE_OUTPUT, pulse(PointId.DEVICE, ZONED, 1_000), "also when it is named alone");
        assertEquals(List.of(), board.writes);
    }

    @Test
    void siren_that_sounds_for_an_alarm_is_not_ended_by_a_pulse() {
        signalled.add(LAMP);
        assertEquals(CommandRefusal.BUSY, pulse(TestLists.GATE, LAMP, 1_000));
        signalled.clear();
        assertEquals(CommandRefusal.NONE, pulse(TestLists.GATE, LAMP, 1_000));
    }

    @Test
    void terminal_that_is_no_output_of_that_point_is_unknown() {
        assertEquals(CommandRefusal.UNKNOWN_POINT, pulse(TestLists.GATE, 99, 1_000));
        assertEquals(CommandRefusal.UNKNOWN_POINT, pulse(TestLists.GARAGE, LAMP, 1_000));
        assertEquals(CommandRefusal.UNKNOWN_POINT, pulse(TestLists.GATE, CONTACT, 1_000));
        assertEquals(List.of(), board.writes);
    }

    @Test
    void without_a_board_that_answers_nothing_is_said_to_be_done() {
        board.answers = false;
        assertEquals(CommandRefusal.FAILED, pulse(TestLists.GATE, LAMP, 1_000));
        NamedOutputs none = new NamedOutputs(lists::policy, Board.none(), io -> false);
        assertEquals(CommandRefusal.FAILED, none.pulse(order(TestLists.GATE, new PulseOrder(LAMP, 1).encode())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "001f", "001f00000000", "001f000927c1", "001fffffffff", "001f0000000100"})
    void time_out_of_bounds_and_arguments_that_are_none_are_refused(String args) {
        assertThrows(ModelException.class, () -> outputs.pulse(order(TestLists.GATE, Octets.of(Hex.parse(args)))));
        assertEquals(List.of(), board.writes);
    }

    @Test
    void arguments_are_terminal_and_milliseconds() {
        assertEquals("001f000009c4", Hex.of(new PulseOrder(LAMP, 2_500).encode().toByteArray()));
        assertEquals(new PulseOrder(LAMP, 600_000), PulseOrder.decode(Octets.of(Hex.parse("001f000927c0"))));
    }

    private CommandRefusal pulse(PointId point, int io, int millis) {
        return outputs.pulse(order(point, new PulseOrder(io, millis).encode()));
    }

    private static CommandOrder order(PointId point, Octets args) {
        return new CommandOrder(
                new CommunityId(1),
                TestLists.DEVICE,
                new JournalId(1),
                Octets.of(new byte[16]),
                CommandKind.RELAY,
                point,
                1_000,
                11_000,
                Octets.of(new byte[16]),
                args,
                "property",
                "叫醒");
    }

    /** A board that only remembers. */
    private static final class Written implements Board {
        private final List<String> writes = new ArrayList<>();
        private boolean answers = true;

        @Override
        public void write(int io, boolean current, int millis) {
            writes.add(io + " " + current + " " + millis);
        }

        @Override
        public void feed() {}

        @Override
        public boolean answers() {
            return answers;
        }

        @Override
        public void close() {}
    }
}
