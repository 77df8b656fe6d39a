package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.decision.Presented;
import io.zhitong.points.DoorPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lines of a board make happen at doors. */
class TerminalsTest {

    private static final int CLOSED = 1_000;
    private static final int OPEN = 3_200;
    private static final int CUT = 1_000_000;
    private static final int SHORTED = 0;
    private static final int CONTACT = 1;
    private static final int BUTTON = 2;
    private static final int FIRE = 3;
    private static final int ALARM = 4;
    private static final int LID = 5;
    private static final int OTHER_CONTACT = 6;
    private static final int BOLT = 7;
    private static final int OTHER_BUTTON = 8;

    private final TestLists lists = new TestLists();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();
    private final TestSite site = new TestSite(lists::policy, happened, clock, new Memories());
    private final Doors doors = site.doors();
    private final Terminals terminals = new Terminals(doors, happened, clock);

    @BeforeEach
    void wire() {
        for (PointId point : List.of(TestLists.GATE, TestLists.GARAGE, TestLists.SIDE_DOOR)) {
            site.door(point);
        }
        FireSafety escape = new FireSafety(9, FIRE, true, LockKind.FAIL_SAFE);
        PointPlace mantrap = new PointPlace(0, 0, 1, 255);
        lists.points(
                TestLists.door(TestLists.GATE).with(escape).with(mantrap),
                TestLists.door(TestLists.GARAGE)
                        .with(new FireSafety(9, 0, true, LockKind.FAIL_SECURE))
                        .with(mantrap),
                TestLists.door(TestLists.SIDE_DOOR).with(new FireSafety(9, 0, false, LockKind.FAIL_SECURE)));
        lists.wires(
                TestLists.in(CONTACT, TestLists.GATE, WireFunction.CONTACT),
                TestLists.in(BUTTON, TestLists.GATE, WireFunction.EXIT_BUTTON),
                TestLists.in(FIRE, TestLists.GATE, WireFunction.FIRE_CONTACT),
                TestLists.in(ALARM, PointId.DEVICE, WireFunction.ALARM_INPUT),
                TestLists.in(LID, PointId.DEVICE, WireFunction.TAMPER),
                TestLists.in(OTHER_CONTACT, TestLists.GARAGE, WireFunction.CONTACT),
                TestLists.in(BOLT, TestLists.SIDE_DOOR, WireFunction.BOLT),
                TestLists.in(OTHER_BUTTON, TestLists.GARAGE, WireFunction.EXIT_BUTTON));
        listed();
    }

    @Test
    void exit_button_releases_and_the_leaf_is_told_by_its_contact() {
        steady(CONTACT, CLOSED);
        steady(BUTTON, CLOSED);
        steady(CONTACT, OPEN);
        steady(CONTACT, CLOSED);
        assertEquals(
                List.of("pulse 5000 @1", "EXIT_REQUESTED @1", "POINT_OPENED @1", "drop @1", "POINT_CLOSED @1"),
                happened.log());
    }

    @Test
    void bounce_of_a_button_is_one_press() {
        for (int i = 0; i < 10; i++) {
            terminals.reading(BUTTON, i % 2 == 0 ? CLOSED : OPEN);
            clock.advance(10);
        }
        steady(BUTTON, CLOSED);
        assertEquals(List.of("pulse 5000 @1", "EXIT_REQUESTED @1"), happened.log());
    }

    @Test
    void door_held_open_warns_then_alarms_and_both_end_when_it_closes() {
        steady(BUTTON, CLOSED);
        steady(CONTACT, OPEN);
        pass(20_100);
        assertEquals(Set.of("BUZZER @1"), signalsBesides("LIGHT @1"));
        pass(10_000);
        assertEquals(Set.of("SIREN @1"), signalsBesides("LIGHT @1"));
        steady(CONTACT, CLOSED);
        assertEquals(Set.of(), happened.signals());
        assertEquals(List.of("HELD_OPEN @1", "HELD_ENDED @1", "POINT_CLOSED @1"), lastThree());
    }

    @Test
    void cut_contact_of_a_closed_door_is_tampering_and_the_door_is_not_known_to_be_closed() {
        steady(CONTACT, CLOSED);
        steady(CONTACT, CUT);
        assertEquals(List.of("FORCED_OPEN @1", "TAMPER @1"), happened.log());
        assertEquals(DoorPhase.FORCED, phase(TestLists.GATE));
        steady(CONTACT, SHORTED);
        assertEquals(2, happened.log().size(), "the same trouble in another shape");
        steady(CONTACT, CLOSED);
        assertEquals(List.of("FORCED_ENDED @1", "POINT_CLOSED @1", "TAMPER_ENDED @1"), lastThree());
    }

    @Test
    void cut_or_shorted_button_opens_nothing() {
        steady(BUTTON, CUT);
        steady(BUTTON, SHORTED);
        assertEquals(List.of("TAMPER @1"), happened.log());
    }

    @Test
    void fire_frees_every_escape_door_of_its_zone_before_a_word_is_written() {
        steady(FIRE, CLOSED);
        assertEquals(List.of("hold @1", "hold @2", "FIRE @1", "FIRE @2"), happened.log());
        assertEquals(DoorPhase.CLOSED, phase(TestLists.SIDE_DOOR), "not on the escape side");
        steady(FIRE, OPEN);
        assertEquals(DoorPhase.CLOSED, phase(TestLists.GATE));
        assertTrue(happened.log().containsAll(List.of("FIRE_ENDED @1", "FIRE_ENDED @2")), happened::toString);
    }

    @Test
    void fire_line_that_burns_through_does_not_lock_anybody_in() {
        steady(FIRE, CLOSED);
        steady(FIRE, CUT);
        assertEquals("TAMPER @1", last());
        assertEquals(DoorPhase.RELEASED, phase(TestLists.GARAGE));
        steady(FIRE, OPEN);
        assertEquals(DoorPhase.CLOSED, phase(TestLists.GARAGE));
    }

    @Test
    void cut_fire_line_alone_opens_nothing_and_is_an_alarm() {
        steady(FIRE, CUT);
        assertEquals(List.of("TAMPER @1"), happened.log());
    }

    @Test
    void fire_opens_although_the_journal_cannot_be_written() {
        happened.diskFull(true);
        steady(FIRE, CLOSED);
        assertEquals(List.of("hold @1", "hold @2"), happened.log());
    }

    @Test
    void list_that_takes_a_door_out_of_the_zone_locks_it_again_while_it_burns() {
        steady(FIRE, CLOSED);
        lists.points(TestLists.door(TestLists.GATE).with(new FireSafety(9, FIRE, true, LockKind.FAIL_SAFE)));
        listed();
        assertEquals(DoorPhase.RELEASED, phase(TestLists.GATE));
        assertEquals(DoorPhase.CLOSED, phase(TestLists.GARAGE));
    }

    @Test
    void alarm_input_and_lid_are_alarms_of_the_device_and_end_by_their_own_events() {
        steady(ALARM, CLOSED);
        steady(LID, CLOSED);
        steady(ALARM, OPEN);
        steady(LID, OPEN);
        assertEquals(List.of("ALARM_INPUT @0", "TAMPER @0", "ALARM_INPUT_ENDED @0", "TAMPER_ENDED @0"), happened.log());
    }

    @Test
    void exit_button_of_an_interlocked_door_waits_until_the_other_one_has_closed() {
        steady(BUTTON, CLOSED);
        steady(OTHER_BUTTON, CLOSED);
        assertEquals("EXIT_REFUSED @2", last());
        steady(CONTACT, OPEN);
        steady(CONTACT, CLOSED);
        steady(OTHER_BUTTON, OPEN);
        steady(OTHER_BUTTON, CLOSED);
        assertEquals(List.of("POINT_CLOSED @1", "pulse 5000 @2", "EXIT_REQUESTED @2"), lastThree());
    }

    @Test
    void card_at_an_interlocked_door_is_denied_while_the_other_one_is_open() {
        lists.resident();
        steady(BUTTON, CLOSED);
        doors.at(TestLists.GARAGE)
                .orElseThrow()
                .shown(Shown.of(
                        new Presented.Genuine(TestLists.RESIDENT, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1)));
        assertEquals("ACCESS_DENIED INTERLOCK @2", last());
    }

    @Test
    void bolt_that_does_not_come_is_an_alarm_after_three_seconds() {
        steady(BOLT, OPEN);
        pass(3_100);
        assertEquals(List.of("NOT_LOCKED @3"), happened.log());
        steady(BOLT, CLOSED);
        assertEquals(List.of("NOT_LOCKED @3", "LOCKED_AGAIN @3"), happened.log());
    }

    @Test
    void inverted_and_plain_contacts_are_read_the_other_way_round() {
        lists.wires(new WiringRecord(
                BUTTON, WireDirection.INPUT, TestLists.GATE, WireFunction.EXIT_BUTTON, false, true, 0));
        listed();
        steady(BUTTON, 0);
        assertEquals(List.of(), happened.log(), "a closed contact means no");
        steady(BUTTON, 1_000_000);
        assertEquals(List.of("pulse 5000 @1", "EXIT_REQUESTED @1"), happened.log());
    }

    @Test
    void terminal_that_nothing_is_connected_to_is_no_news() {
        steady(99, CLOSED);
        steady(99, CUT);
        assertEquals(List.of(), happened.log());
    }

    /** The board tells everything when it connects; the list of wires of a new device comes later. */
    @Test
    void fire_and_open_door_that_were_read_before_they_were_on_the_list_count_when_they_are() {
        lists.wires();
        listed();
        steady(FIRE, CLOSED);
        steady(OTHER_CONTACT, OPEN);
        terminals.reading(-1, OPEN);
        terminals.reading(1 << 16, OPEN);
        assertEquals(List.of(), happened.log());
        lists.wires(
                TestLists.in(FIRE, TestLists.GATE, WireFunction.FIRE_CONTACT),
                TestLists.in(OTHER_CONTACT, TestLists.GARAGE, WireFunction.CONTACT));
        listed();
        clock.advance(60);
        terminals.timePassed();
        assertEquals(List.of("hold @1", "hold @2", "FIRE @1", "FIRE @2", "POINT_OPENED @2"), happened.log());
    }

    /** As {@link Site} does it. */
    private void listed() {
        doors.listsChanged();
        terminals.wired(lists.policy().wiring());
    }

    /** A reading that stands long enough to count. */
    private void steady(int io, int ohms) {
        terminals.reading(io, ohms);
        clock.advance(60);
        terminals.timePassed();
    }

    private void pass(long millis) {
        clock.advance(millis);
        doors.all().forEach(DoorPoint::timePassed);
    }

    private DoorPhase phase(PointId point) {
        return doors.at(point).orElseThrow().door().phase();
    }

    private Set<String> signalsBesides(String one) {
        List<String> signals = new ArrayList<>(happened.signals());
        signals.remove(one);
        return Set.copyOf(signals);
    }

    private List<String> lastThree() {
        List<String> log = happened.log();
        return log.subList(log.size() - 3, log.size());
    }

    private String last() {
        return happened.log().get(happened.log().size() - 1);
    }
}
