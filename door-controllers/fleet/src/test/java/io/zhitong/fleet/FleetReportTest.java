package io.zhitong.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.link.LinkClientOptions;
import io.zhitong.machinetls.MachineProfile;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a run says of itself, and the options it runs by. */
final class FleetReportTest {
    private static final InetSocketAddress BACKEND = InetSocketAddress.createUnresolved("localhost", 4711);

    private final Meters meters = new Meters();

    private FleetReport report(
            long unacknowledged, long notGreeted, long wrong, long lost, long doubled, boolean storeSeen) {
        return new FleetReport(
                50,
                1_000,
                11,
                9.96,
                meters,
                400,
                3,
                1_234,
                unacknowledged,
                notGreeted,
                17,
                wrong,
                lost,
                doubled,
                storeSeen);
    }

    private static FleetOptions options(Duration silence, List<Fault> faults) {
        return new FleetOptions(Duration.ofSeconds(1), 5, faults, 10, silence, Duration.ofSeconds(3));
    }

    @Test
    void a_clean_run_is_held_though_people_stood_before_controllers_without_power() {
        FleetReport clean = report(0, 0, 0, 0, 0, true);
        assertTrue(clean.held());
        assertEquals(
                "50 controllers, 1000 credentials, 10.0 s: 400 taps, 1234 events, 0 unacknowledged, 17 strikes; lost 0, doubled 0,"
                        + " decided wrong 0 (judged by the store): held 达标",
                clean.line());
    }

    @Test
    void each_single_fault_is_enough_not_to_be_held() {
        for (FleetReport bad : List.of(
                report(1, 0, 0, 0, 0, true),
                report(0, 1, 0, 0, 0, true),
                report(0, 0, 1, 0, 0, true),
                report(0, 0, 0, 1, 0, true),
                report(0, 0, 0, 0, 1, true))) {
            assertFalse(bad.held(), bad::line);
            assertTrue(bad.line().endsWith("NOT HELD 未达标"), bad::line);
            assertTrue(bad.json().contains("\"held\": false"), bad::json);
        }
    }

    @Test
    void json_says_who_judged() {
        assertTrue(report(0, 0, 0, 0, 0, true).json().contains("\"judgedBy\": \"store\""));
        assertTrue(report(0, 0, 0, 0, 0, false).json().contains("\"judgedBy\": \"acknowledgements\""));
        assertTrue(report(0, 0, 0, 0, 0, false).line().contains("(judged by acknowledgements)"));
    }

    @Test
    void json_has_every_count_under_its_own_name() {
        meters.granted.set(301);
        meters.denied.set(99);
        meters.connections.set(52);
        meters.listsInstalled.set(200);
        meters.listsRefused.set(2);
        meters.commands.set(4);
        String json = report(5, 6, 7, 8, 9, true).json();
        for (String part : List.of(
                "\"controllers\": 50",
                "\"credentials\": 1000",
                "\"seed\": 11",
                "\"seconds\": 9.960",
                "\"taps\": 400",
                "\"missed\": 3",
                "\"granted\": 301",
                "\"denied\": 99",
                "\"events\": 1234",
                "\"connections\": 52",
                "\"listsInstalled\": 200",
                "\"listsRefused\": 2",
                "\"commands\": 4",
                "\"strikes\": 17",
                "\"unacknowledged\": 5",
                "\"notGreeted\": 6",
                "\"decidedWrong\": 7",
                "\"lost\": 8",
                "\"doubled\": 9")) {
            assertEquals(2, json.split(part + "[,}\\n]", -1).length, () -> part + " once in " + json);
        }
    }

    @Test
    void json_is_balanced_and_has_points_in_its_numbers_wherever_it_runs() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            meters.deciding.add(1_500_000);
            String json = report(0, 0, 0, 0, 0, true).json();
            assertTrue(json.contains("\"p50\": 1.500"), json);
            assertEquals(
                    json.chars().filter(c -> c == '{').count(),
                    json.chars().filter(c -> c == '}').count());
            assertEquals(0, json.chars().filter(c -> c == '"').count() % 2);
            assertTrue(report(0, 0, 0, 0, 0, true).line().contains(" 10.0 s"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_short_silence_brings_a_quicker_heartbeat_and_a_long_one_leaves_the_usual() {
        LinkClientOptions usual = LinkClientOptions.to(BACKEND);
        LinkClientOptions quick = options(Duration.ofSeconds(1), List.of()).link(BACKEND);
        assertEquals(Duration.ofMillis(250), quick.heartbeat());
        assertEquals(Duration.ofSeconds(1), quick.silence());
        LinkClientOptions slow = options(Duration.ofMinutes(5), List.of()).link(BACKEND);
        assertEquals(usual.heartbeat(), slow.heartbeat());
        assertEquals(Duration.ofMinutes(5), slow.silence());
        assertEquals(List.of(BACKEND), slow.backends());
    }

    @Test
    void faults_of_the_options_do_not_change_with_the_list_they_came_in() {
        List<Fault> faults = new ArrayList<>(List.of(Fault.CUT));
        FleetOptions options = options(Duration.ofSeconds(8), faults);
        faults.clear();
        assertEquals(List.of(Fault.CUT), options.faults());
        assertThrows(UnsupportedOperationException.class, () -> options.faults().clear());
    }

    @Test
    void without_faults_nobody_is_struck_and_without_a_wire_only_power_fails() {
        FleetEstate estate = FleetEstate.create(MachineProfile.P256);
        SharedLists shared = new SharedLists();
        FleetIdentity identity = estate.controller(1);
        List<SimulatedController> hundred = IntStream.range(0, 100)
                .mapToObj(i -> SimulatedController.of(identity, shared, meters))
                .toList();
        Troubles none = new Troubles(List.of(), 1, Optional.empty(), hundred);
        Troubles wires = new Troubles(List.of(Fault.CUT, Fault.SLOW), 1, Optional.empty(), hundred);
        Troubles power = new Troubles(List.of(Fault.CUT, Fault.KILL), 1, Optional.empty(), hundred);
        for (int second = 0; second < 10; second++) {
            none.strike(second);
            wires.strike(second);
            power.strike(second);
        }
        assertEquals(0, none.strikes());
        assertEquals(0, wires.strikes());
        assertTrue(power.strikes() > 20 && power.strikes() < 90, "five times a tenth: " + power.strikes());
    }

    @Test
    void the_same_seed_strikes_the_same_number() {
        FleetEstate estate = FleetEstate.create(MachineProfile.P256);
        FleetIdentity identity = estate.controller(1);
        List<SimulatedController> some = IntStream.range(0, 40)
                .mapToObj(i -> SimulatedController.of(identity, new SharedLists(), meters))
                .toList();
        List<Long> strikes = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Troubles troubles = new Troubles(List.of(Fault.KILL), 99, Optional.empty(), some);
            IntStream.range(0, 20).forEach(troubles::strike);
            strikes.add(troubles.strikes());
        }
        assertEquals(strikes.get(0), strikes.get(1));
    }

    @Test
    void a_fault_is_known_by_its_own_word_only() {
        assertEquals(Optional.of(Fault.HALF_OPEN), Fault.of("half-open"));
        for (String word : List.of("", "CUT", "half_open", "cut ", "kill,cut", "powercut")) {
            assertEquals(Optional.empty(), Fault.of(word), word);
        }
    }

    @Test
    void every_habit_stays_within_its_day_for_any_seed_and_never_taps_backwards() {
        for (Habit habit : Habit.values()) {
            for (int seed = 0; seed < 500; seed++) {
                List<Double> hours = new ArrayList<>();
                habit.day(new SplittableRandom(seed), (hour, where) -> {
                    hours.add(hour);
                    assertTrue(where >= Habit.GATE && where <= Habit.ROUND, habit::name);
                });
                assertFalse(hours.isEmpty(), habit::name);
                assertTrue(hours.stream().allMatch(hour -> hour >= 0 && hour < 24), () -> habit + " " + hours);
                assertEquals(hours.stream().sorted().toList(), hours, habit::name);
            }
        }
    }

    @Test
    void who_comes_home_is_at_the_house_right_after_the_gate() {
        for (Habit habit : List.of(Habit.COMMUTER, Habit.CHILD, Habit.ELDER)) {
            List<Integer> places = new ArrayList<>();
            habit.day(new SplittableRandom(4), (hour, where) -> places.add(where));
            for (int i = 0; i < places.size(); i++) {
                if (places.get(i) == Habit.HOUSE) {
                    assertEquals(Habit.GATE, places.get(i - 1), habit::name);
                }
            }
            assertEquals(Habit.HOUSE, places.get(places.size() - 1), () -> habit + " ends the day at home");
            assertEquals(Habit.GATE, places.get(0), () -> habit + " begins at the gate");
        }
    }

    @Test
    void a_guard_s_round_has_twelve_stations_in_a_day() {
        List<Integer> places = new ArrayList<>();
        Habit.GUARD.day(new SplittableRandom(1), (hour, where) -> places.add(where));
        assertEquals(12, places.size());
        assertTrue(places.stream().allMatch(where -> where == Habit.ROUND));
    }
}
