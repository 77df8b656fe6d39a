package io.zhitong.backend.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.Circumstances;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListEvent;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRefusal;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.Outcome;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.SettingKey;
import io.zhitong.accessmodel.SettingRecord;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.devices.TestLists;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.events.TestJournal;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Engine;
import io.zhitong.decision.Explanation;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Presented;
import io.zhitong.decision.Request;
import io.zhitong.decision.RuleName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Past decisions by the lists of their second; what is known of the place, and what is not. */
@BothDatabases
final class ReplaysTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final CredentialNumber CARD = CredentialNumber.parse("4403010100000001");
    private static final PointId DOOR = new PointId(1);
    /** 20:00 in Shanghai. */
    private static final Instant EVENING = Instant.parse("2026-05-01T12:00:00Z");

    private final FakeClock clock = new FakeClock("2026-06-01T12:00:00Z");
    private final TestDatabase database;
    private final TestLists lists;
    private final TestEvents events;
    private final InstalledLists installed;
    private final Replays replays;
    private final DeviceRow device;
    private TestJournal journal = new TestJournal(1, 42, 0x77);
    private int stored;

    ReplaysTest(TestDatabase database) {
        this.database = database;
        TestEstate estate = new TestEstate(database);
        estate.demo();
        device = estate.estate().device(DeviceAddress.of(1, 42)).orElseThrow();
        lists = new TestLists(database, clock);
        events = new TestEvents(database);
        installed = new InstalledLists(database.jdbc());
        replays = new Replays(new PastLists(installed, lists.lists()), clock);
    }

    @BeforeEach
    void plainDoor() {
        lists.say(ListKind.SETTINGS, new SettingRecord(SettingKey.ZONE, "Asia/Shanghai"));
        lists.say(
                ListKind.SCHEDULES,
                new Schedule(3, List.of(new Schedule.Window(Schedule.Window.EVERY_DAY, 480, 1080))));
        lists.say(ListKind.HOLIDAYS);
        lists.say(ListKind.POINTS, door());
        lists.say(ListKind.GROUPS, group(0));
        lists.say(ListKind.ACCESS, card(CredentialStatus.ACTIVE));
    }

    // ---- then and now

    @Test
    void a_grant_of_a_card_that_was_lost_later_is_a_grant_then_and_a_denial_now() {
        installed();
        StoredEvent event = granted();
        lists.say(ListKind.ACCESS, card(CredentialStatus.LOST));
        installed();
        Why why = why(event);
        assertThat(why.standing()).isEqualTo(Standing.AGREES);
        assertThat(why.then().orElseThrow().decision()).isInstanceOf(Decision.Grant.class);
        assertThat(reason(why.now())).isEqualTo(DenyReason.LOST);
        assertThat(why.lists())
                .filteredOn(list -> list.kind() == ListKind.ACCESS)
                .extracting(HeldList::version)
                .containsExactly(new ListVersion(1, 1));
    }

    @Test
    void a_denial_in_the_evening_names_the_hour_at_which_it_would_have_been_granted_and_now_is() {
        lists.say(ListKind.GROUPS, group(3));
        installed();
        StoredEvent event = denied(DenyReason.OUTSIDE_SCHEDULE);
        lists.say(ListKind.GROUPS, group(0));
        installed();
        Why why = why(event);
        assertThat(why.standing()).isEqualTo(Standing.AGREES);
        Explanation then = why.then().orElseThrow();
        assertThat(reason(then)).isEqualTo(DenyReason.OUTSIDE_SCHEDULE);
        assertThat(then.changes()).singleElement().satisfies(change -> {
            assertThat(change.chinese()).contains("08:00");
            assertThat(change.english()).contains("08:00");
        });
        assertThat(why.now().decision()).isInstanceOf(Decision.Grant.class);
    }

    @Test
    void lists_installed_after_the_event_or_by_another_device_are_not_those_it_held() {
        installed();
        StoredEvent event = granted();
        lists.say(ListKind.POINTS, door().with(PointModes.of(PointMode.LOCKED)));
        installed();
        TestJournal other = new TestJournal(1, 43, 0x99);
        other.write(EventKind.LIST_INSTALLED, 0, body(ListKind.POINTS, new ListVersion(1, 9), Hash.ZERO));
        events.append(other, other.records());
        events.drain(installed, journal);
        assertThat(installed.at(event).get(ListKind.POINTS).version()).isEqualTo(new ListVersion(1, 1));
        assertThat(why(event).standing()).isEqualTo(Standing.AGREES);
        assertThat(reason(why(event).now())).isEqualTo(DenyReason.LOCKED_DOWN);
    }

    @Test
    void lists_installed_in_an_earlier_journal_of_the_device_are_still_held_in_the_next() {
        installed();
        granted();
        journal = new TestJournal(1, 42, 0x78);
        stored = 0;
        assertThat(why(granted()).standing()).isEqualTo(Standing.AGREES);
    }

    @Test
    void a_list_that_was_refused_was_not_held() {
        installed();
        journal.write(
                EventKind.LIST_REFUSED,
                0,
                new ListEvent(ListKind.POINTS, Optional.of(ListRefusal.values()[1]), new ListVersion(1, 9), Hash.ZERO)
                        .encode());
        assertThat(why(granted()).standing()).isEqualTo(Standing.AGREES);
    }

    @Test
    void a_device_without_any_list_denied_for_just_that() {
        Why why = why(denied(DenyReason.LIST_MISSING, ListVersion.NONE, CARD, List.of()));
        assertThat(why.standing()).isEqualTo(Standing.AGREES);
        assertThat(why.lists()).isEmpty();
    }

    // ---- what cannot be replayed

    @Test
    void a_version_that_is_no_longer_kept_is_said_and_only_now_is_told() {
        installed();
        StoredEvent event = granted();
        database.jdbc()
                .sql("delete from signed_list where kind = ?")
                .param(ListKind.GROUPS.code())
                .update();
        Why why = why(event);
        assertThat(why.standing()).isEqualTo(Standing.NOT_KEPT);
        assertThat(why.then()).isEmpty();
        assertThat(why.lists())
                .filteredOn(list -> list.kept() == HeldList.Kept.GONE)
                .extracting(HeldList::kind)
                .containsExactly(ListKind.GROUPS);
        assertThat(reason(why.now())).isEqualTo(DenyReason.NO_RIGHT_HERE);
    }

    @Test
    void a_version_whose_kept_content_is_not_what_the_device_computed_is_not_replayed() {
        installed();
        journal.write(EventKind.LIST_INSTALLED, 0, body(ListKind.GROUPS, new ListVersion(1, 1), Hash.ZERO));
        Why why = why(granted());
        assertThat(why.standing()).isEqualTo(Standing.NOT_KEPT);
        assertThat(why.lists()).extracting(HeldList::kept).contains(HeldList.Kept.OTHER_ROOT);
    }

    @Test
    void a_device_that_decided_otherwise_than_its_lists_is_found_out() {
        lists.say(ListKind.ACCESS, card(CredentialStatus.LOST));
        installed();
        Why why = why(granted());
        assertThat(why.standing()).isEqualTo(Standing.DIFFERS);
        assertThat(reason(why.then().orElseThrow())).isEqualTo(DenyReason.LOST);
    }

    @Test
    void what_only_the_camera_or_the_lift_knew_is_not_made_up() {
        installed();
        for (DenyReason reason :
                List.of(DenyReason.PLATE_MISMATCH, DenyReason.FLOOR_NOT_ALLOWED, DenyReason.LOT_FULL)) {
            Why why = why(denied(reason));
            assertThat(why.standing()).as(reason.name()).isEqualTo(Standing.UNKNOWN_SITE);
            assertThat(why.then()).isEmpty();
        }
    }

    @Test
    void events_that_are_no_decision_or_cannot_be_read_have_no_why() {
        installed();
        StoredEvent opened = store(EventKind.POINT_OPENED, new byte[0]);
        StoredEvent broken = store(EventKind.ACCESS_DENIED, new byte[] {9, 9});
        assertThat(replays.why(opened)).isEmpty();
        assertThat(replays.why(broken)).isEmpty();
    }

    // ---- the place, restored from the recorded reason

    @Test
    void an_order_a_threat_a_fever_or_a_wrong_pin_is_restored_from_the_reason() {
        lists.say(
                ListKind.POINTS, door().with(PointModes.of(PointMode.CARD_PIN)).with(new PointPlace(0, 0, 0, 2)));
        installed();
        restored(DenyReason.LOCKED_DOWN);
        restored(DenyReason.THREAT_LEVEL);
        restored(DenyReason.TEMPERATURE);
        restored(DenyReason.PIN_WRONG);
        assertThat(why(denied(DenyReason.PIN_MISSING)).standing()).isEqualTo(Standing.AGREES);
    }

    @Test
    void anti_passback_a_full_area_and_old_knowledge_are_restored_from_the_reason() {
        lists.say(ListKind.POINTS, door().with(new PointPlace(0, 7, 0, PointPlace.ANY_THREAT)));
        lists.say(ListKind.AREAS, new AreaRecord(7, AntiPassback.HARD, 0, 20, StalePolicy.DENY, 60, "一号楼"));
        installed();
        restored(DenyReason.ANTI_PASSBACK);
        restored(DenyReason.OCCUPANCY_FULL);
        restored(DenyReason.STATE_STALE);
    }

    @Test
    void the_way_out_of_an_area_is_restored_as_well() {
        lists.say(ListKind.POINTS, door().with(new PointPlace(7, 0, 0, PointPlace.ANY_THREAT)));
        lists.say(ListKind.AREAS, new AreaRecord(7, AntiPassback.HARD, 0, 0, StalePolicy.DECIDE, 60, "一号楼"));
        installed();
        restored(DenyReason.ANTI_PASSBACK);
    }

    @Test
    void an_interlock_and_a_lease_are_restored_from_the_reason() {
        PointRecord other = PointRecord.of(
                        new PointId(2),
                        PointKind.DOOR,
                        Set.of(AccessMethod.SEALED),
                        CarrierLevel.NONE,
                        PointTimes.of(3000, 0),
                        "内门")
                .with(new PointPlace(0, 0, 4, PointPlace.ANY_THREAT));
        lists.say(ListKind.POINTS, door().with(new PointPlace(0, 0, 4, PointPlace.ANY_THREAT)), other);
        installed();
        restored(DenyReason.INTERLOCK);
        lists.say(ListKind.POINTS, door().with(io.zhitong.accessmodel.OfflinePolicy.BY_LIST, 3600));
        installed();
        restored(DenyReason.LEASE_ENDED);
    }

    @Test
    void fire_opens_the_escape_side_to_whoever_was_there_and_recalls_a_lift() {
        lists.say(ListKind.POINTS, door().with(new FireSafety(5, 1, true, LockKind.FAIL_SAFE)));
        lists.say(ListKind.ACCESS, card(CredentialStatus.LOST));
        installed();
        StoredEvent event = store(
                EventKind.ACCESS_GRANTED,
                event(DenyReason.NONE, version(ListKind.ACCESS), Optional.of(CARD), List.of(id(RuleName.FIRE))));
        assertThat(why(event).standing()).isEqualTo(Standing.RESTORED);
        PointRecord lift = PointRecord.of(
                        DOOR,
                        PointKind.LIFT,
                        Set.of(AccessMethod.SEALED),
                        CarrierLevel.NONE,
                        PointTimes.of(3000, 0),
                        "电梯")
                .with(new FireSafety(5, 1, false, LockKind.FAIL_SAFE));
        lists.say(ListKind.POINTS, lift);
        installed();
        restored(DenyReason.FIRE_RECALL);
    }

    @Test
    void a_door_held_open_by_an_order_let_everybody_in() {
        lists.say(ListKind.ACCESS);
        installed();
        StoredEvent event = store(
                EventKind.ACCESS_GRANTED,
                event(
                        DenyReason.NONE,
                        version(ListKind.ACCESS),
                        Optional.of(CARD),
                        List.of(id(RuleName.FIRE), id(RuleName.GENUINE), id(RuleName.POINT_MODE))));
        assertThat(why(event).standing()).isEqualTo(Standing.RESTORED);
    }

    @Test
    void a_pin_that_was_proved_is_read_off_the_rules_passed_and_a_companion_is_said_to_be_missing_on_paper() {
        lists.say(ListKind.POINTS, door().with(PointModes.of(PointMode.CARD_PIN)));
        installed();
        assertThat(why(granted()).standing()).isEqualTo(Standing.RESTORED);
        lists.say(ListKind.POINTS, door().with(PointModes.of(PointMode.TWO_PERSON)));
        installed();
        Why why = why(granted());
        assertThat(why.standing()).isEqualTo(Standing.SITE);
        assertThat(reason(why.then().orElseThrow())).isEqualTo(DenyReason.SECOND_PERSON_MISSING);
    }

    @Test
    void what_did_not_prove_itself_is_replayed_as_such() {
        installed();
        for (DenyReason reason : List.of(DenyReason.NOT_GENUINE, DenyReason.CARD_ERROR, DenyReason.SAM_MISSING)) {
            StoredEvent event = store(
                    EventKind.ACCESS_DENIED, event(reason, version(ListKind.ACCESS), Optional.empty(), List.of()));
            assertThat(why(event).standing()).as(reason.name()).isEqualTo(Standing.AGREES);
        }
    }

    // ---- the place, as the device told it

    @Test
    void what_the_device_told_of_the_place_is_replayed_and_nothing_is_made_up() {
        lists.say(ListKind.POINTS, door().with(new PointPlace(0, 7, 0, PointPlace.ANY_THREAT)));
        lists.say(ListKind.AREAS, new AreaRecord(7, AntiPassback.HARD, 0, 20, StalePolicy.DECIDE, 60, "一号楼"));
        installed();
        Why inside = why(told(DenyReason.ANTI_PASSBACK, 7));
        assertThat(inside.standing()).isEqualTo(Standing.AGREES);
        assertThat(reason(inside.then().orElseThrow())).isEqualTo(DenyReason.ANTI_PASSBACK);
        Why outside = why(told(DenyReason.ANTI_PASSBACK, 0));
        assertThat(outside.standing()).as("it denied who was outside").isEqualTo(Standing.DIFFERS);
        assertThat(outside.then().orElseThrow().decision()).isInstanceOf(Decision.Grant.class);
        Why nowhere = why(told(DenyReason.OCCUPANCY_FULL, Circumstances.Place.NOWHERE));
        assertThat(nowhere.standing()).as("no twenty were inside").isEqualTo(Standing.DIFFERS);
    }

    private StoredEvent told(DenyReason reason, int area) {
        Circumstances site = new Circumstances(
                Optional.empty(),
                0,
                0,
                false,
                false,
                0,
                new Circumstances.Place(area, 1_000, 0, 19),
                0,
                0,
                new Circumstances.Seen(Set.of(), Set.of(), false, 0, -1, -1, Optional.empty(), "", false));
        AccessEvent plain = AccessEvent.decode(
                event(reason, version(ListKind.ACCESS), Optional.of(CARD), List.of(id(RuleName.GENUINE))));
        return store(EventKind.ACCESS_DENIED, plain.at(site).encode());
    }

    // ---- everything

    /** Whatever a device may have recorded, there is an answer. */
    @Test
    void every_reason_has_an_answer_and_words_in_both_languages() {
        installed();
        for (DenyReason reason : DenyReason.values()) {
            if (reason != DenyReason.NONE) {
                Why why = why(denied(reason));
                assertThat(why.standing().chinese()).as(reason.name()).isNotBlank();
                assertThat(why.then().isPresent()).as(reason.name()).isEqualTo(why.standing() != Standing.UNKNOWN_SITE);
            }
        }
        for (Standing standing : Standing.values()) {
            assertThat(standing.chinese()).containsPattern("\\p{IsHan}");
            assertThat(standing.english()).doesNotContainPattern("\\p{IsHan}");
        }
    }

    /** The engine decides on quiet sites, the event is written as a controller writes it, lists go on changing: all agree. */
    @Test
    void whatever_lists_a_device_held_the_replay_agrees_with_the_engine_of_that_second() {
        List<StoredEvent> told = new ArrayList<>();
        for (CredentialStatus status : CredentialStatus.values()) {
            for (int schedule : new int[] {0, 3, 9}) {
                for (PointMode mode : PointMode.values()) {
                    lists.say(ListKind.ACCESS, card(status));
                    lists.say(ListKind.GROUPS, group(schedule));
                    lists.say(ListKind.POINTS, door().with(PointModes.of(mode)));
                    installed();
                    told.add(decided());
                }
            }
        }
        events.drain(installed, journal);
        assertThat(told).hasSize(CredentialStatus.values().length * 3 * PointMode.values().length);
        assertThat(told).allSatisfy(event -> assertThat(why(event).standing()).isEqualTo(Standing.AGREES));
    }

    private StoredEvent decided() {
        List<HeldList> held = new PastLists(installed, lists.lists()).now(device.address());
        Request request = new Request(
                DOOR,
                PointState.FRESH,
                new Presented.Genuine(CARD, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 0),
                EVENING,
                ClockQuality.SYNCHRONISED,
                0);
        Decision decision = Engine.decide(request, ListPolicy.of(held));
        DenyReason reason = decision instanceof Decision.Deny deny ? deny.reason() : DenyReason.NONE;
        return store(
                reason == DenyReason.NONE ? EventKind.ACCESS_GRANTED : EventKind.ACCESS_DENIED,
                event(
                        reason,
                        version(ListKind.ACCESS),
                        Optional.of(CARD),
                        decision.rules().toList()));
    }

    // ---- the device

    private void restored(DenyReason reason) {
        Why why = why(denied(reason));
        assertThat(why.standing()).as(reason.name()).isEqualTo(Standing.RESTORED);
        Explanation then = why.then().orElseThrow();
        assertThat(reason(then)).isEqualTo(reason);
        assertThat(then.changes()).as(reason.name()).isNotEmpty();
    }

    /** Compiles and has the device install what is new. */
    private void installed() {
        for (ListHeader header : lists.lists().compile(device)) {
            journal.write(EventKind.LIST_INSTALLED, 0, body(header.kind(), header.version(), header.root()));
        }
    }

    private static byte[] body(ListKind kind, ListVersion version, Hash root) {
        return new ListEvent(kind, Optional.empty(), version, root).encode();
    }

    private StoredEvent granted() {
        List<Long> all = Arrays.stream(RuleName.values()).map(ReplaysTest::id).toList();
        return store(
                EventKind.ACCESS_GRANTED, event(DenyReason.NONE, version(ListKind.ACCESS), Optional.of(CARD), all));
    }

    private StoredEvent denied(DenyReason reason) {
        return denied(reason, version(ListKind.ACCESS), CARD, List.of());
    }

    private StoredEvent denied(DenyReason reason, ListVersion version, CredentialNumber card, List<Long> rules) {
        return store(EventKind.ACCESS_DENIED, event(reason, version, Optional.of(card), rules));
    }

    private static byte[] event(
            DenyReason reason, ListVersion version, Optional<CredentialNumber> card, List<Long> rules) {
        return new AccessEvent(
                        reason == DenyReason.NONE ? Outcome.GRANTED : Outcome.DENIED,
                        reason,
                        card,
                        AccessMethod.SEALED,
                        CarrierLevel.SEALED_CARD,
                        version,
                        rules,
                        Octets.EMPTY)
                .encode();
    }

    private StoredEvent store(EventKind kind, byte[] body) {
        journal.write(kind, DOOR.value(), body, EVENING, ClockQuality.SYNCHRONISED);
        events.append(
                journal, journal.records().subList(stored, journal.records().size()));
        stored = journal.records().size();
        return events.reader().before(ONE, Long.MAX_VALUE, 1).get(0);
    }

    private Why why(StoredEvent event) {
        events.drain(installed, journal);
        return replays.why(event).orElseThrow();
    }

    private ListVersion version(ListKind kind) {
        return lists.lists()
                .newest(device.address(), kind)
                .orElseThrow()
                .header()
                .version();
    }

    private static DenyReason reason(Explanation explanation) {
        return ((Decision.Deny) explanation.decision()).reason();
    }

    private static long id(RuleName rule) {
        return Integer.toUnsignedLong(rule.code());
    }

    private static PointRecord door() {
        return PointRecord.of(
                DOOR,
                PointKind.DOOR,
                Set.of(AccessMethod.SEALED),
                CarrierLevel.SEALED_CARD,
                PointTimes.of(3000, 30_000),
                "1号楼大门");
    }

    private static GroupRecord group(int schedule) {
        return new GroupRecord(1, List.of(new Right(DOOR, schedule, 11)));
    }

    private static AccessRecord card(CredentialStatus status) {
        return new AccessRecord(
                CARD,
                AccessRecord.ITSELF,
                status,
                Set.of(),
                Validity.ALWAYS,
                AccessRecord.UNLIMITED,
                0,
                List.of(1),
                List.of());
    }
}
