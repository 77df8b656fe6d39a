package io.zhitong.backend.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.AntiPassback;
import io.zhitong.accessmodel.AreaRecord;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PresenceRecord;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.StalePolicy;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.devices.TestLinks;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Engine;
import io.zhitong.decision.Extras;
import io.zhitong.decision.PointState;
import io.zhitong.decision.Policy;
import io.zhitong.decision.PolicyLists;
import io.zhitong.decision.Presented;
import io.zhitong.decision.Request;
import io.zhitong.decision.SiteState;
import io.zhitong.decision.Tally;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two controllers at one area, each with its own memory and what the backend's list tells: who is let in where. */
@BothDatabases
final class AcrossControllersTest {
    private static final int AREA = 7;
    private static final int IN = 1;
    private static final int OUT = 2;
    private static final int STALE_SECONDS = 60;

    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final TestPresence site;
    private final TestLinks links;
    private final PresenceLists told;
    private final Map<Long, Gate> gates = new HashMap<>();
    private long nanos = 1;

    AcrossControllersTest(TestDatabase database) {
        site = new TestPresence(database, clock);
        links = new TestLinks(database, clock);
        told = site.told(links);
        DeviceAddress back = DeviceAddress.of(1, 44);
        site.estate.estate().addDevice(new DeviceRow(TestPresence.ONE, back.device(), DeviceKind.CONTROLLER, "后门"));
    }

    @Test
    void who_went_in_at_one_controller_is_not_let_in_again_at_the_other_and_goes_out_at_either() {
        build(StalePolicy.DENY);
        assertThat(present(42, IN, 1)).isEmpty();
        tell();
        assertThat(present(44, IN, 1)).hasValue(DenyReason.ANTI_PASSBACK);
        assertThat(present(42, IN, 1)).hasValue(DenyReason.ANTI_PASSBACK);
        clock.advance(Duration.ofSeconds(5));
        assertThat(present(44, OUT, 1)).isEmpty();
        tell();
        clock.advance(Duration.ofSeconds(5));
        assertThat(present(42, IN, 1)).isEmpty();
    }

    @Test
    void before_the_other_has_heard_it_decides_by_what_it_knows() {
        build(StalePolicy.DENY);
        assertThat(present(42, IN, 1)).isEmpty();
        assertThat(present(44, IN, 1)).as("within the second").isEmpty();
    }

    @Test
    void while_one_is_cut_off_the_others_do_as_the_area_says_once_what_they_know_is_too_old() {
        for (StalePolicy policy : StalePolicy.values()) {
            build(policy);
            assertThat(present(42, IN, 1)).isEmpty();
            tell();
            links.cut(44);
            clock.advance(Duration.ofSeconds(STALE_SECONDS - 5));
            tell();
            assertThat(present(42, IN, 1)).as(policy + ", young").hasValue(DenyReason.ANTI_PASSBACK);
            clock.advance(Duration.ofSeconds(10));
            tell();
            Optional<DenyReason> old = present(42, IN, 1);
            switch (policy) {
                case DECIDE -> assertThat(old).hasValue(DenyReason.ANTI_PASSBACK);
                case DENY -> assertThat(old).hasValue(DenyReason.STATE_STALE);
                default -> assertThat(old).as("let in and recorded").isEmpty();
            }
            links.connect(44);
            links.heard(44, 0);
            clock.advance(Duration.ofSeconds(5));
            tell();
            assertThat(present(42, OUT, 1)).as(policy + ", live again").isEmpty();
            clock.advance(Duration.ofSeconds(5));
            tell();
        }
    }

    @Test
    void a_person_found_outside_by_the_warden_is_let_in_everywhere() {
        build(StalePolicy.DENY);
        assertThat(present(42, IN, 1)).isEmpty();
        tell();
        clock.advance(Duration.ofSeconds(5));
        site.call.correct(TestPresence.ONE, 1, 0, new io.zhitong.backend.audit.Actor("property"), "已离开");
        tell();
        assertThat(present(44, IN, 1)).isEmpty();
    }

    /** Random people and doors; as long as both hear of everything nobody is let in who is in, and nobody is shut in. */
    @Test
    void nobody_is_let_in_twice_and_nobody_is_shut_in_while_both_hear() {
        build(StalePolicy.DENY);
        Random random = new Random(11);
        Map<Integer, Boolean> inside = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            clock.advance(Duration.ofSeconds(1 + random.nextInt(30)));
            int person = 1 + random.nextInt(5);
            int point = 1 + random.nextInt(2);
            Optional<DenyReason> denied = present(random.nextBoolean() ? 42 : 44, point, person);
            boolean in = inside.getOrDefault(person, false);
            boolean known = inside.containsKey(person);
            boolean right = !known || in == (point == OUT);
            assertThat(denied.isEmpty())
                    .as(i + ": person " + person + " at " + point)
                    .isEqualTo(right);
            if (denied.isEmpty()) {
                inside.put(person, point == IN);
            }
            tell();
        }
        assertThat(site.call.areas(TestPresence.ONE).get(0).inside())
                .hasSize((int) inside.values().stream().filter(in -> in).count());
    }

    // ---- two gates

    /** What a controller remembers itself. */
    private static final class Gate {
        private final Map<Long, long[]> seen = new HashMap<>();
    }

    private void build(StalePolicy stale) {
        site.lists.say(ListKind.AREAS, new AreaRecord(AREA, AntiPassback.HARD, 0, 0, stale, STALE_SECONDS, "一号楼"));
        if (gates.isEmpty()) {
            for (int person = 1; person <= 5; person++) {
                site.holder(TestPresence.card(person), person);
            }
            for (long device : new long[] {42, 44}) {
                links.connect(device);
                links.heard(device, 0);
                gates.put(device, new Gate());
            }
            site.points(0, AREA, AREA, 0);
        }
        for (long device : new long[] {42, 44}) {
            site.lists
                    .lists()
                    .compile(site.estate
                            .estate()
                            .device(DeviceAddress.of(1, device))
                            .orElseThrow());
        }
        if (site.journal(44).records().isEmpty()) {
            site.installed(44);
        }
    }

    private void tell() {
        site.send(42);
        site.send(44);
        site.read();
        nanos += 60_000_000_000L;
        told.tell(TestPresence.ONE, nanos);
    }

    /** As a controller does: the newer of its own memory and the list, and how old that is. */
    private Optional<DenyReason> present(long device, int point, int person) {
        Gate gate = gates.get(device);
        long now = clock.instant().getEpochSecond();
        Optional<PresenceRecord> record = record(device, person);
        long[] at = gate.seen.getOrDefault((long) person, new long[] {SiteState.NOWHERE, -1});
        if (record.isPresent() && record.get().sinceSecond() > at[1]) {
            at = new long[] {record.get().area(), record.get().sinceSecond()};
        }
        long asOf = record.map(PresenceRecord::asOfSecond).orElse(PresenceRecord.LIVE);
        SiteState state = new SiteState(
                false,
                0,
                Tally.NONE,
                Tally.NONE,
                (int) at[0],
                Math.max(0, at[1]),
                asOf == PresenceRecord.LIVE ? 0 : Math.max(0, now - asOf),
                Tally.NONE,
                0);
        Request request = new Request(
                new PointId(point),
                PointState.FRESH,
                new Presented.Genuine(TestPresence.card(person), AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 0),
                clock.instant(),
                ClockQuality.SYNCHRONISED,
                0,
                Extras.NONE,
                state);
        Decision decision = Engine.decide(request, policy(device));
        if (decision instanceof Decision.Deny deny) {
            return Optional.of(deny.reason());
        }
        gate.seen.put((long) person, new long[] {point == IN ? AREA : 0, now});
        site.granted(device, point, TestPresence.card(person), clock.instant());
        return Optional.empty();
    }

    private Optional<PresenceRecord> record(long device, long person) {
        return site.lists.lists().newest(DeviceAddress.of(1, device), ListKind.PRESENCE).stream()
                .flatMap(list -> list.records(PresenceRecord.class).stream())
                .filter(each -> each.holder() == person)
                .findFirst();
    }

    private Policy policy(long device) {
        List<ListRecord> records = new ArrayList<>();
        for (ListKind kind : new ListKind[] {ListKind.POINTS, ListKind.AREAS}) {
            site.lists
                    .lists()
                    .newest(DeviceAddress.of(1, device), kind)
                    .ifPresent(list -> records.addAll(list.records()));
        }
        records.add(new GroupRecord(
                1,
                List.of(
                        new Right(new PointId(IN), Schedule.ALWAYS_ID, 1),
                        new Right(new PointId(OUT), Schedule.ALWAYS_ID, 1))));
        for (int person = 1; person <= 5; person++) {
            records.add(person(TestPresence.card(person), person));
        }
        assertThat(records).anyMatch(PointRecord.class::isInstance);
        return new Policy(new PolicyLists(new ListVersion(1, 1), Long.MAX_VALUE, ZoneOffset.UTC, records));
    }

    private static AccessRecord person(CredentialNumber card, long holder) {
        return new AccessRecord(
                card,
                holder,
                CredentialStatus.ACTIVE,
                Set.of(),
                Validity.ALWAYS,
                AccessRecord.UNLIMITED,
                0,
                List.of(1),
                List.of());
    }
}
