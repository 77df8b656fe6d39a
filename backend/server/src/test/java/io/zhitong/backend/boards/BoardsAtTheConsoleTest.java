package io.zhitong.backend.boards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CommandEvent;
import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PlaceOrder;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.alarms.Alarm;
import io.zhitong.backend.alarms.TestAlarms;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.devices.DeviceState;
import io.zhitong.backend.devices.SyncProof;
import io.zhitong.backend.devices.TestDriven;
import io.zhitong.backend.devices.TestLists;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.Eventually;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.uhppote.emulator.BoardEmulator;
import io.zhitong.uhppote.emulator.BoardIdentity;
import io.zhitong.uhppote.emulator.BoardServer;
import io.zhitong.uhppote.message.BoardReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Foreign boards as the console knows every controller: in step, behind, cut; commanded; their alarms raised. */
@BothDatabases
final class BoardsAtTheConsoleTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final int LIVING = 12;
    private static final long SERIAL = 405_419_896;
    private static final DeviceAddress FIRST = DeviceAddress.of(1, 100);
    private static final PointId DOOR = new PointId(1);
    private static final PointId ESCAPE = new PointId(2);

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock("2026-05-01T02:00:00Z");
    private final TestDatabase database;
    private final TestEstate estate;
    private final TestLists lists;
    private final TestEvents events;
    private final TestDriven driven;
    private final BoardRows rows;
    private final Boards boards;
    private final BoardWorker worker;
    private final List<BoardEmulator> emulators = new ArrayList<>();
    private final List<BoardServer> servers = new ArrayList<>();
    private Board first;

    BoardsAtTheConsoleTest(TestDatabase database) {
        this.database = database;
        estate = new TestEstate(database);
        estate.demo();
        lists = new TestLists(database, clock);
        events = new TestEvents(database, (device, message, signature) -> true, clock);
        driven = new TestDriven(database, clock);
        rows = new BoardRows(database.jdbc());
        boards = new Boards(rows, estate.estate(), lists.lists(), TestAudit.log(database, clock));
        worker = worker();
    }

    private BoardWorker worker() {
        return new BoardWorker(
                rows,
                lists.lists(),
                new BoardEvents(rows, events.store()),
                estate.estate(),
                driven.devices(),
                TestBackend.on(database).turns(),
                database.transactions(),
                clock);
    }

    @BeforeEach
    void start() {
        lists.say(ListKind.POINTS, door(DOOR, false), door(ESCAPE, true));
        lists.say(ListKind.SCHEDULES);
        lists.say(ListKind.HOLIDAYS);
        lists.say(ListKind.GROUPS, new GroupRecord(1, List.of(new Right(DOOR, Schedule.ALWAYS_ID, 11))));
        lists.say(ListKind.ACCESS, person(10_058_400));
        first = taken(0, running(0));
    }

    @AfterEach
    void stop() {
        worker.stop();
        servers.forEach(BoardServer::close);
        emulators.forEach(BoardEmulator::close);
    }

    private int running(int number) {
        BoardEmulator emulator = BoardEmulator.open(
                BoardIdentity.usual(SERIAL + number, ZoneId.of("Asia/Shanghai")),
                folder.resolve("board" + number),
                clock);
        emulators.add(emulator);
        servers.add(BoardServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), emulator));
        return servers.get(servers.size() - 1).address().getPort();
    }

    private Board taken(int number, int port) {
        Board board = new Board(DeviceAddress.of(1, 100 + number), SERIAL + number, "127.0.0.1", port);
        assertThat(boards.add(board, "后门" + number, 2, new Actor("admin"))).isTrue();
        compile(board);
        return board;
    }

    private void compile(Board board) {
        lists.lists().compile(estate.estate().device(board.device()).orElseThrow());
    }

    // ---- shown

    @Test
    void a_board_that_holds_its_lists_is_in_step_and_one_whose_list_has_changed_is_behind_until_it_was_read_back() {
        worker.drive(first);
        assertThat(shown().proved()).isTrue();
        assertThat(state().software()).isEqualTo("UHPPOTE 405419896");
        lists.say(ListKind.ACCESS, person(4_711));
        compile(first);
        assertThat(shown().proved()).isFalse();
        assertThat(shown().differing()).extracting(SyncProof.OfList::kind).containsExactly(ListKind.ACCESS);
        worker.drive(first);
        assertThat(shown().proved()).isTrue();
    }

    @Test
    void a_board_that_falls_silent_is_cut_and_comes_back_with_a_connection_of_its_own() {
        worker.drive(first);
        servers.get(0).close();
        clock.advance(Duration.ofSeconds(5));
        worker.drive(first);
        assertThat(state().connected()).isFalse();
        assertThat(state().since()).isEqualTo("2026-05-01T02:00:05Z");
        servers.set(
                0,
                BoardServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port()), emulators.get(0)));
        clock.advance(Duration.ofSeconds(11));
        worker.drive(first);
        assertThat(state().connected()).isTrue();
        assertThat(shown().proved()).isTrue();
    }

    @Test
    void a_board_that_cannot_hold_all_it_should_is_connected_and_not_in_step() {
        lists.say(
                ListKind.ACCESS,
                IntStream.range(0, 30).mapToObj(n -> person(5_000 + n)).toArray(AccessRecord[]::new));
        BoardEmulator small = BoardEmulator.open(
                new BoardIdentity(SERIAL + 1, 20, 100, 0xFFFF_FFFEL, ZoneId.of("Asia/Shanghai")),
                folder.resolve("small"),
                clock);
        emulators.add(small);
        servers.add(BoardServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), small));
        Board board = taken(1, servers.get(1).address().getPort());
        worker.drive(board);
        DeviceState state = driven.states().of(board.device()).orElseThrow();
        assertThat(state.connected()).isTrue();
        assertThat(state.status().orElseThrow().faults()).hasSize(1);
        assertThat(shown(board).proved()).isFalse();
    }

    @Test
    void a_worker_that_ends_leaves_its_boards_cut_for_the_next_one() {
        worker.drive(first);
        worker.stop();
        assertThat(state().connected()).isFalse();
    }

    // ---- side by side

    @Test
    void one_silent_board_holds_up_none_of_the_others() {
        List<Board> living = new ArrayList<>(List.of(first));
        for (int number = 1; number < LIVING; number++) {
            living.add(taken(number, running(number)));
        }
        // 64 apart: boards whose serial numbers end alike once waited for each other.
        Board silent = new Board(DeviceAddress.of(1, 900), SERIAL - 64, "127.0.0.1", unanswered());
        assertThat(boards.add(silent, "坏板", 2, new Actor("admin"))).isTrue();
        compile(silent);
        worker.round();
        Eventually.holds(
                "all that live",
                () -> living.stream().allMatch(board -> boards.states(ONE).containsKey(board.device())));
        assertThat(boards.states(ONE)).as("still being asked").doesNotContainKey(silent.device());
        Eventually.holds("the silent one is told", () -> boards.states(ONE).containsKey(silent.device()));
        assertThat(boards.states(ONE).get(silent.device()).fault()).isNotEmpty();
        assertThat(driven.states().of(ONE)).hasSize(LIVING).doesNotContainKey(silent.device());
    }

    /** Takes datagrams and says nothing. */
    private int unanswered() {
        BoardServer server =
                BoardServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), emulators.get(0));
        servers.add(server);
        return server.address().getPort();
    }

    // ---- orders

    @Test
    void an_order_of_the_console_opens_the_door_and_stands_in_the_journal() {
        worker.drive(first);
        assertThat(driven.order(FIRST, CommandKind.OPEN, DOOR, Octets.EMPTY)).isEqualTo(CommandRefusal.NONE);
        assertThat(emulators.get(0).free(1)).isTrue();
        assertThat(emulators.get(0).free(2)).isFalse();
        worker.drive(first);
        JournalRecord told = only(EventKind.COMMAND_EXECUTED);
        assertThat(told.point()).isEqualTo(DOOR);
        CommandEvent event = CommandEvent.decode(told.body().toByteArray());
        assertThat(event.who()).isEqualTo("property");
        assertThat(event.why()).isEqualTo("送货");
        assertThat(event.command()).isEqualTo(CommandKind.OPEN);
    }

    @Test
    void an_order_for_the_site_reaches_every_door_of_the_board_and_tells_which_kind_it_cannot_do() {
        worker.drive(first);
        assertThat(site(CommandKind.UNLOCK, 0, 0)).isEqualTo(CommandRefusal.NONE);
        assertThat(emulators.get(0).free(1)).isTrue();
        assertThat(emulators.get(0).free(2)).isTrue();
        assertThat(site(CommandKind.RELEASE, 0, 0)).isEqualTo(CommandRefusal.NONE);
        assertThat(emulators.get(0).free(2)).isFalse();
        assertThat(site(CommandKind.UNLOCK, 9, 0)).as("no door of area 9").isEqualTo(CommandRefusal.UNKNOWN_POINT);
        assertThat(site(CommandKind.UNLOCK, 0, 1_800_000_000)).as("for a time").isEqualTo(CommandRefusal.NOT_SUPPORTED);
        assertThat(site(CommandKind.THREAT, 0, 0)).isEqualTo(CommandRefusal.NOT_SUPPORTED);
        assertThat(site(CommandKind.LOCK_DOWN, 0, 0)).as("people escape there").isEqualTo(CommandRefusal.NOT_SUPPORTED);
        assertThat(emulators.get(0).present(1, 10_058_400, 0))
                .as("the other door")
                .isFalse();
    }

    private CommandRefusal site(CommandKind kind, int area, long until) {
        return driven.order(FIRST, kind, PointId.DEVICE, new PlaceOrder(0, area, until).encode());
    }

    @Test
    void an_order_to_a_board_that_fell_silent_is_told_as_failed_and_noted() {
        worker.drive(first);
        servers.get(0).close();
        assertThat(driven.order(FIRST, CommandKind.OPEN, DOOR, Octets.EMPTY)).isEqualTo(CommandRefusal.FAILED);
        worker.drive(first);
        assertThat(only(EventKind.COMMAND_REFUSED).point()).isEqualTo(DOOR);
    }

    // ---- alarms

    @Test
    void a_door_forced_at_a_board_is_an_alarm_like_any_other_and_over_when_it_closes() {
        worker.drive(first);
        TestAlarms alarms = new TestAlarms(database, clock);
        emulators.get(0).leaf(1, true);
        worker.drive(first);
        read(alarms);
        assertThat(alarms.open(ONE)).filteredOn(this::atTheDoor).singleElement().satisfies(alarm -> {
            assertThat(alarm.kind()).isEqualTo(EventKind.FORCED_OPEN);
            assertThat(alarm.ended()).isEmpty();
        });
        emulators.get(0).leaf(1, false);
        emulators.get(0).alarm(1, BoardReason.EMERGENCY);
        worker.drive(first);
        read(alarms);
        assertThat(alarms.open(ONE))
                .filteredOn(this::atTheDoor)
                .extracting(Alarm::kind, alarm -> alarm.ended().isPresent())
                .containsExactlyInAnyOrder(tuple(EventKind.FORCED_OPEN, true), tuple(EventKind.ALARM_INPUT, false));
    }

    private boolean atTheDoor(Alarm alarm) {
        return alarm.device().equals(FIRST.device()) && alarm.point().equals(DOOR);
    }

    private void read(TestAlarms alarms) {
        events.drain(alarms.book(), ONE);
    }

    private JournalRecord only(EventKind kind) {
        List<JournalRecord> found = events.reader().after(ONE, 0, 10_000).stream()
                .map(StoredEvent::record)
                .filter(record -> record.kind() == kind)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private DeviceState state() {
        return driven.states().of(FIRST).orElseThrow();
    }

    private SyncProof.OfDevice shown() {
        return shown(first);
    }

    private SyncProof.OfDevice shown(Board board) {
        return driven.proof(ONE, estate.estate(), lists.lists()).devices().stream()
                .filter(device -> device.device().address().equals(board.device()))
                .findFirst()
                .orElseThrow();
    }

    private static AccessRecord person(long number) {
        Carrier carrier = new Carrier(
                CarrierKind.LEGACY_NUMBER,
                CarrierLevel.COPIED_NUMBER,
                Octets.of(new ByteWriter().u64(number).toByteArray()));
        return new AccessRecord(
                new CredentialNumber(0x4403_0700_0000_0000L + number),
                0,
                CredentialStatus.ACTIVE,
                Set.of(),
                Validity.ALWAYS,
                AccessRecord.UNLIMITED,
                0,
                List.of(1),
                List.of(carrier));
    }

    private static PointRecord door(PointId point, boolean escape) {
        return PointRecord.of(
                        point,
                        PointKind.DOOR,
                        Set.of(AccessMethod.NUMBER),
                        CarrierLevel.COPIED_NUMBER,
                        PointTimes.of(5_000, 0),
                        "后门-" + point.value())
                .with(new FireSafety(0, 0, escape, LockKind.FAIL_SECURE));
    }
}
