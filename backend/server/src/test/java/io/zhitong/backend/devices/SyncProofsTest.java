package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.link.CloseReason;
import io.zhitong.link.DeviceStatus;
import io.zhitong.link.LinkSession;
import io.zhitong.link.ListState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What devices say to hold against what was signed for them, with wrong roots planted. */
@BothDatabases
final class SyncProofsTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final long POLICY = 1287;

    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final TestDatabase database;
    private final TestEstate estate;
    private final DeviceLists lists;
    private final TestGateway here;
    private final TestGateway there;
    private final HeardAges agesHere;
    private final HeardAges agesThere;
    private final SyncProofs proofs;
    private final LinkSession door = TestDevices.session(1, 42);
    private final LinkSession till = TestDevices.session(2, 43);

    SyncProofsTest(TestDatabase database) {
        this.database = database;
        estate = new TestEstate(database);
        estate.demo();
        TestDevices devices = new TestDevices();
        here = new TestGateway(database, devices, clock);
        there = new TestGateway(database, devices, clock);
        agesHere = new HeardAges(database.jdbc(), here.backend.self(), here.held);
        agesThere = new HeardAges(database.jdbc(), there.backend.self(), there.held);
        lists = new DeviceLists(
                List.of(new SettingList(estate.estate()), new PointList(estate.estate())),
                new ListRows(database.jdbc(), database.batches()),
                devices.vault(),
                clock,
                new ListChanges(database.jdbc(), new TimeOrderedIds(clock), here.backend.notices()));
        proofs = new SyncProofs(estate.estate(), there.states, lists, agesHere, any -> POLICY);
    }

    @Test
    void every_device_that_computed_the_signed_roots_counts_and_none_that_did_not_speak() {
        compile();
        assertThat(proofs.of(ONE).inStep()).isZero();
        says(here, door, held(TestDevices.DOOR));
        says(there, till, held(DeviceAddress.of(1, 43)));
        SyncProof proof = proofs.of(ONE);
        assertThat(proof.inStep()).isEqualTo(2);
        assertThat(proof.devices())
                .hasSize(2)
                .allMatch(device -> device.differing().isEmpty());
        assertThat(proof.version()).isEqualTo(1287);
        assertThat(proof.all()).isTrue();
    }

    @Test
    void a_planted_wrong_root_of_the_right_version_is_an_alarm_and_no_proof() {
        compile();
        List<ListState> states = held(TestDevices.DOOR);
        ListState points = states.get(0);
        states.set(0, new ListState(points.kind(), points.version(), Hash.ZERO));
        says(here, door, states);
        SyncProof.OfDevice device = device(42);
        assertThat(device.proved()).isFalse();
        assertThat(device.differing())
                .extracting(SyncProof.OfList::kind, SyncProof.OfList::state)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(points.kind(), SyncState.WRONG_ROOT));
        assertThat(SyncState.WRONG_ROOT.alarming()).isTrue();
    }

    @Test
    void an_older_version_is_behind_a_newer_one_ahead_a_missing_one_missing_and_a_strange_one_ahead() {
        compile();
        List<ListState> before = held(TestDevices.DOOR);
        estate.estate()
                .addPoint(new PointRow(
                        ONE, TestDevices.DOOR.device(), new PointId(3), PointKind.DOOR, AccessMethod.SEALED, "侧门"));
        compile();
        says(here, door, before);
        assertThat(state(ListKind.POINTS)).isEqualTo(SyncState.BEHIND);
        assertThat(state(ListKind.SETTINGS)).isEqualTo(SyncState.IN_STEP);
        says(here, door, List.of(new ListState(ListKind.POINTS, new ListVersion(1, 9), Hash.ZERO)));
        assertThat(state(ListKind.POINTS)).isEqualTo(SyncState.AHEAD);
        assertThat(state(ListKind.SETTINGS)).isEqualTo(SyncState.MISSING);
        List<ListState> more = held(TestDevices.DOOR);
        more.add(new ListState(ListKind.BLACKLIST, new ListVersion(1, 1), Hash.ZERO));
        says(here, door, more);
        assertThat(state(ListKind.BLACKLIST)).isEqualTo(SyncState.AHEAD);
        assertThat(device(42).proved()).isFalse();
    }

    @Test
    void an_equal_root_under_another_version_is_the_same_content() {
        compile();
        List<ListState> states = new ArrayList<>(held(TestDevices.DOOR).stream()
                .map(list -> new ListState(list.kind(), new ListVersion(7, 7), list.root()))
                .toList());
        says(here, door, states);
        assertThat(device(42).proved()).isTrue();
    }

    @Test
    void a_device_that_is_cut_or_whose_gateway_is_gone_proves_nothing_and_keeps_its_last_word() {
        compile();
        says(here, door, held(TestDevices.DOOR));
        says(there, till, held(DeviceAddress.of(1, 43)));
        here.held.closed(door, CloseReason.SILENT);
        here.held.write();
        there.backend.silent();
        SyncProof proof = proofs.of(ONE);
        assertThat(proof.inStep()).isZero();
        assertThat(proof.devices()).allSatisfy(device -> {
            assertThat(device.connected()).isFalse();
            assertThat(device.age()).isEmpty();
            assertThat(device.told()).isTrue();
            assertThat(device.differing()).isEmpty();
        });
    }

    @Test
    void a_connection_that_has_not_spoken_yet_is_not_told_and_no_proof() {
        compile();
        here.held.opened(door);
        assertThat(device(42).told()).isFalse();
        assertThat(device(42).proved()).isFalse();
        assertThat(state(ListKind.POINTS)).isEqualTo(SyncState.UNKNOWN);
    }

    @Test
    void a_change_that_is_in_no_list_yet_is_said() {
        compile();
        says(here, door, held(TestDevices.DOOR));
        says(here, till, held(DeviceAddress.of(1, 43)));
        assertThat(proofs.of(ONE).all()).isTrue();
        lists.changed(ONE);
        SyncProof proof = proofs.of(ONE);
        assertThat(proof.compiling()).isTrue();
        assertThat(proof.all()).isFalse();
        assertThat(proofs.of(new CommunityId(2)).compiling()).isFalse();
    }

    // ---- ages

    @Test
    void ages_of_both_gateways_devices_are_known_to_every_console_and_grow_until_the_next_word() {
        says(here, door, List.of());
        says(there, till, List.of());
        assertThat(agesThere.of(ONE)).containsOnlyKeys(TestDevices.DOOR, DeviceAddress.of(1, 43));
        assertThat(agesThere.of(ONE).get(TestDevices.DOOR)).isLessThan(Duration.ofSeconds(20));
        aged(5);
        assertThat(agesThere.of(ONE).get(TestDevices.DOOR)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(60));
        says(here, door, List.of());
        assertThat(agesThere.of(ONE).get(TestDevices.DOOR)).isLessThan(Duration.ofSeconds(5));
        assertThat(agesThere.of(new CommunityId(2))).isEmpty();
    }

    @Test
    void the_oldest_proof_is_the_oldest_of_those_that_count() {
        compile();
        says(here, door, held(TestDevices.DOOR));
        aged(30);
        says(there, till, held(DeviceAddress.of(1, 43)));
        assertThat(proofs.of(ONE).oldest()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
        says(here, door, List.of());
        aged(8);
        assertThat(proofs.of(ONE).oldest())
                .as("only the till counts, whose row stood eight seconds longer")
                .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(29));
    }

    @Test
    void what_is_held_no_more_or_by_a_gateway_that_is_gone_has_no_age() {
        says(here, door, List.of());
        says(there, till, List.of());
        here.held.closed(door, CloseReason.SILENT);
        agesHere.write();
        assertThat(agesHere.of(ONE)).containsOnlyKeys(DeviceAddress.of(1, 43));
        there.backend.silent();
        assertThat(agesHere.of(ONE)).isEmpty();
    }

    @Test
    void a_gateway_writes_one_row_whatever_it_holds() {
        for (int i = 0; i < 50; i++) {
            LinkSession session = TestDevices.session(100 + i, 42 + i % 2);
            here.held.opened(session);
            here.held.heard(session, status(List.of()));
        }
        agesHere.write();
        agesHere.write();
        assertThat(database.jdbc()
                        .sql("select count(*) from gateway_heard")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(agesHere.of(ONE)).hasSize(2);
    }

    // ---- headers in one question

    @Test
    void headers_asked_at_once_are_those_asked_one_by_one() {
        compile();
        for (int i = 3; i < 6; i++) {
            estate.estate()
                    .addPoint(new PointRow(
                            ONE,
                            TestDevices.DOOR.device(),
                            new PointId(i),
                            PointKind.DOOR,
                            AccessMethod.SEALED,
                            "门" + i));
            compile();
        }
        for (DeviceRow row : estate.estate().devices(ONE)) {
            assertThat(lists.headers(ONE).get(row.address()))
                    .containsExactlyInAnyOrderElementsOf(lists.headers(row.address()));
        }
        assertThat(lists.headers(new CommunityId(2))).isEmpty();
    }

    private void compile() {
        estate.estate().devices(ONE).forEach(lists::compile);
    }

    private void aged(int seconds) {
        database.jdbc()
                .sql("update gateway_heard set told_at = told_at - interval '" + seconds + "' second")
                .update();
    }

    private void says(TestGateway gateway, LinkSession session, List<ListState> held) {
        gateway.held.opened(session);
        gateway.held.heard(session, status(held));
        gateway.held.write();
        (gateway == here ? agesHere : agesThere).write();
    }

    private List<ListState> held(DeviceAddress device) {
        return new ArrayList<>(
                lists.headers(device).stream().map(SyncProofsTest::state).toList());
    }

    private static ListState state(ListHeader header) {
        return new ListState(header.kind(), header.version(), header.root());
    }

    private static DeviceStatus status(List<ListState> held) {
        return new DeviceStatus(0, ClockQuality.HELD, 0, 0, 0, held, List.of());
    }

    private SyncProof.OfDevice device(long number) {
        return proofs.of(ONE).devices().stream()
                .filter(each -> each.device().id().value() == number)
                .findFirst()
                .orElseThrow();
    }

    private SyncState state(ListKind kind) {
        Optional<SyncProof.OfList> list =
                device(42).lists().stream().filter(each -> each.kind() == kind).findFirst();
        return list.orElseThrow().state();
    }
}
