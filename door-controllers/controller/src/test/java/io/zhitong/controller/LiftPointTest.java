package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.LiftOrder;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.controller.board.Board;
import io.zhitong.controller.board.SimulatedBoard;
import io.zhitong.controller.board.TcpBoard;
import io.zhitong.decision.Presented;
import io.zhitong.link.CommandAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lift from the card to the terminals of a board: the three ways of a lift, visits, recall. */
class LiftPointTest {

    private static final PointId LIFT = TestLists.GATE;
    private static final CredentialNumber GUARD = CredentialNumber.parse("4403010100000007");
    private static final int HALL = 6;
    /** Floors 3 and 12 in front, 8 behind. */
    private static final List<WiringRecord> BUTTONS =
            List.of(out(103, WireFunction.FLOOR, 3), out(112, WireFunction.FLOOR, 12), safe(108, 256 + 8));

    private static final List<WiringRecord> CALLS =
            List.of(out(120, WireFunction.CALL, 0), out(121, WireFunction.CALL, 1), out(122, WireFunction.RECALL, 0));

    private final TestLists lists = new TestLists();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();
    private final List<String> written = new ArrayList<>();
    private final WiredRelay relay = new WiredRelay(lists::policy, new Noted(), happened);
    private final TestSite site = new TestSite(lists::policy, happened, relay, clock);
    private final List<CommandAnswer> answers = new ArrayList<>();

    @Test
    void enabled_buttons_a_relay_for_each_floor_of_the_right_and_no_call() {
        DoorPoint lift = lift(and(BUTTONS, CALLS));
        show(lift, TestLists.RESIDENT);
        assertEquals(List.of("112 on 5000"), written);
        assertEquals(List.of("ACCESS_GRANTED @1"), happened.log(), "the simulated building's relay is not this lift's");
    }

    @Test
    void two_people_in_one_car_get_their_floors_side_by_side() {
        DoorPoint lift = lift(BUTTONS);
        show(lift, TestLists.RESIDENT);
        clock.advance(1_000);
        show(lift, GUARD);
        assertEquals(List.of("112 on 5000", "103 on 5000", "112 on 5000", "108 off 5000"), written);
    }

    @Test
    void single_floor_is_pressed_for_who_is_granted() {
        DoorPoint lift = lift(and(BUTTONS, List.of(out(212, WireFunction.PRESS, 12), out(203, WireFunction.PRESS, 3))));
        show(lift, TestLists.RESIDENT);
        assertEquals(List.of("112 on 5000", "212 on 500"), written);
        written.clear();
        show(lift, GUARD);
        assertEquals(
                Set.of("103 on 5000", "108 off 5000"),
                new TreeSet<>(written),
                "of several floors none is pressed; the twelfth works for as long already");
    }

    @Test
    void reader_at_a_landing_closes_the_call_contact_for_a_second() {
        DoorPoint lift = lift(CALLS);
        show(lift, TestLists.RESIDENT);
        assertEquals(List.of("120 on 1000"), written);
        assertFalse(lift.door().relayOn(), "nothing is open for an interlock");
    }

    @Test
    void lift_without_a_board_calls_by_the_relay_behind_the_reader_driver() {
        DoorPoint lift = lift(List.of());
        show(lift, TestLists.RESIDENT);
        assertEquals(List.of("ACCESS_GRANTED @1", "pulse 1000 @1"), happened.log());
    }

    @Test
    void somebody_without_a_right_moves_nothing() {
        DoorPoint lift = lift(and(BUTTONS, CALLS));
        show(lift, TestLists.LOST);
        assertEquals(List.of(), written);
        assertEquals("ACCESS_DENIED UNKNOWN_CREDENTIAL @1", happened.log().get(0));
    }

    @Test
    void visit_calls_the_car_to_the_lobby_and_permits_the_hosts_floor_alone() {
        DoorPoint lift = lift(and(BUTTONS, CALLS));
        order(new LiftOrder(TestLists.RESIDENT, 12, 3).encode());
        assertEquals(List.of("121 on 1000", "112 on 180000"), written);
        assertEquals(
                List.of(CommandAnswer.Stage.EXECUTED),
                answers.stream().map(CommandAnswer::stage).toList());
        assertEquals(AccessMethod.REMOTE, happened.lastAccess().method());
        assertEquals(Optional.of(TestLists.RESIDENT), happened.lastAccess().credential());
        assertTrue(lift.door().relayOn());
        clock.advance(180_000);
        lift.timePassed();
        assertFalse(lift.door().relayOn());
    }

    @Test
    void floor_that_is_not_the_hosts_is_nobodys_to_open() {
        lift(and(BUTTONS, CALLS));
        order(new LiftOrder(TestLists.RESIDENT, 3, 3).encode());
        order(new LiftOrder(TestLists.RESIDENT, 256 + 12, 3).encode());
        order(new LiftOrder(TestLists.LOST, 12, 3).encode());
        assertEquals(List.of(), written);
        assertEquals(
                List.of(CommandRefusal.FAILED, CommandRefusal.FAILED, CommandRefusal.FAILED),
                answers.stream().map(CommandAnswer::refusal).toList());
        assertEquals(
                List.of(
                        "ACCESS_DENIED FLOOR_NOT_ALLOWED @1",
                        "ACCESS_DENIED FLOOR_NOT_ALLOWED @1",
                        "ACCESS_DENIED UNKNOWN_CREDENTIAL @1"),
                happened.log());
    }

    @Test
    void visit_lets_the_host_pass_nowhere_and_uses_nothing_of_the_host_up() {
        lists.areas(new io.zhitong.accessmodel.AreaRecord(
                HALL,
                io.zhitong.accessmodel.AntiPassback.NONE,
                0,
                0,
                io.zhitong.accessmodel.StalePolicy.DECIDE,
                0,
                "电梯厅"));
        DoorPoint lift = lift(BUTTONS);
        lists.access(limited(TestLists.RESIDENT, 1));
        order(new LiftOrder(TestLists.RESIDENT, 12, 3).encode());
        order(new LiftOrder(TestLists.RESIDENT, 12, 3).encode());
        assertEquals(0, site.presence().counts().at(HALL));
        assertEquals(2, answers.size());
        assertEquals(DenyReason.NONE, happened.lastAccess().reason());
        show(lift, TestLists.RESIDENT);
        assertEquals(1, site.presence().counts().at(HALL), "whoever stands there passes");
    }

    @Test
    void visit_at_a_door_or_with_broken_words_is_refused() {
        lift(BUTTONS);
        lists.points(TestLists.door(LIFT));
        site.doors().listsChanged();
        order(new LiftOrder(TestLists.RESIDENT, 12, 3).encode());
        order(Octets.of(new byte[11]));
        order(Octets.EMPTY);
        assertEquals(
                List.of(CommandRefusal.UNKNOWN_POINT, CommandRefusal.MALFORMED, CommandRefusal.MALFORMED),
                answers.stream().map(CommandAnswer::refusal).toList());
        assertEquals(List.of(), written);
    }

    @Test
    void lift_needs_the_method_remote_for_visits() {
        lift(BUTTONS);
        lists.points(record(Set.of(AccessMethod.SEALED)));
        order(new LiftOrder(TestLists.RESIDENT, 12, 3).encode());
        assertEquals(DenyReason.METHOD_NOT_ALLOWED, happened.lastAccess().reason());
    }

    @Test
    void fire_lets_the_floor_relays_fall_and_closes_the_recall_contact_before_a_word_is_written() {
        DoorPoint lift = lift(and(and(BUTTONS, List.of(out(212, WireFunction.PRESS, 12))), CALLS));
        show(lift, GUARD);
        written.clear();
        happened.forget();
        site.doors().fireOrdered(2, true);
        assertEquals(List.of("103 off", "112 off", "108 off", "212 off", "122 on"), written);
        assertEquals(List.of("FIRE @1"), happened.log());
        assertTrue(happened.signals().isEmpty(), "no siren is wired to the board, none behind it");
        written.clear();
        show(lift, GUARD);
        lift.exit();
        lift.openOnce();
        order(new LiftOrder(TestLists.RESIDENT, 12, 3).encode());
        assertEquals(List.of(), written, "nobody's right moves a recalled lift");
        assertEquals(DenyReason.FIRE_RECALL, happened.lastAccess().reason());
        site.doors().fireOrdered(2, false);
        assertEquals(
                List.of("103 off", "112 off", "108 on", "212 off", "122 off"),
                written,
                "rests: the fail-safe relay has its current again");
        assertEquals("FIRE_ENDED @1", happened.log().get(happened.log().size() - 1));
    }

    @Test
    void lift_without_a_recall_contact_is_called_to_the_lobby_in_a_fire() {
        lift(and(BUTTONS, CALLS.subList(0, 2)));
        site.doors().fireOrdered(2, true);
        assertEquals(List.of("103 off", "112 off", "108 off", "121 on 1000"), written);
    }

    @Test
    void fire_in_another_zone_leaves_the_lift_alone() {
        lift(and(BUTTONS, CALLS));
        site.doors().fireOrdered(7, true);
        assertEquals(List.of(), written);
    }

    @Test
    void lift_held_free_has_every_button_until_it_is_taken_back() {
        DoorPoint lift = lift(BUTTONS);
        lift.order(Optional.of(Ordered.of(PointMode.UNLOCKED)));
        assertEquals(List.of("103 on", "112 on", "108 off"), written);
        written.clear();
        lift.order(Optional.of(Ordered.of(PointMode.LOCKED)));
        assertEquals(List.of("103 off", "112 off", "108 on"), written);
    }

    @Test
    void operator_and_guard_let_go_anywhere_for_the_time_of_a_pulse() {
        DoorPoint lift = lift(BUTTONS);
        lift.openOnce();
        assertEquals(List.of("103 on 5000", "112 on 5000", "108 off 5000"), written);
        clock.advance(5_000);
        written.clear();
        assertTrue(lift.admit());
        assertEquals(List.of("103 on 5000", "112 on 5000", "108 off 5000"), written);
    }

    @Test
    void call_button_calls_and_is_written_down() {
        DoorPoint lift = lift(CALLS);
        lift.exit();
        assertEquals(List.of("120 on 1000"), written);
        assertEquals(List.of("EXIT_REQUESTED @1"), happened.log());
    }

    @Test
    void fail_safe_relays_get_their_current_when_they_come_to_the_list_and_never_while_released() {
        lists.wires(safe(108, 256 + 8), TestLists.out(109, TestLists.GARAGE, WireFunction.LOCK));
        relay.rest(point -> true);
        assertEquals(Set.of("108 on", "109 off"), new TreeSet<>(written));
        relay.rest(point -> true);
        assertEquals(2, written.size(), "told once");
        lists.wires(safe(108, 256 + 8), safe(110, 4), safe(111, 5));
        relay.rest(point -> false);
        assertEquals(2, written.size(), "a point that burns or is free is left to whoever freed it");
        relay.rest(point -> true);
        assertEquals(Set.of("110 on", "111 on"), new TreeSet<>(written.subList(2, 4)));
    }

    /** The whole way: decision, board on TCP, the board's own log. */
    @Test
    void board_times_the_floors_by_its_own_log(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("edges.log");
        try (SimulatedBoard simulated = SimulatedBoard.open(0, log);
                Board board = TcpBoard.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), simulated.port()), new Silent())) {
            WiredRelay wired = new WiredRelay(lists::policy, board, happened);
            TestSite there = new TestSite(lists::policy, happened, wired, clock);
            site(and(BUTTONS, CALLS));
            DoorPoint lift = there.door(LIFT);
            Soon.holds(
                    () -> {
                        board.write(1, true, 0);
                        return simulated.current(1);
                    },
                    () -> "no connection");
            lists.points(record(Set.of(AccessMethod.SEALED), 40));
            lift.listsChanged();
            show(lift, TestLists.RESIDENT);
            there.doors().fireOrdered(2, true);
            Soon.holds(() -> simulated.current(122), () -> edges(log));
            assertEquals(List.of("out 112 1 set", "out 112 0", "out 122 1 set"), edges(log));
        }
    }

    /** Without times; a relay that fell by the board's clock and one that was told to are the same. */
    private static List<String> edges(Path log) {
        try {
            return Files.readAllLines(log).stream()
                    .map(line -> line.substring(line.indexOf(' ') + 1))
                    .filter(line -> !line.startsWith("out 1 "))
                    .map(line -> line.replaceAll(" 0 (timed|set)$", " 0"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private DoorPoint lift(List<WiringRecord> wires) {
        site(wires);
        return site.door(LIFT);
    }

    private static List<WiringRecord> and(List<WiringRecord> some, List<WiringRecord> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private void site(List<WiringRecord> wires) {
        lists.points(record(Set.of(AccessMethod.SEALED, AccessMethod.REMOTE)));
        lists.put(
                ListKind.FLOORS,
                List.of(FloorGroup.of(9, List.of(12), List.of()), FloorGroup.of(10, List.of(3, 12), List.of(8))));
        lists.put(
                ListKind.GROUPS,
                List.of(
                        new GroupRecord(1, List.of(new Right(LIFT, 0, 9, 101))),
                        new GroupRecord(2, List.of(new Right(LIFT, 0, 10, 102)))));
        lists.access(TestLists.person(TestLists.RESIDENT, 5), in(2, TestLists.person(GUARD, 6)));
        lists.wires(wires.toArray(WiringRecord[]::new));
    }

    private static PointRecord record(Set<AccessMethod> methods) {
        return record(methods, 5_000);
    }

    private static PointRecord record(Set<AccessMethod> methods, int pulse) {
        return PointRecord.of(LIFT, PointKind.LIFT, methods, CarrierLevel.OWN_KEY, PointTimes.of(pulse, 0), "1号梯")
                .with(new PointPlace(0, HALL, 0, 255))
                .with(new FireSafety(2, 0, false, LockKind.FAIL_SECURE));
    }

    private static AccessRecord in(int group, AccessRecord who) {
        return new AccessRecord(
                who.credential(),
                who.holder(),
                who.status(),
                who.traits(),
                who.validity(),
                who.uses(),
                who.leastCertificate(),
                List.of(group),
                who.carriers());
    }

    private static AccessRecord limited(CredentialNumber number, int uses) {
        AccessRecord who = TestLists.person(number, 5);
        return new AccessRecord(
                number,
                who.holder(),
                who.status(),
                who.traits(),
                who.validity(),
                uses,
                who.leastCertificate(),
                who.groups(),
                who.carriers());
    }

    private static WiringRecord out(int io, WireFunction function, int number) {
        return new WiringRecord(io, WireDirection.OUTPUT, LIFT, function, false, false, number);
    }

    /** Without current the button works. */
    private static WiringRecord safe(int io, int number) {
        return new WiringRecord(io, WireDirection.OUTPUT, LIFT, WireFunction.FLOOR, false, true, number);
    }

    private static void show(DoorPoint lift, CredentialNumber who) {
        lift.shown(Shown.of(new Presented.Genuine(who, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1)));
    }

    private void order(Octets args) {
        site.commands()
                .carryOut(
                        new CommandOrder(
                                new CommunityId(1),
                                TestLists.DEVICE,
                                new JournalId(1),
                                Octets.of(new byte[16]),
                                CommandKind.LIFT,
                                LIFT,
                                1,
                                2,
                                Octets.of(new byte[16]),
                                args,
                                "保安",
                                "访客"),
                        answers::add);
    }

    /** Terminal, current, and for how long if not until told. */
    private final class Noted implements Board {
        @Override
        public void write(int io, boolean current, int millis) {
            written.add(io + (current ? " on" : " off") + (millis == 0 ? "" : " " + millis));
        }

        @Override
        public void feed() {}

        @Override
        public void close() {}
    }

    /** Hears nothing. */
    private static final class Silent implements Board.Listener {
        @Override
        public void reading(int io, int ohms) {}

        @Override
        public void lost() {}

        @Override
        public void back() {}
    }
}
