package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.PresenceRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The columns and what is counted from them, beside maps that keep everything. */
class ToldPresenceTest {

    private static final int ROUNDS = 200;
    private static final int STEPS = 40;

    @Test
    void every_record_is_found_again_and_nobody_else() {
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            Map<Long, PresenceRecord> all = drawn(random, 1 + random.nextInt(30));
            ToldPresence told = ToldPresence.of(all.values());
            assertEquals(all.size(), told.size());
            all.forEach((holder, record) -> assertEquals(Optional.of(record), told.of(holder)));
            long stranger = random.nextLong() >>> 32;
            assertEquals(Optional.ofNullable(all.get(stranger)), told.of(stranger));
        }
        assertEquals(Optional.empty(), ToldPresence.NOTHING.of(1));
    }

    @Test
    void counts_are_those_of_a_map_of_everybody_s_newest_place() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            Presence presence = new Presence(new PointMemory(new Memories()), Instant.EPOCH);
            Map<Long, Presence.Seen> own = new HashMap<>();
            Map<Long, PresenceRecord> told = Map.of();
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(4) == 0) {
                    told = drawn(random, 6);
                    presence.told(told.values());
                } else {
                    pass(presence, own, told, random);
                }
                assertEquals(counted(own, told), counts(presence), "seed " + seed + " step " + step);
            }
        }
    }

    private static void pass(
            Presence presence, Map<Long, Presence.Seen> own, Map<Long, PresenceRecord> told, Random random) {
        long holder = 1 + random.nextInt(6);
        int area = random.nextInt(3);
        long now = 1 + random.nextInt(1_000);
        long last = newest(holder, own, told).map(Presence.Seen::since).orElse(0L);
        own.put(holder, new Presence.Seen(area, Math.max(last, now)));
        presence.passed(new Presence.Person(true, holder), area, Instant.ofEpochSecond(now), ClockQuality.SYNCHRONISED);
    }

    private static Optional<Presence.Seen> newest(
            long holder, Map<Long, Presence.Seen> own, Map<Long, PresenceRecord> told) {
        Presence.Seen here = own.get(holder);
        PresenceRecord there = told.get(holder);
        if (there == null || here != null && here.since() >= there.sinceSecond()) {
            return Optional.ofNullable(here);
        }
        return Optional.of(new Presence.Seen(there.area(), there.sinceSecond()));
    }

    private static Map<Integer, Long> counted(Map<Long, Presence.Seen> own, Map<Long, PresenceRecord> told) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (long holder = 1; holder <= 6; holder++) {
            newest(holder, own, told).ifPresent(seen -> counts.merge(seen.area(), 1L, Long::sum));
        }
        return counts;
    }

    private static Map<Integer, Long> counts(Presence presence) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int area : List.of(0, 1, 2)) {
            long count = presence.counts().at(area);
            if (count > 0) {
                counts.put(area, count);
            }
        }
        return counts;
    }

    private static Map<Long, PresenceRecord> drawn(Random random, int most) {
        Map<Long, PresenceRecord> all = new HashMap<>();
        for (int i = 0; i < most; i++) {
            long holder = most == 6 ? 1 + random.nextInt(6) : 1 + (random.nextLong() >>> 33);
            all.put(
                    holder,
                    new PresenceRecord(
                            holder,
                            random.nextInt(3),
                            most == 6 ? random.nextInt(1_000) : random.nextLong() >>> 32,
                            random.nextLong() >>> 32));
        }
        return all;
    }
}
