package io.zhitong.controller;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.PresenceRecord;
import io.zhitong.decision.Listed;
import io.zhitong.decision.Tally;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /**
     * Somebody.
     *
     * @param holder whether the number is a holder's; else it is a credential's that stands for itself
     */
    record Person(boolean holder, long number) {

        static Person of(Listed listed) {
            return listed.holder() == AccessRecord.ITSELF
                    ? new Person(false, listed.credential().value())
                    : new Person(true, listed.holder());
        }

        static Person parse(String text) {
            boolean holder = text.charAt(0) == 'h';
            String number = text.substring(1);
            return new Person(holder, holder ? Long.parseLong(number) : Long.parseUnsignedLong(number, 16));
        }

        @Override
        public String toString() {
            return holder ? "h" + number : "c" + Long.toHexString(number);
        }
    }

    private final PointMemory memory;
    private final Map<Person, Seen> own = new HashMap<>();
    private final Map<Integer, Long> counts = new HashMap<>();
    private ToldPresence told = ToldPresence.NOTHING;

    /** What was seen before a restart is known again; who was not seen for more than a year is forgotten. */
    Presence(PointMemory memory, Instant now) {
        this.memory = memory;
        long oldest = now.getEpochSecond() - FORGOTTEN_SECONDS;
        memory.all(NAME, Seen::parse).forEach((name, seen) -> {
            if (seen.since() >= oldest) {
                own.put(Person.parse(name.substring(NAME.length())), seen);
            } else {
                memory.write(name, Optional.empty());
            }
        });
        count();
    }

    /** What the backend says now, instead of what it said before. */
    synchronized void told(Collection<PresenceRecord> records) {
        told = ToldPresence.of(records);
        count();
    }

    synchronized Optional<Seen> of(Person person) {
        return newer(Optional.ofNullable(own.get(person)), told(person));
    }

    private Optional<PresenceRecord> told(Person person) {
        return person.holder() ? told.of(person.number()) : Optional.empty();
    }

    private static Optional<Seen> newer(Optional<Seen> here, Optional<PresenceRecord> elsewhere) {
        return elsewhere
                .filter(record -> here.isEmpty() || here.get().since() < record.sinceSecond())
                .map(record -> new Seen(record.area(), record.sinceSecond()))
                .or(() -> here);
    }

    /**
     * How old the knowledge of where somebody is may be, in seconds.
     *
     * @param silence since the last word of the backend
     */
    synchronized long age(Optional<Person> person, Instant now, long silence) {
        long asOf = person.flatMap(this::told)
                .or(() -> told.of(PresenceRecord.EVERYBODY_ELSE))
                .map(PresenceRecord::asOfSecond)
                .orElse(PresenceRecord.LIVE);
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
    synchronized void passed(Person person, int area, Instant now, ClockQuality quality) {
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
        List<Person> meant =
                holder.map(number -> List.of(new Person(true, number))).orElseGet(() -> List.copyOf(own.keySet()));
        meant.forEach(person -> {
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
        own.forEach((person, seen) -> newer(Optional.of(seen), told(person)).ifPresent(this::one));
        for (int i = 0; i < told.size(); i++) {
            PresenceRecord record = told.at(i);
            boolean seenHere = own.containsKey(new Person(true, record.holder()));
            if (!seenHere && record.holder() != PresenceRecord.EVERYBODY_ELSE) {
                one(new Seen(record.area(), record.sinceSecond()));
            }
        }
    }

    private void one(Seen seen) {
        counts.merge(seen.area(), 1L, Presence::sum);
    }
}
