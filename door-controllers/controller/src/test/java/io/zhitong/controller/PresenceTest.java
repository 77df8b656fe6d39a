package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.PresenceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final long SECOND = NOON.getEpochSecond();

    private final Memories disk = new Memories();
    private Presence presence = started(NOON);

    @Test
    void newer_of_what_was_seen_here_and_what_is_told_stands() {
        passed("h7", 1, NOON);
        told(new PresenceRecord(7, 2, SECOND - 1, PresenceRecord.LIVE));
        assertEquals(1, area("h7"), "told something older");
        told(new PresenceRecord(7, 2, SECOND, PresenceRecord.LIVE));
        assertEquals(1, area("h7"), "at the same second the own eyes count");
        told(new PresenceRecord(7, 2, SECOND + 1, PresenceRecord.LIVE));
        assertEquals(2, area("h7"));
        passed("h7", 3, NOON.plusSeconds(5));
        assertEquals(3, area("h7"));
        assertEquals(Optional.empty(), presence.of(who("h8")));
    }

    @Test
    void next_list_replaces_what_was_told_before() {
        told(new PresenceRecord(7, 2, SECOND, PresenceRecord.LIVE));
        told(new PresenceRecord(8, 2, SECOND, PresenceRecord.LIVE));
        assertEquals(Optional.empty(), presence.of(who("h7")));
        assertEquals(1, presence.counts().at(2));
    }

    @Test
    void everybody_is_counted_once_wherever_last_known() {
        told(
                new PresenceRecord(7, 1, SECOND, PresenceRecord.LIVE),
                new PresenceRecord(8, 1, SECOND, PresenceRecord.LIVE),
                new PresenceRecord(9, 0, SECOND, PresenceRecord.LIVE));
        passed("h8", 2, NOON.plusSeconds(1));
        passed("cab", 1, NOON);
        passed("cab", 1, NOON.plusSeconds(9));
        assertEquals(2, presence.counts().at(1));
        assertEquals(1, presence.counts().at(2));
        passed("cab", 0, NOON.plusSeconds(10));
        assertEquals(1, presence.counts().at(1));
        told();
        assertEquals(0, presence.counts().at(1), "nobody is told of and nobody was seen there");
        assertEquals(1, presence.counts().at(2));
    }

    @Test
    void restart_remembers_what_was_seen_and_forgets_it_after_a_year_and_a_month() {
        passed("h7", 1, NOON);
        passed("cab", 2, NOON.plusSeconds(86_400));
        presence = started(NOON.plusSeconds(400L * 86_400));
        assertEquals(1, area("h7"));
        assertEquals(1, presence.counts().at(2));
        presence = started(NOON.plusSeconds(400L * 86_400 + 1));
        assertEquals(Optional.empty(), presence.of(who("h7")));
        assertEquals(2, area("cab"));
        assertEquals(Map.of("at.cab", "2 " + (SECOND + 86_400)), disk.written());
    }

    @Test
    void passage_without_a_known_time_is_just_newer_than_what_was_known() {
        told(new PresenceRecord(7, 1, SECOND, PresenceRecord.LIVE));
        presence.passed(who("h7"), 2, Instant.EPOCH, ClockQuality.UNKNOWN);
        assertEquals(Optional.of(new Presence.Seen(2, SECOND + 1)), presence.of(who("h7")));
        presence.passed(who("h7"), 1, NOON.minusSeconds(50), ClockQuality.HELD);
        assertEquals(1, area("h7"), "a clock corrected backwards keeps the order of what was seen");
    }

    @Test
    void knowledge_is_as_old_as_the_silence_or_as_the_backend_says_of_the_person() {
        assertEquals(0, presence.age(Optional.of(who("h7")), NOON, 0), "no list: what is seen here is all there is");
        assertEquals(40, presence.age(Optional.empty(), NOON, 40));
        told(
                new PresenceRecord(PresenceRecord.EVERYBODY_ELSE, 0, 0, SECOND - 100),
                new PresenceRecord(7, 1, SECOND - 500, PresenceRecord.LIVE),
                new PresenceRecord(8, 1, SECOND - 500, SECOND - 30));
        assertEquals(0, presence.age(Optional.of(who("h7")), NOON, 0));
        assertEquals(30, presence.age(Optional.of(who("h8")), NOON, 0));
        assertEquals(60, presence.age(Optional.of(who("h8")), NOON, 60));
        assertEquals(100, presence.age(Optional.of(who("h9")), NOON, 0));
        told();
        assertEquals(0, presence.age(Optional.of(who("h9")), NOON, 0));
    }

    @Test
    void amnesty_forgets_one_or_all_of_what_was_seen_here() {
        passed("h7", 1, NOON);
        passed("h8", 1, NOON);
        passed("cab", 1, NOON);
        presence.forget(Optional.of(7L));
        assertEquals(Optional.empty(), presence.of(who("h7")));
        assertEquals(2, presence.counts().at(1));
        presence.forget(Optional.empty());
        assertEquals(0, presence.counts().at(1));
        assertEquals(Map.of(), disk.written());
    }

    @Test
    void people_of_the_largest_numbers_keep_their_names_and_places() {
        for (String name : List.of("h1", "h4294967295", "c1", "cffffffffffffffff", "c4403010100000001")) {
            assertEquals(name, who(name).toString());
        }
        told(
                new PresenceRecord(0xFFFF_FFFFL, 0xFFFF, 0xFFFF_FFFEL, 0xFFFF_FFFEL),
                new PresenceRecord(0x8000_0000L, 1, 0x8000_0000L, PresenceRecord.LIVE),
                new PresenceRecord(1, 2, 1, PresenceRecord.LIVE));
        assertEquals(
                new Presence.Seen(0xFFFF, 0xFFFF_FFFEL),
                presence.of(who("h4294967295")).orElseThrow());
        assertEquals(
                new Presence.Seen(1, 0x8000_0000L),
                presence.of(who("h2147483648")).orElseThrow());
        assertEquals(Optional.empty(), presence.of(who("c1")), "a credential of that number is somebody else");
        assertEquals(1, presence.counts().at(0xFFFF));
    }

    @Test
    void disk_that_refuses_costs_the_memory_and_not_the_knowledge() {
        disk.refuse();
        passed("h7", 1, NOON);
        assertEquals(1, area("h7"));
        assertEquals(Optional.empty(), started(NOON).of(who("h7")));
    }

    private void passed(String person, int area, Instant when) {
        presence.passed(who(person), area, when, ClockQuality.SYNCHRONISED);
    }

    private void told(PresenceRecord... records) {
        presence.told(List.of(records));
    }

    private int area(String person) {
        return presence.of(who(person)).orElseThrow().area();
    }

    private static Presence.Person who(String name) {
        return Presence.Person.parse(name);
    }

    private Presence started(Instant now) {
        return new Presence(new PointMemory(disk), now);
    }
}
