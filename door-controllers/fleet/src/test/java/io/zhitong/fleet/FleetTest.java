package io.zhitong.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.machinetls.MachineProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fifty controllers against the real server of the link. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class FleetTest {
    private static final int CONTROLLERS = 50;
    private static final int CREDENTIALS = 300;
    private static final FleetEstate ESTATE = FleetEstate.create(MachineProfile.SM2);
    private static final List<FleetIdentity> IDENTITIES =
            IntStream.rangeClosed(1, CONTROLLERS).mapToObj(ESTATE::controller).toList();
    private static final CredentialNumber SOMEBODY =
            FleetLists.numbers(CREDENTIALS).get(5);

    private final List<JournalRecord> arrived = new CopyOnWriteArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final FleetLists lists = new FleetLists(ESTATE, CREDENTIALS);
    private final FleetBackend backend = new FleetBackend(ESTATE, lists, arrived::add);

    @AfterEach
    void stop() {
        backend.close();
    }

    private Fleet fleet(int taps, Fault... faults) {
        backend.start();
        FleetOptions options = new FleetOptions(
                Duration.ofMillis(1_200), 11, List.of(faults), taps, Duration.ofMillis(1_000), Duration.ofSeconds(30));
        return new Fleet(IDENTITIES, backend.address(), options, device -> Optional.empty(), told::add);
    }

    @Test
    void a_day_of_taps_comes_out_as_events_each_once_and_everybody_known_is_let_in() {
        try (Fleet fleet = fleet(400)) {
            FleetReport report = fleet.run(CREDENTIALS, Optional.of(backend));
            assertTrue(report.held(), report::line);
            assertEquals(400, report.taps());
            assertTrue(report.storeSeen());
            assertTrue(fleet.meters().granted.get() > 300, report::json);
            assertTrue(fleet.meters().denied.get() > 0, "couriers");
            assertEquals(backend.events(), report.events());
            assertEquals(CONTROLLERS, fleet.meters().connections.get());
            assertTrue(told.size() >= 2, "a line each second: " + told);
            assertTrue(told.get(1).contains("connected 50/50"), told::toString);
        }
        assertEquals(
                CONTROLLERS,
                arrived.stream()
                        .filter(record -> record.kind() == EventKind.JOURNAL_OPENED)
                        .count());
    }

    @Test
    void cut_half_open_slow_reordered_and_killed_nothing_is_lost_and_nothing_doubles() {
        try (Fleet fleet = fleet(300, Fault.KILL, Fault.CUT, Fault.HALF_OPEN, Fault.REORDER, Fault.SLOW)) {
            fleet.connect();
            List<Fault> all = List.of(Fault.values());
            Troubles troubles = fleet.troubles();
            for (int second = 0; second < 2 * all.size(); second++) {
                troubles.strike(second);
            }
            FleetReport report = fleet.again(CREDENTIALS, Optional.of(backend));
            assertTrue(troubles.strikes() > 10, "strikes: " + troubles.strikes());
            assertTrue(fleet.meters().connections.get() > CONTROLLERS, "some had to come back");
            assertTrue(report.held(), report::line);
        }
    }

    @Test
    void a_backend_that_was_gone_gets_what_was_tapped_meanwhile() {
        try (Fleet fleet = fleet(0)) {
            fleet.connect();
            backend.stop();
            SimulatedController door = fleet.controllers().get(3);
            for (int i = 0; i < 20; i++) {
                assertTrue(door.tap(1, SOMEBODY) instanceof Decision.Grant);
            }
            assertEquals(0, granted());
            backend.start();
            Soon.until("all arrived", () -> granted() == 20);
            assertTrue(door.journal().lastSequence() >= 60, "opened and closed each time");
        }
    }

    private long granted() {
        return arrived.stream()
                .filter(record -> record.kind() == EventKind.ACCESS_GRANTED)
                .count();
    }

    @Test
    void a_changed_credential_is_refused_everywhere_as_soon_as_the_list_is_in_force() {
        try (Fleet fleet = fleet(0)) {
            fleet.connect();
            List<DeviceAddress> all = fleet.controllers().stream()
                    .map(SimulatedController::address)
                    .toList();
            assertTrue(fleet.controllers().get(7).tap(2, SOMEBODY) instanceof Decision.Grant);
            ListVersion next = lists.change(SOMEBODY, false);
            backend.offer(ListKind.ACCESS, all);
            Soon.until(
                    "in force everywhere",
                    () -> fleet.controllers().stream()
                            .allMatch(each -> each.version().equals(next)));
            assertTrue(fleet.controllers().stream().allMatch(each -> each.tap(2, SOMEBODY) instanceof Decision.Deny));
            assertEquals(5L * CONTROLLERS, fleet.meters().listsInstalled.get(), "four kinds, and one of them again");
        }
    }

    @Test
    void a_controller_that_was_killed_comes_back_with_its_journal_and_its_lists() {
        try (Fleet fleet = fleet(0)) {
            fleet.connect();
            SimulatedController door = fleet.controllers().get(0);
            door.tap(1, SOMEBODY);
            long before = door.journal().lastSequence();
            door.kill();
            assertFalse(door.isOn());
            fleet.switchOn();
            Soon.until("greeted", door::isGreeted);
            assertEquals(before + 1, door.journal().lastSequence(), "started, and no list anew");
            Soon.until("everything acknowledged", () -> door.journal().complete());
        }
    }

    @Test
    void a_tap_that_the_store_does_not_have_is_found() {
        try (Fleet fleet = fleet(100)) {
            fleet.plant(new Passage(1, 1, 0x7777, true));
            FleetReport report = fleet.run(CREDENTIALS, Optional.of(backend));
            assertFalse(report.held());
            assertEquals(1, report.lost());
            assertTrue(report.line().endsWith("NOT HELD 未达标"), report::line);
        }
    }

    @Test
    void a_fleet_whose_backend_is_not_there_says_who_was_not_greeted() {
        FleetOptions options = new FleetOptions(
                Duration.ofMillis(10), 11, List.of(), 10, Duration.ofSeconds(1), Duration.ofMillis(300));
        backend.start();
        backend.stop();
        try (Fleet fleet = new Fleet(
                IDENTITIES.subList(0, 3), backend.address(), options, device -> Optional.empty(), told::add)) {
            FleetReport report = fleet.run(CREDENTIALS, Optional.empty());
            assertFalse(report.held());
            assertEquals(3, report.notGreeted());
            assertEquals(0, report.credentials());
            assertEquals(6, report.unacknowledged(), "each opened its journal and started");
        }
    }
}
