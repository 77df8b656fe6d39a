package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.LiftOrder;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.WireDirection;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.accessmodel.WiringRecord;
import io.zhitong.controller.board.Board;
import io.zhitong.controller.lift.SimulatedDispatcher;
import io.zhitong.decision.Presented;
import io.zhitong.edge.DeviceConfig;
import io.zhitong.edge.EdgeException;
import io.zhitong.edge.Health;
import io.zhitong.points.Landing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the card and from orders to a dispatcher, whose log is the witness. */
class DispatchedLiftTest {

    private static final PointId LIFT = TestLists.GATE;

    @TempDir
    private Path folder;

    private final TestLists lists = new TestLists();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();
    private final Health health = new Health();
    private final List<String> cars = new CopyOnWriteArrayList<>();
    private Path log;
    private SimulatedDispatcher dispatcher;
    private Dispatched relays;
    private TestSite site;
    private DoorPoint lift;

    @BeforeEach
    void build() throws IOException {
        log = folder.resolve("trips.log");
        dispatcher = SimulatedDispatcher.open(0, log, clock::monotonicMillis);
        relays = new Dispatched(
                happened,
                List.of(new LiftSection(LIFT.value(), "127.0.0.1:" + dispatcher.port(), 5, 0, 1)),
                health,
                (point, car) -> cars.add(point.value() + " " + car));
        lists.points(PointRecord.of(
                        LIFT,
                        PointKind.LIFT,
                        Set.of(AccessMethod.SEALED, AccessMethod.REMOTE),
                        CarrierLevel.OWN_KEY,
                        PointTimes.of(8_000, 0),
                        "1号梯")
                .with(new FireSafety(2, 0, false, LockKind.FAIL_SECURE)));
        floors(12);
        lists.put(ListKind.GROUPS, List.of(new GroupRecord(1, List.of(new Right(LIFT, 0, 9, 101)))));
        lists.access(TestLists.person(TestLists.RESIDENT, AccessRecord.ITSELF));
        lists.wires();
        WiredRelay wired = new WiredRelay(lists::policy, Board.none(), relays);
        site = new TestSite(lists::policy, happened, wired, clock);
        lift = site.door(LIFT);
        lift.exit();
        Soon.holds(
                () -> {
                    relays.lift(LIFT).forEach(driver -> driver.call(Landing.HERE));
                    return lines().contains("call 5");
                },
                this::lines);
        happened.forget();
    }

    private void floors(Integer... floors) {
        lists.put(ListKind.FLOORS, List.of(FloorGroup.of(9, List.of(floors), List.of())));
    }

    @AfterEach
    void close() throws IOException {
        relays.close();
        dispatcher.close();
    }

    @Test
    void who_has_one_floor_is_sent_a_car_and_told_which() {
        show();
        logged("permit 5 8000 [12]", "ride 5 12 car A");
        Soon.holds(() -> cars.equals(List.of("1 A")), cars::toString);
        assertEquals(List.of("ACCESS_GRANTED @1"), happened.log(), "no relay of the building moves");
    }

    @Test
    void who_has_several_floors_chooses_at_the_landing_while_the_grant_lasts() {
        floors(3, 12);
        show();
        logged("permit 5 8000 [3, 12]");
        assertTrue(dispatcher.choose(5, 3));
        assertFalse(dispatcher.choose(5, 4));
        clock.advance(8_000);
        assertFalse(dispatcher.choose(5, 3));
    }

    @Test
    void visitor_takes_a_car_from_the_lobby_to_the_hosts_floor_and_nowhere_else() {
        assertTrue(lift.visit(new LiftOrder(TestLists.RESIDENT, 12, 3)).isPresent());
        logged("call 0", "permit 0 180000 [12]");
        assertFalse(dispatcher.choose(0, 11));
        clock.advance(179_999);
        assertTrue(dispatcher.choose(0, 12));
        clock.advance(1);
        assertFalse(dispatcher.choose(0, 12));
        assertEquals(List.of(), cars, "nobody stands at the reader");
    }

    @Test
    void fire_recalls_the_cars_until_it_is_reset() {
        floors(3, 12);
        show();
        logged("permit 5 8000 [3, 12]");
        site.doors().fireOrdered(2, true);
        logged("recall 1");
        assertFalse(dispatcher.choose(5, 3));
        show();
        site.doors().fireOrdered(2, false);
        logged("resume");
        assertFalse(dispatcher.choose(5, 3));
        assertEquals("FIRE_ENDED @1", happened.log().get(happened.log().size() - 1));
    }

    @Test
    void landing_held_free_chooses_any_floor_and_locked_down_none() {
        lift.order(Optional.of(Ordered.of(PointMode.UNLOCKED)));
        logged("free 5 true");
        assertTrue(dispatcher.choose(5, 99));
        lift.order(Optional.of(Ordered.of(PointMode.LOCKED)));
        logged("free 5 false");
        assertFalse(dispatcher.choose(5, 99));
    }

    @Test
    void floor_relays_in_the_cars_work_beside_the_dispatcher() {
        lists.wires(new WiringRecord(1, WireDirection.OUTPUT, LIFT, WireFunction.FLOOR, false, false, 12));
        lift.listsChanged();
        show();
        logged("permit 5 8000 [12]", "ride 5 12 car A");
        assertEquals(
                2,
                new WiredRelay(lists::policy, Board.none(), relays).lift(LIFT).size());
        lists.wires(new WiringRecord(1, WireDirection.OUTPUT, LIFT, WireFunction.RECALL, false, false, 0));
        assertEquals(
                3,
                new WiredRelay(lists::policy, Board.none(), relays).lift(LIFT).size(),
                "a recall contact takes nothing from the dispatcher");
    }

    @Test
    void other_points_have_the_relays_behind() {
        relays.pulse(TestLists.GARAGE, 3_000);
        relays.hold(TestLists.GARAGE);
        relays.drop(TestLists.GARAGE);
        relays.signal(TestLists.GARAGE, WireFunction.LIGHT, true);
        relays.lift(TestLists.GARAGE).forEach(driver -> driver.call(Landing.HERE));
        assertEquals(List.of("pulse 3000 @2", "hold @2", "drop @2", "pulse 1000 @2"), happened.log());
        assertEquals(Set.of("LIGHT @2"), happened.signals());
    }

    @Test
    void dispatcher_that_is_away_is_a_fault_of_the_controller() throws IOException {
        dispatcher.close();
        Soon.holds(() -> !health.healthy(), health::faults);
        assertTrue(health.faults().get(0).contains("the dispatcher does not answer"), health.faults()::toString);
        show();
        assertEquals(List.of("ACCESS_GRANTED @1"), happened.log(), "it is granted all the same");
    }

    @Test
    void address_and_floors_that_are_none_are_refused() {
        for (LiftSection bad : List.of(
                new LiftSection(1, "here", 0, 0, 0),
                new LiftSection(1, "127.0.0.1:1", -1, 0, 0),
                new LiftSection(1, "127.0.0.1:1", 0, 256, 0))) {
            assertThrows(EdgeException.class, () -> new Dispatched(happened, List.of(bad), health, (point, car) -> {}));
        }
    }

    @Test
    void lifts_are_read_from_the_controllers_file() throws IOException {
        Path file = folder.resolve("controller.yaml");
        Files.writeString(file, """
                device: {data: ., backend: 127.0.0.1, linkPort: 8081, enrolPort: 8082, authority: ca.pem, tokenFile: token}
                lifts:
                  - {point: 5, dispatcher: "127.0.0.1:8091", here: 3, lobby: 0, recall: 1}
                """);
        DeviceConfig config = DeviceConfig.load(file);
        assertEquals(
                List.of(new LiftSection(5, "127.0.0.1:8091", 3, 0, 1)),
                List.of(config.section("lifts", LiftSection[].class)));
        Files.writeString(file, Files.readString(file).replace("lobby", "hall"));
        assertThrows(EdgeException.class, () -> DeviceConfig.load(file).section("lifts", LiftSection[].class));
    }

    private void show() {
        lift.shown(
                Shown.of(new Presented.Genuine(TestLists.RESIDENT, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1)));
    }

    private void logged(String... expected) {
        List<String> wanted = List.of(expected);
        Soon.holds(
                () -> {
                    List<String> all = lines();
                    return all.size() >= wanted.size()
                            && all.subList(all.size() - wanted.size(), all.size())
                                    .equals(wanted);
                },
                this::lines);
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
