package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PresenceRecord;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Presented;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two controllers at one area, people at random, connections that come and go, restarts. Each decision is judged by a model that keeps
 * nothing but who passed where and who heard of it.
 */
class PartitionTest {

    private static final int AREA = 1;
    private static final int CAPACITY = 4;
    private static final int STALENESS = 120;
    private static final int PEOPLE = 6;
    private static final int ROUNDS = 60;
    private static final int STEPS = 120;
    private static final PointId IN = new PointId(1);
    private static final PointId OUT = new PointId(2);

    @ParameterizedTest
    @EnumSource(StalePolicy.class)
    void both_controllers_decide_as_what_they_know_and_the_area_says(StalePolicy partition) {
        DoorPolicy policy = policy(partition);
        Set<String> met = new HashSet<>();
        for (int seed = 0; seed < ROUNDS; seed++) {
            new Estate(policy, partition, seed, true).run(met);
        }
        Set<String> expected = new HashSet<>(Set.of("granted", "ANTI_PASSBACK", "OCCUPANCY_FULL"));
        if (partition == StalePolicy.DENY) {
            expected.add("STATE_STALE");
        }
        if (partition == StalePolicy.GRANT) {
            expected.add("recorded");
        }
        assertEquals(expected, met, "every outcome of this policy was met and no other");
    }

    @Test
    void backend_that_tells_nobody_is_found_out() {
        DoorPolicy policy = policy(StalePolicy.DECIDE);
        assertThrows(AssertionError.class, () -> {
            for (int seed = 0; seed < ROUNDS; seed++) {
                new Estate(policy, StalePolicy.DECIDE, seed, false).run(new HashSet<>());
            }
        });
    }

    private static DoorPolicy policy(StalePolicy partition) {
        TestLists lists = new TestLists();
        lists.areas(new AreaRecord(AREA, AntiPassback.HARD, 0, CAPACITY, partition, STALENESS, "院内"));
        lists.points(
                TestLists.door(IN).with(new PointPlace(0, AREA, 0, 255)),
                TestLists.door(OUT).with(new PointPlace(AREA, 0, 0, 255)));
        lists.access(IntStream.range(0, 2 * PEOPLE)
                .mapToObj(i -> TestLists.person(card(i), 1 + i / 2))
                .toArray(AccessRecord[]::new));
        return lists.policy();
    }

    private static CredentialNumber card(int number) {
        return new CredentialNumber(0x4403_0101_0000_0100L + number);
    }

    /** Somebody came into an area, seen by one controller. */
    private record Passage(long second, int controller, long holder, int area) {}

    private static final class Estate {
        private final Random random;
        private final boolean telling;
        private final TestClock clock = new TestClock();
        private final StalePolicy partition;
        private final Controller[] controllers = new Controller[2];
        private final List<Passage> truth = new ArrayList<>();
        /** What the backend heard: how much of the truth of each controller. */
        private final Set<Passage> heard = new HashSet<>();

        Estate(DoorPolicy policy, StalePolicy partition, int seed, boolean telling) {
            this.random = new Random(seed);
            this.telling = telling;
            this.partition = partition;
            for (int i = 0; i < controllers.length; i++) {
                controllers[i] = new Controller(policy, i);
            }
            told();
        }

        void run(Set<String> met) {
            for (int step = 0; step < STEPS; step++) {
                clock.advance(1_000L * (1 + random.nextInt(20)));
                Controller at = controllers[random.nextInt(2)];
                switch (random.nextInt(12)) {
                    case 0 -> at.plug(!at.connected);
                    case 1 -> at.restart();
                    default -> tap(at, random.nextInt(2 * PEOPLE), random.nextBoolean(), met);
                }
                told();
            }
        }

        private void tap(Controller at, int card, boolean in, Set<String> met) {
            long holder = 1 + card / 2;
            String expected = at.model(holder, in);
            String decided = at.show(card(card), in ? IN : OUT);
            assertEquals(
                    expected,
                    decided,
                    () -> "holder " + holder + (in ? " in" : " out") + " at " + at.number + " after " + truth);
            met.add(decided);
            if (decided.equals("granted") || decided.equals("recorded")) {
                boolean alone = !controllers[0].connected || !controllers[1].connected;
                assertTrue(alone || !in || !inside(holder), "nobody comes in twice while both know");
                truth.add(new Passage(now(), at.number, holder, in ? AREA : 0));
            }
        }

        private boolean inside(long holder) {
            return truth.stream().filter(each -> each.holder() == holder).reduce((a, b) -> b).stream()
                    .anyMatch(last -> last.area() == AREA);
        }

        private long now() {
            return clock.now().getEpochSecond();
        }

        /** The backend hears who is connected and tells everybody connected. */
        private void told() {
            truth.stream()
                    .filter(each -> controllers[each.controller()].connected)
                    .forEach(heard::add);
            for (Controller each : controllers) {
                if (each.connected && telling) {
                    each.knows.clear();
                    each.knows.addAll(heard);
                    each.othersGone = controllers[1 - each.number].connected ? -1 : controllers[1 - each.number].gone;
                    each.site.presence().told(records(each.othersGone));
                }
            }
        }

        private List<PresenceRecord> records(long gone) {
            long asOf = gone < 0 ? PresenceRecord.LIVE : gone;
            Map<Long, PresenceRecord> newest = new TreeMap<>();
            heard.stream()
                    .sorted((a, b) -> Long.compare(a.second(), b.second()))
                    .forEach(each -> newest.put(
                            each.holder(), new PresenceRecord(each.holder(), each.area(), each.second(), asOf)));
            newest.put(0L, new PresenceRecord(PresenceRecord.EVERYBODY_ELSE, 0, 0, asOf));
            return List.copyOf(newest.values());
        }

        /** One controller and what the model says that it knows. */
        private final class Controller {
            private final DoorPolicy policy;
            private final int number;
            private final Memories disk = new Memories();
            private final Set<Passage> knows = new HashSet<>();
            private final Map<PointId, DoorPoint> doors = new HashMap<>();
            private TestSite site;
            private boolean connected = true;
            private long gone;
            private long othersGone = -1;

            Controller(DoorPolicy policy, int number) {
                this.policy = policy;
                this.number = number;
                this.site = started();
            }

            private TestSite started() {
                TestSite started = new TestSite(() -> policy, new Happened(), clock, disk);
                doors.put(IN, started.door(IN));
                doors.put(OUT, started.door(OUT));
                return started;
            }

            void plug(boolean in) {
                connected = in;
                gone = now();
            }

            /** The list that it holds is on its disk, too. */
            void restart() {
                site = started();
                Set<Passage> all = new HashSet<>(heard);
                heard.clear();
                heard.addAll(knows);
                site.presence().told(records(othersGone));
                heard.clear();
                heard.addAll(all);
            }

            String show(CredentialNumber card, PointId point) {
                site.silent(silence());
                Decision decision = doors.get(point)
                        .shown(Shown.of(new Presented.Genuine(card, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1)));
                if (decision instanceof Decision.Deny deny) {
                    return deny.reason().name();
                }
                return ((Decision.Grant) decision).recorded() ? "recorded" : "granted";
            }

            private long silence() {
                return connected ? 0 : Math.max(1, now() - gone);
            }

            String model(long holder, boolean in) {
                long age = Math.max(silence(), othersGone < 0 ? 0 : now() - othersGone);
                if (age > STALENESS && partition == StalePolicy.DENY) {
                    return "STATE_STALE";
                }
                if (age > STALENESS && partition == StalePolicy.GRANT) {
                    return "recorded";
                }
                Map<Long, Passage> last = new HashMap<>();
                truth.stream()
                        .filter(each -> each.controller() == number || knows.contains(each))
                        .forEach(each -> last.put(each.holder(), each));
                Passage known = last.get(holder);
                if (known != null && known.area() != (in ? 0 : AREA)) {
                    return "ANTI_PASSBACK";
                }
                long count = last.values().stream()
                        .filter(each -> each.area() == AREA)
                        .count();
                return in && count >= CAPACITY ? "OCCUPANCY_FULL" : "granted";
            }
        }
    }
}
