package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.controller.board.Board;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Presented;
import io.zhitong.edge.installer.Workbench.LineView;
import io.zhitong.edge.installer.Workbench.PointView;
import io.zhitong.points.DoorConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an installer sees of presses, cards and wires. */
class CommissioningTest {

    private static final int CLOSED = 1_000;
    private static final int OPEN = 3_200;
    private static final int CUT = 1_000_000;
    private static final int BUTTON = 11;
    private static final int FIRE = 13;

    private final TestLists lists = new TestLists();
    private final List<PointId> released = new ArrayList<>();
    private final List<String> passedOn = new ArrayList<>();
    private final Commissioning bench = new Commissioning(
            lists::policy,
            released::add,
            List.of(new DoorSetup(TestLists.GATE, "door-1", AccessMethod.SEALED, DoorConfig.withoutContact())));
    private final Board.Listener board = bench.heard(new Board.Listener() {
        @Override
        public void reading(int io, int ohms) {
            passedOn.add("is " + io + " " + ohms);
        }

        @Override
        public void typed(int point, String digits) {
            passedOn.add("typed");
        }

        @Override
        public void lost() {
            passedOn.add("lost");
        }

        @Override
        public void back() {
            passedOn.add("back");
        }
    });

    private void wired(WiringRecord... wires) {
        lists.points(TestLists.door(TestLists.GATE).with(new FireSafety(7, FIRE, true, LockKind.FAIL_SAFE)));
        lists.wires(wires);
    }

    private PointView gate() {
        return bench.points().get(0);
    }

    private LineView line(int terminal) {
        return gate().lines().stream()
                .filter(line -> line.terminal() == terminal)
                .findFirst()
                .orElseThrow();
    }

    private Taps realDoor() {
        return new TestSite(lists::policy, new Happened(), new TestClock(), new Memories()).door(TestLists.GATE);
    }

    @Test
    void press_of_the_exit_button_is_seen_while_it_lasts_and_remembered_after_it() {
        wired(TestLists.in(BUTTON, TestLists.GATE, WireFunction.EXIT_BUTTON));
        assertEquals("not read yet", line(BUTTON).state().english());
        board.reading(BUTTON, OPEN);
        assertEquals("正常", line(BUTTON).state().chinese());
        assertFalse(line(BUTTON).acted());
        board.reading(BUTTON, CLOSED);
        assertEquals("动作", line(BUTTON).state().chinese());
        board.reading(BUTTON, OPEN);
        assertTrue(line(BUTTON).rested() && line(BUTTON).acted());
    }

    @Test
    void cut_line_is_said_and_counts_as_neither_state() {
        wired(TestLists.in(BUTTON, TestLists.GATE, WireFunction.EXIT_BUTTON));
        board.reading(BUTTON, CUT);
        assertEquals("断线", line(BUTTON).state().chinese());
        assertFalse(line(BUTTON).rested() || line(BUTTON).acted());
    }

    @Test
    void board_s_own_listener_hears_everything_as_before() {
        board.reading(5, 1);
        board.typed(1, "1234");
        board.lost();
        board.back();
        assertEquals(List.of("is 5 1", "typed", "lost", "back"), passedOn);
    }

    @Test
    void fire_zone_has_its_contact_only_when_the_named_terminal_is_wired_as_one() {
        wired();
        assertEquals(7, gate().fireZone());
        assertFalse(gate().fireContact());
        wired(TestLists.in(FIRE, TestLists.GATE, WireFunction.ALARM_INPUT));
        assertFalse(gate().fireContact());
        wired(TestLists.out(FIRE, TestLists.GATE, WireFunction.FIRE_CONTACT));
        assertFalse(gate().fireContact());
        wired(TestLists.in(FIRE + 1, TestLists.GATE, WireFunction.FIRE_CONTACT));
        assertFalse(gate().fireContact());
        wired(TestLists.in(FIRE, TestLists.GARAGE, WireFunction.FIRE_CONTACT));
        assertTrue(gate().fireContact());
        assertEquals(FIRE, line(FIRE).terminal());
    }

    @Test
    void lock_is_released_for_a_point_of_the_lists_and_for_no_other() {
        wired();
        bench.click(TestLists.GATE.value());
        bench.click(999);
        assertEquals(List.of(TestLists.GATE), released);
        assertTrue(gate().clicked());
    }

    @Test
    void card_is_shown_with_its_bits_and_key_version_and_only_the_end_of_its_number() {
        Taps door = bench.seen(realDoor());
        wired();
        assertFalse(gate().carded());
        Shown shown = Shown.of(new Presented.Genuine(TestLists.LOST, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 3));
        assertEquals(DenyReason.LOST, ((Decision.Deny) door.shown(shown)).reason());
        assertTrue(gate().carded());
        String said = bench.cards().get(0).english();
        assertTrue(said.startsWith("point 1: 64 bits ending in 0002, "), said);
        assertTrue(said.contains("key (certificate) version 3, denied, the card was reported lost"), said);
        assertFalse(said.contains(TestLists.LOST.toString()));
    }

    @Test
    void card_that_could_not_be_read_says_why_and_the_list_stays_short() {
        Taps door = bench.seen(realDoor());
        for (int i = 0; i < 30; i++) {
            door.shown(new Shown(
                    new Presented.Unread(AccessMethod.SEALED, DenyReason.CARD_ERROR),
                    Octets.EMPTY,
                    "NO_APPLICATION " + i));
        }
        assertEquals(20, bench.cards().size());
        assertTrue(bench.cards().get(0).chinese().endsWith("(NO_APPLICATION 29)"));
    }
}
