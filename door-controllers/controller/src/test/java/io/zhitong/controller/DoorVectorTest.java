package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PresenceRecord;
import io.zhitong.decision.Asked;
import io.zhitong.decision.Engine;
import io.zhitong.decision.EngineLists;
import io.zhitong.decision.Policy;
import io.zhitong.decision.PolicyLists;
import io.zhitong.decision.Replay;
import io.zhitong.decision.Request;
import io.zhitong.decision.naive.Answer;
import io.zhitong.decision.naive.Ask;
import io.zhitong.decision.naive.Draw;
import io.zhitong.decision.naive.Estate;
import io.zhitong.decision.naive.Naive;
import io.zhitong.decision.naive.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The vectors of test-vectors/decision through a controller's door: what the case says of the site is what the controller's disk,
 * its lists, its other doors and its link tell it. The door decides and explains as the hand wrote.
 */
class DoorVectorTest {

    /** The first person of a window that does not hold: a controller forgets that person when the window ends. */
    private static final int FIRST_WITHOUT_WINDOW = 3;

    private static final int RANDOM = 800;

    @TestFactory
    Stream<DynamicTest> door_decides_as_the_hand_wrote() {
        return possible().stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one)));
    }

    /** Sites that no controller can be in are passed over, and a quarter at least is left. */
    @Test
    void door_decides_random_requests_as_the_naive_evaluator_and_a_replay_agrees() {
        int rounds = Math.max(RANDOM, RANDOM * Integer.getInteger("zhitong.rounds", 0));
        int met = 0;
        for (int seed = 0; seed < rounds; seed++) {
            Draw.Drawn drawn = Draw.of(seed);
            if (!attainable(drawn.estate(), drawn.ask())) {
                continue;
            }
            met++;
            String where = "seed " + seed;
            Answer naive = Naive.answer(drawn.estate(), drawn.ask());
            Door door = new Door(drawn.estate(), drawn.ask());
            assertEquals(naive, door.answer(), where);
            assertEquals(naive, door.replayed(), where);
        }
        assertTrue(met >= rounds / 4, "met " + met + " of " + rounds);
    }

    /**
     * A controller is never more certain of areas than of the backend, knows the place of nobody who is on no list, counts whom it knows
     * in an area, and forgets the first person with the window, which without a clock holds never; a door that is free for a fire keeps no other one shut.
     */
    private static boolean attainable(Estate estate, Ask ask) {
        Ask.Site site = ask.site();
        Door door = new Door(estate, ask);
        return site.age() >= site.silence()
                && (!site.first() || door.windowHolds())
                && (site.holderArea() == Ask.NONE || door.listed())
                && site.counts().getOrDefault(site.holderArea(), 1L) > 0
                && (site.fire().isEmpty() || site.open().isEmpty());
    }

    @Test
    void nearly_every_case_can_happen_at_a_controller() {
        assertTrue(possible().size() >= 300, () -> "cases: " + possible().size());
        assertTrue(Reading.all().size() - possible().size() <= FIRST_WITHOUT_WINDOW);
    }

    @Test
    void changed_site_is_noticed() {
        Reading.Case inside = possible().stream()
                .filter(one -> one.expected().reason().equals("ANTI_PASSBACK"))
                .filter(one -> one.ask().site().holderArea() > 0)
                .findFirst()
                .orElseThrow();
        Door door = new Door(inside.estate(), inside.ask());
        door.disk.written().keySet().stream()
                .filter(name -> name.startsWith("at."))
                .forEach(name -> door.disk.put(name, Optional.empty()));
        assertNotEquals(inside.expected(), door.answer());
    }

    private static void check(Reading.Case one) {
        Door door = new Door(one.estate(), one.ask());
        Answer explained = door.explained();
        assertEquals(one.expected(), door.answer());
        assertEquals(one.expected(), explained, "the explanation decides the same");
        assertEquals(one.expected(), door.replayed(), "so does a replay from the journal's record and the lists");
    }

    private static List<Reading.Case> possible() {
        return Reading.all().stream()
                .filter(one -> !one.ask().site().first() || new Door(one.estate(), one.ask()).windowHolds())
                .toList();
    }

    /** One point of an estate, with everything the case says of the site put where a controller has it. */
    private static final class Door {
        private final Ask ask;
        private final PolicyLists lists;
        private final DoorPolicy policy;
        private final Happened happened = new Happened();
        private final Memories disk = new Memories();
        private final Request request;

        Door(Estate estate, Ask ask) {
            this.ask = ask;
            this.lists = EngineLists.of(estate);
            this.request = Asked.request(ask);
            this.policy = new DoorPolicy(
                    new Policy(lists),
                    lists.version(),
                    List.of(),
                    Optional.empty(),
                    lists.zone(),
                    lists.all(PointRecord.class),
                    List.of());
            remember();
        }

        private void remember() {
            Ask.Site site = ask.site();
            put("mode." + ask.point(), site.mode());
            put("wrong." + ask.point(), site.wrongTries() == 0 ? "" : Integer.toString(site.wrongTries()));
            put("first." + ask.point(), site.first() ? ask.now().toString() : "");
            put("threat.0", site.threat() == 0 ? "" : site.threat() + " 0");
            site.fire().forEach(zone -> put("fire." + zone, "true"));
            if (site.holderArea() != Ask.NONE) {
                shown().listed(policy.rules())
                        .ifPresent(who -> put("at." + Presence.Person.of(who), site.holderArea() + " " + site.since()));
            }
        }

        private void put(String name, String value) {
            disk.put(name, Optional.of(value).filter(text -> !text.isEmpty()));
        }

        private Shown shown() {
            return new Shown(request.presented(), request.extras(), Octets.EMPTY, "", 0);
        }

        boolean listed() {
            return shown().listed(policy.rules()).isPresent();
        }

        boolean windowHolds() {
            int schedule = policy.rules()
                    .point(new PointId(ask.point()))
                    .map(point -> point.modes().unlockSchedule())
                    .orElse(0);
            return schedule != 0
                    && request.clock() != ClockQuality.UNKNOWN
                    && policy.rules().holds(schedule, ask.now());
        }

        Answer answer() {
            return Asked.answer(started().shown(shown()));
        }

        /** From the bytes in the journal alone. */
        Answer replayed() {
            Request again = Replay.request(
                            request.point(), happened.lastAccess(), ask.now(), request.clock(), policy.rules())
                    .orElseThrow();
            return Asked.answer(Engine.decide(again, policy.rules()));
        }

        Answer explained() {
            return Asked.answer(started().explain(shown()).decision());
        }

        private DoorPoint started() {
            TestSite site = new TestSite(() -> policy, happened, clock(), disk);
            site.silent(ask.site().silence());
            site.presence().told(told());
            Map<Integer, Long> others = ask.site().counts();
            assertTrue(others.values().stream().allMatch(count -> count < 100_000));
            for (int open : ask.site().open()) {
                if (open != ask.point()) {
                    site.door(new PointId(open)).openOnce();
                }
            }
            for (int i = 0; i < ask.passes(); i++) {
                shown().credential(policy.rules())
                        .filter(who -> site.world().uses().of(who) < ask.passes()) // an earlier start counted them
                        .ifPresent(who -> site.world().uses().passed(who, policy.rules()));
            }
            DoorPoint door = site.door(new PointId(ask.point()));
            site.doors().listsChanged();
            return door;
        }

        /** Others are where the counts say, and the backend knew so when the case says. */
        private List<PresenceRecord> told() {
            List<PresenceRecord> all = new ArrayList<>();
            long asOf = ask.site().age() == 0
                    ? PresenceRecord.LIVE
                    : ask.now().getEpochSecond() - ask.site().age();
            all.add(new PresenceRecord(PresenceRecord.EVERYBODY_ELSE, 0, 0, asOf));
            long[] next = {3_000_000_000L};
            ask.site().counts().forEach((area, count) -> {
                long self = ask.site().holderArea() == area ? 1 : 0;
                for (long i = self; i < count; i++) {
                    all.add(new PresenceRecord(next[0]++, area, 0, PresenceRecord.LIVE));
                }
            });
            return all;
        }

        private DoorClock clock() {
            ClockQuality quality = request.clock();
            Instant now = ask.now();
            return new DoorClock() {
                @Override
                public Instant now() {
                    return now;
                }

                @Override
                public ClockQuality quality() {
                    return quality;
                }

                @Override
                public long monotonicMillis() {
                    return 1_000;
                }
            };
        }
    }
}
