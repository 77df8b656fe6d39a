package io.zhitong.controller;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.PresenceRecord;
import io.zhitong.decision.Listed;
import io.zhitong.decision.Tally;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * In which areas people are (区域在场): what this device saw itself, kept over restarts, and what the backend tells of other devices;
 * for each person the newer of the two stands. A person is a holder with all credentials, or a credential that stands for itself.
 * Thread-safe.
 */
final class Presence {

    private static final String NAME = "at.";
    private static final long FORGOTTEN_SECONDS = 400L * 86_400;

    /** Somebody came into that area then; 0 = outside. */
    record Seen(int area, long since) {

        private static Seen parse(String text) {
            String[] parts = text.split(" ", 2);
            return new Seen(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        }

        @Override
        public String toString() {
            return area + " " + since;
        }
    }

    private final PointMemory memory;
    private final Map<String, Seen> own = new HashMap<>();
    private final Map<String, PresenceRecord> told = new HashMap<>();
    private final Map<Integer, Long> counts = new HashMap<>();
    private long othersAsOf = PresenceRecord.LIVE;

    /** What was seen before a restart is known again; who was not seen for more than a year is forgotten. */
    Presence(PointMemory memory, Instant now) {
        this.memory = memory;
        long oldest = now.getEpochSecond() - FORGOTTEN_SECONDS;
        memory.all(NAME, Seen::parse).forEach((name, seen) -> {
            if (seen.since() >= oldest) {
                own.put(name.substring(NAME.length()), seen);
            } else {
                memory.write(name, Optional.empty());
            }
        });
        count();
    }

    static String person(Listed listed) {
        return listed.holder() == AccessRecord.ITSELF
                ? "c" + Long.toHexString(listed.credential().value())
                : holder(listed.holder());
    }

    private static String holder(long number) {
        return "h" + number;
    }

    /** What the backend says now, instead of what it said before. */
    synchronized void told(Collection<PresenceRecord> records) {
        told.clear();
        othersAsOf = PresenceRecord.LIVE;
        for (PresenceRecord record : records) {
            if (record.holder() == PresenceRecord.EVERYBODY_ELSE) {
                othersAsOf = record.asOfSecond();
            } else {
                told.put(holder(record.holder()), record);
            }
        }
        count();
    }

    synchronized Optional<Seen> of(String person) {
        Seen here = own.get(person);
        PresenceRecord elsewhere = told.get(person);
        if (elsewhere == null || here != null && here.since() >= elsewhere.sinceSecond()) {
            return Optional.ofNullable(here);
        }
        return Optional.of(new Seen(elsewhere.area(), elsewhere.sinceSecond()));
    }

    /**
     * How old the knowledge of where somebody is may be, in seconds.
     *
     * @param silence since the last word of the backend
     */
    synchronized long age(Optional<String> person, Instant now, long silence) {
        PresenceRecord record = person.map(told::get).orElse(null);
        long asOf = record == null ? othersAsOf : record.asOfSecond();
        return asOf == PresenceRecord.LIVE ? silence : Math.max(silence, now.getEpochSecond() - asOf);
    }

    synchronized Tally counts() {
        return Tally.of(counts);
    }

    /**
     * Somebody came through.
     *
     * @param area entered, 0 = outside
     */
    synchronized void passed(String person, int area, Instant now, ClockQuality quality) {
        Optional<Seen> before = of(person);
        long last = before.map(Seen::since).orElse(0L);
        long since = quality == ClockQuality.UNKNOWN ? last + 1 : Math.max(last, now.getEpochSecond());
        Seen seen = new Seen(area, since);
        before.ifPresent(old -> counts.merge(old.area(), -1L, Presence::sum));
        counts.merge(area, 1L, Presence::sum);
        own.put(person, seen);
        memory.write(NAME + person, Optional.of(seen.toString()));
    }

    /** Nothing is known any more of what this device saw itself (赦免): of one holder, or of everybody. */
    synchronized void forget(Optional<Long> holder) {
        Stream<String> meant = holder.map(Presence::holder).map(Stream::of).orElseGet(() -> own.keySet().stream());
        meant.toList().forEach(person -> {
            own.remove(person);
            memory.write(NAME + person, Optional.empty());
        });
        count();
    }

    private static Long sum(Long before, Long more) {
        return Math.max(0, before + more);
    }

    private void count() {
        counts.clear();
        Stream.concat(own.keySet().stream(), told.keySet().stream())
                .distinct()
                .flatMap(person -> of(person).stream())
                .forEach(seen -> counts.merge(seen.area(), 1L, Presence::sum));
    }
}
