package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AlarmEvent;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.OfflinePolicy;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PresenceRecord;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.WireFunction;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Extras;
import io.zhitong.decision.Presented;
import io.zhitong.points.DoorInput;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a door decides by that is not on a list: areas, neighbours, fire, threat, companions, silence. */
class SurroundingsTest {

    private static final PointId IN = TestLists.GATE;
    private static final PointId OUT = TestLists.GARAGE;
    private static final int COURT = 1;
    private static final CredentialNumber WANG = TestLists.RESIDENT;
    private static final CredentialNumber WANG_PHONE = CredentialNumber.parse("4403010100000011");
    private static final CredentialNumber LI = CredentialNumber.parse("4403010100000012");
    private static final CredentialNumber GUARD = CredentialNumber.parse("4403010100000013");

    private final TestLists lists = new TestLists();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();
    private final Memories disk = new Memories();
    private TestSite site = site();

    private TestSite site() {
        return new TestSite(lists::policy, happened, clock, disk);
    }

    private void court(AntiPassback rule, int capacity, StalePolicy partition) {
        lists.areas(new AreaRecord(COURT, rule, 10, capacity, partition, 60, "院内"));
        lists.points(at(IN, new PointPlace(0, COURT, 0, 255)), at(OUT, new PointPlace(COURT, 0, 0, 255)));
        lists.access(
                TestLists.person(WANG, 7),
                TestLists.person(WANG_PHONE, 7),
                TestLists.person(LI, 8),
                TestLists.person(GUARD, 9, Trait.GUARD, Trait.EXEMPT));
    }

    private static PointRecord at(PointId id, PointPlace place) {
        return TestLists.door(id).with(place);
    }

    @Test
    void hard_anti_passback_counts_the_holder_and_not_the_card() {
        court(AntiPassback.HARD, 0, StalePolicy.DECIDE);
        DoorPoint in = site.door(IN);
        DoorPoint out = site.door(OUT);
        assertEquals("granted", show(in, WANG));
        assertEquals("ANTI_PASSBACK", show(in, WANG_PHONE));
        assertEquals("granted", show(in, LI));
        assertEquals("granted", show(out, WANG_PHONE));
        assertEquals("ANTI_PASSBACK", show(out, WANG));
        assertEquals("granted", show(in, WANG));
        assertEquals("granted", show(in, GUARD));
        assertEquals("granted", show(in, GUARD), "exempt");
    }

    @Test
    void who_is_inside_is_inside_after_a_power_cut() {
        court(AntiPassback.HARD, 0, StalePolicy.DECIDE);
        show(site.door(IN), WANG);
        site = site();
        assertEquals("ANTI_PASSBACK", show(site.door(IN), WANG));
        assertEquals("granted", show(site.door(OUT), WANG));
        site = site();
        assertEquals("granted", show(site.door(IN), WANG));
    }

    @Test
    void passage_is_on_disk_before_the_relay_moves_where_no_contact_tells_of_it() {
        court(AntiPassback.HARD, 0, StalePolicy.DECIDE);
        show(site.door(IN), WANG);
        assertEquals("1 " + TestClock.START.getEpochSecond(), disk.written().get("at.h7"));
    }

    @Test
    void where_a_contact_tells_nobody_is_inside_before_the_leaf_has_opened() {
        court(AntiPassback.HARD, 0, StalePolicy.DECIDE);
        lists.wires(TestLists.in(1, IN, WireFunction.CONTACT));
        DoorPoint in = site.door(IN);
        show(in, WANG);
        clock.advance(6_000);
        in.timePassed();
        assertEquals("granted", show(in, WANG), "the first time nobody came through");
        in.sensed(new DoorInput.Contact(true));
        assertEquals(1, site.presence().counts().at(COURT));
        assertEquals("ANTI_PASSBACK", show(in, WANG));
        assertEquals("granted", show(in, LI));
        assertEquals(2, site.presence().counts().at(COURT), "through a leaf that stands open one comes at once");
    }

    @Test
    void leaf_that_is_forced_later_brings_nobody_in() {
        court(AntiPassback.HARD, 0, StalePolicy.DECIDE);
        lists.wires(TestLists.in(1, IN, WireFunction.CONTACT));
        DoorPoint in = site.door(IN);
        show(in, WANG);
        clock.advance(6_000);
        in.timePassed();
        in.sensed(new DoorInput.Contact(true));
        assertEquals("FORCED_OPEN @1", last());
        assertEquals(0, site.presence().counts().at(COURT));
    }

    @Test
    void soft_anti_passback_grants_with_an_event_and_timed_forgets_after_its_minutes() {
        court(AntiPassback.SOFT, 0, StalePolicy.DECIDE);
        DoorPoint in = site.door(IN);
        show(in, WANG);
        assertEquals("granted", show(in, WANG));
        assertEquals("AGAINST_PASSBACK @1", last());
        court(AntiPassback.TIMED, 0, StalePolicy.DECIDE);
        assertEquals("ANTI_PASSBACK", show(in, WANG));
        clock.advance(600_000);
        assertEquals("granted", show(in, WANG));
    }

    @Test
    void area_is_full_whoever_saw_its_people_come() {
        court(AntiPassback.NONE, 2, StalePolicy.DECIDE);
        DoorPoint in = site.door(IN);
        site.presence().told(List.of(new PresenceRecord(20, COURT, 1_000, PresenceRecord.LIVE)));
        assertEquals("granted", show(in, WANG));
        assertEquals("OCCUPANCY_FULL", show(in, LI));
        site.presence().told(List.of());
        assertEquals("granted", show(in, LI));
    }

    @Test
    void stale_knowledge_decides_denies_or_grants_and_records_as_the_area_says() {
        court(AntiPassback.HARD, 0, StalePolicy.DENY);
        DoorPoint in = site.door(IN);
        site.silent(60);
        assertEquals("granted", show(in, WANG), "not yet stale");
        site.silent(61);
        assertEquals("STATE_STALE", show(in, LI));
        court(AntiPassback.HARD, 0, StalePolicy.GRANT);
        assertEquals("granted", show(in, WANG));
        assertEquals("AGAINST_PASSBACK @1", last());
        court(AntiPassback.HARD, 0, StalePolicy.DECIDE);
        assertEquals("ANTI_PASSBACK", show(in, WANG));
        assertEquals("granted", show(in, LI));
    }

    @Test
    void told_of_elsewhere_counts_like_seen_here() {
        court(AntiPassback.HARD, 0, StalePolicy.DECIDE);
        DoorPoint in = site.door(IN);
        site.presence().told(List.of(new PresenceRecord(7, COURT, 1_000, PresenceRecord.LIVE)));
        assertEquals("ANTI_PASSBACK", show(in, WANG_PHONE));
        assertTrue(in.explain(card(WANG)).decision() instanceof Decision.Deny, "and is explained so");
        site.presence().told(List.of(new PresenceRecord(7, 0, 1_001, PresenceRecord.LIVE)));
        assertEquals("granted", show(in, WANG));
    }

    @Test
    void released_door_keeps_the_other_door_of_its_interlock_shut() {
        lists.points(at(IN, new PointPlace(0, 0, 3, 255)), at(OUT, new PointPlace(0, 0, 3, 255)));
        DoorPoint in = site.door(IN);
        DoorPoint out = site.door(OUT);
        assertEquals("granted", show(in, WANG));
        assertEquals("INTERLOCK", show(out, WANG));
        clock.advance(5_000);
        in.timePassed();
        assertEquals("granted", show(out, WANG));
    }

    @Test
    void second_of_two_persons_opens_for_both_and_a_third_needs_another() {
        court(AntiPassback.HARD, 0, StalePolicy.DECIDE);
        DoorPoint in = site.door(IN);
        in.order(Optional.of(Ordered.of(PointMode.TWO_PERSON)));
        assertEquals("SECOND_PERSON_MISSING", show(in, WANG));
        assertEquals("SECOND_PERSON_MISSING", show(in, WANG_PHONE), "the same person");
        assertEquals("granted", show(in, LI));
        assertEquals(2, site.presence().counts().at(COURT));
        assertEquals("SECOND_PERSON_MISSING", show(in, GUARD));
        clock.advance(15_000);
        assertEquals("SECOND_PERSON_MISSING", show(in, LI), "who came fifteen seconds ago is gone");
    }

    @Test
    void escort_goes_first_and_is_remembered_for_fifteen_seconds() {
        lists.access(
                TestLists.person(WANG, 7, Trait.ESCORTED),
                TestLists.person(LI, 8, Trait.ESCORTS),
                TestLists.person(GUARD, 9));
        lists.points(PointMode.ESCORT);
        DoorPoint in = site.door(IN);
        assertEquals("ESCORT_MISSING", show(in, WANG));
        assertEquals("granted", show(in, GUARD));
        assertEquals("ESCORT_MISSING", show(in, WANG), "not everybody may escort");
        assertEquals("granted", show(in, LI));
        clock.advance(14_999);
        assertEquals("granted", show(in, WANG));
        assertEquals("ESCORT_MISSING", show(in, WANG), "now the escorted one is who came last");
    }

    @Test
    void threat_level_of_an_area_stops_ordinary_credentials_until_its_end() {
        court(AntiPassback.NONE, 0, StalePolicy.DECIDE);
        lists.points(at(IN, new PointPlace(0, COURT, 0, 1)), at(OUT, new PointPlace(0, 2, 0, 1)));
        SiteOrders orders = new SiteOrders(new PointMemory(disk), clock);
        orders.threat(COURT, 2, TestClock.START.getEpochSecond() + 60);
        site = site();
        DoorPoint in = site.door(IN);
        assertEquals("THREAT_LEVEL", show(in, WANG), "ordered before a restart");
        assertEquals("granted", show(in, GUARD));
        assertEquals("granted", show(site.door(OUT), WANG), "another area");
        clock.advance(60_000);
        assertEquals("granted", show(in, WANG));
    }

    @Test
    void ordered_fire_frees_the_escape_side_over_a_restart_until_it_is_reset() {
        lists.points(
                TestLists.door(IN).with(new FireSafety(5, 0, true, LockKind.FAIL_SAFE)),
                TestLists.door(OUT).with(new FireSafety(5, 0, false, LockKind.FAIL_SAFE)));
        site.door(IN);
        site.door(OUT);
        site.doors().fireOrdered(5, true);
        assertEquals(List.of("hold @1", "FIRE @1"), happened.log());
        site = site();
        DoorPoint in = site.door(IN);
        DoorPoint out = site.door(OUT);
        site.doors().listsChanged();
        assertEquals("granted", show(in, CredentialNumber.parse("4403010199999999")));
        assertEquals("UNKNOWN_CREDENTIAL", show(out, CredentialNumber.parse("4403010199999999")));
        site.doors().fireOrdered(5, false);
        assertEquals("FIRE_ENDED @1", last());
        assertEquals("UNKNOWN_CREDENTIAL", show(in, CredentialNumber.parse("4403010199999999")));
    }

    @Test
    void silence_ends_the_lease_and_the_point_does_what_it_is_to_do_offline() {
        lists.points(TestLists.door(IN).with(OfflinePolicy.BY_LIST, 3_600));
        DoorPoint in = site.door(IN);
        site.silent(3_599);
        assertEquals("granted", show(in, WANG));
        site.silent(3_600);
        assertEquals("LEASE_ENDED", show(in, WANG));
        lists.points(TestLists.door(IN).with(OfflinePolicy.FREE, 3_600));
        assertEquals("granted", show(in, WANG));
        assertEquals("PASSED_OFFLINE @1", last());
        lists.points(TestLists.door(IN).with(OfflinePolicy.ASK_GUARD, 3_600));
        assertEquals("ASK_GUARD", show(in, WANG));
        site.silent(0);
        assertEquals("granted", show(in, WANG));
    }

    @Test
    void guard_lets_in_who_was_denied_last_and_that_person_is_inside_then() {
        court(AntiPassback.HARD, 0, StalePolicy.DECIDE);
        DoorPoint in = site.door(IN);
        in.order(Optional.of(Ordered.of(PointMode.LOCKED)));
        assertEquals("LOCKED_DOWN", show(in, LI));
        assertTrue(in.admit());
        assertEquals("pulse 5000 @1", last());
        assertEquals(AccessMethod.REMOTE, happened.lastAccess().method());
        assertEquals(Optional.of(LI), happened.lastAccess().credential());
        assertEquals(1, site.presence().counts().at(COURT));
        assertTrue(in.admit());
        assertEquals(Optional.empty(), happened.lastAccess().credential(), "one denial is admitted once");
    }

    @Test
    void duress_opens_as_always_and_its_alarm_comes_after_the_relay() {
        DoorPoint in = site.door(IN);
        Extras distress = Extras.NONE.pin(true, true);
        in.shown(card(WANG).with(distress));
        assertEquals(List.of("ACCESS_GRANTED @1", "pulse 5000 @1", "DURESS @1"), happened.log());
        assertEquals(new AlarmEvent(DenyReason.NONE, Optional.of(WANG)), happened.lastAlarm());
        in.order(Optional.of(Ordered.of(PointMode.LOCKED)));
        in.shown(card(WANG).with(distress));
        assertEquals("DURESS @1", last());
        assertEquals(new AlarmEvent(DenyReason.LOCKED_DOWN, Optional.of(WANG)), happened.lastAlarm());
    }

    @Test
    void mode_goes_by_the_clock_of_the_lists_and_without_a_clock_nothing_opens_by_itself() {
        lists.schedule(7, 19 * 60, 22 * 60); // 20:00 in Shanghai now
        lists.points(TestLists.door(IN).with(new PointModes(PointMode.NORMAL, PointMode.LOCKED, 7, PointModes.NEVER)));
        DoorPoint in = site.door(IN);
        assertEquals("LOCKED_DOWN", show(in, WANG));
        clock.lost();
        assertEquals("CLOCK_UNKNOWN", show(in, WANG));
        lists.points(TestLists.door(OUT).with(new PointModes(PointMode.NORMAL, PointMode.NORMAL, 0, 7)));
        lists.remove(ListKind.ACCESS);
        happened.forget();
        DoorPoint out = site.door(OUT);
        out.timePassed();
        assertEquals(List.of(), happened.log(), "not held unlocked by a schedule nobody can tell the time for");
    }

    private String last() {
        return happened.log().get(happened.log().size() - 1);
    }

    private static String show(DoorPoint door, CredentialNumber number) {
        Decision decision = door.shown(card(number));
        return decision instanceof Decision.Deny deny ? deny.reason().name() : "granted";
    }

    private static Shown card(CredentialNumber number) {
        return Shown.of(new Presented.Genuine(number, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1));
    }
}
