package io.zhitong.backend.boards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.Carrier;
import io.zhitong.accessmodel.CarrierKind;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.TestAudit;
import io.zhitong.backend.devices.TestDriven;
import io.zhitong.backend.devices.TestLists;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.events.StoredEvent;
import io.zhitong.backend.events.TestEvents;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.uhppote.BoardCursor;
import io.zhitong.uhppote.emulator.BoardEmulator;
import io.zhitong.uhppote.emulator.BoardIdentity;
import io.zhitong.uhppote.emulator.BoardServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An emulated board on loopback, driven by the worker through the database; workers are killed between any two steps. */
@BothDatabases
final class BoardWorkerTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final DeviceAddress DEVICE = DeviceAddress.of(1, 77);
    private static final long SERIAL = 405_419_896;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock("2026-05-01T02:00:00Z");
    private final TestDatabase database;
    private final TestEstate estate;
    private final TestLists lists;
    private final TestEvents events;
    private final BoardRows rows;
    private final Boards boards;
    private final TestDriven driven;
    private BoardEmulator emulator;
    private BoardServer server;
    private Board board;
    private BoardWorker worker;

    BoardWorkerTest(TestDatabase database) {
        this.database = database;
        estate = new TestEstate(database);
        estate.demo();
        lists = new TestLists(database, clock);
        events = new TestEvents(database, (device, message, signature) -> true, clock);
        rows = new BoardRows(database.jdbc());
        driven = new TestDriven(database, clock);
        boards = new Boards(rows, estate.estate(), lists.lists(), TestAudit.log(database, clock));
    }

    @BeforeEach
    void start() {
        emulator = BoardEmulator.open(BoardIdentity.usual(SERIAL, ZONE), folder.resolve("board"), clock);
        server = BoardServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), emulator);
        board = new Board(DEVICE, SERIAL, "127.0.0.1", server.address().getPort());
        assertThat(boards.add(board, "后门", 2, new Actor("admin"))).isTrue();
        lists.say(ListKind.POINTS, door(1), door(2));
        lists.say(ListKind.SCHEDULES);
        lists.say(ListKind.HOLIDAYS);
        lists.say(ListKind.GROUPS, new GroupRecord(1, List.of(new Right(new PointId(1), Schedule.ALWAYS_ID, 11))));
        people(10_058_400);
        worker = newWorker();
    }

    @AfterEach
    void stop() {
        worker.stop();
        server.close();
        emulator.close();
    }

    @Test
    void whoever_is_on_the_compiled_list_passes_at_the_board_and_whoever_leaves_the_list_does_not() {
        worker.drive(board);
        assertThat(emulator.present(1, 10_058_400, 0)).isTrue();
        assertThat(emulator.present(2, 10_058_400, 0)).isFalse();
        assertThat(emulator.present(1, 4_711, 0)).isFalse();
        people(4_711);
        worker.drive(board);
        assertThat(emulator.present(1, 10_058_400, 0)).isFalse();
        assertThat(emulator.present(1, 4_711, 0)).isTrue();
        assertThat(state().inStep()).isTrue();
        assertThat(state().held()).isEqualTo(1);
        assertThat(state().version()).isEqualTo("1.2");
        assertThat(state().fault()).isEmpty();
    }

    @Test
    void what_happens_at_the_board_is_in_the_event_store_once_with_its_person() {
        worker.drive(board);
        emulator.present(1, 10_058_400, 0);
        worker.drive(board);
        worker.drive(board);
        List<JournalRecord> stored = stored();
        assertThat(stored).extracting(JournalRecord::kind).containsOnlyOnce(EventKind.ACCESS_GRANTED);
        AccessEvent event = AccessEvent.decode(stored.stream()
                .filter(record -> record.kind() == EventKind.ACCESS_GRANTED)
                .findFirst()
                .orElseThrow()
                .body()
                .toByteArray());
        assertThat(event.credential()).hasValue(credential(10_058_400));
        assertThat(event.method()).isEqualTo(AccessMethod.NUMBER);
        assertThat(event.list().number()).isEqualTo(1);
        assertThat(waiting()).isZero();
    }

    @Test
    void nothing_is_written_to_a_board_in_step_until_its_lists_change() {
        worker.drive(board);
        clock.advance(Duration.ofHours(1));
        BoardState before = state();
        worker.drive(board);
        assertThat(state()).isEqualTo(before);
        clock.advance(Duration.ofDays(1));
        worker.drive(board);
        assertThat(state().at()).as("daily").isEqualTo(clock.instant());
    }

    // ---- killed

    @Test
    void a_worker_killed_between_journal_and_store_leaves_its_records_to_the_next_one() {
        worker.drive(board);
        emulator.present(1, 10_058_400, 0);
        emulator.present(1, 4_711, 0);
        BoardEvents lost = new BoardEvents(rows, events.store()) {
            @Override
            void handOn(DeviceAddress device) {
                // killed here
            }
        };
        kill(newWorker(lost));
        assertThat(waiting()).isPositive();
        long known = stored().size();
        worker.stop();
        worker = newWorker();
        worker.drive(board);
        assertThat(waiting()).isZero();
        assertThat(stored().size()).isEqualTo((int) known + 2);
        exactlyOnce();
    }

    @Test
    void a_worker_killed_between_store_and_forgetting_repeats_nothing() {
        worker.drive(board);
        emulator.present(1, 10_058_400, 0);
        BoardRows forgetful = new BoardRows(database.jdbc()) {
            @Override
            void forget(DeviceAddress device, io.zhitong.accessmodel.JournalId journal, long upTo) {
                throw new IllegalStateException("killed");
            }
        };
        BoardWorker dying = newWorker(forgetful, new BoardEvents(forgetful, events.store()));
        assertThatThrownBy(() -> dying.drive(board)).hasMessage("killed");
        dying.stop();
        assertThat(waiting()).isPositive();
        worker.drive(board);
        assertThat(waiting()).isZero();
        exactlyOnce();
    }

    @Test
    void a_worker_killed_between_fetch_and_commit_has_taken_nothing() {
        worker.drive(board);
        emulator.present(1, 10_058_400, 0);
        BoardRows dead = new BoardRows(database.jdbc()) {
            @Override
            void insert(JournalRecord record) {
                throw new IllegalStateException("killed");
            }
        };
        BoardWorker dying = newWorker(dead, new BoardEvents(dead, events.store()));
        assertThatThrownBy(() -> dying.drive(board)).hasMessage("killed");
        dying.stop();
        assertThat(waiting()).isZero();
        worker.drive(board);
        assertThat(stored()).extracting(JournalRecord::kind).containsOnlyOnce(EventKind.ACCESS_GRANTED);
        exactlyOnce();
    }

    @Test
    void killed_at_random_places_over_a_long_day_every_event_is_there_once() {
        worker.drive(board);
        java.util.Random random = new java.util.Random(5);
        int passed = 0;
        for (int i = 0; i < 12; i++) {
            for (int n = random.nextInt(4); n > 0; n--) {
                emulator.present(1, 10_058_400, 0);
                passed++;
            }
            if (random.nextBoolean()) {
                kill(newWorker(new BoardEvents(rows, events.store()) {
                    private int left = random.nextInt(2);

                    @Override
                    void handOn(DeviceAddress device) {
                        if (left-- > 0) {
                            super.handOn(device);
                        }
                    }
                }));
            } else {
                worker.drive(board);
            }
        }
        worker.drive(board);
        assertThat(stored().stream().filter(record -> record.kind() == EventKind.ACCESS_GRANTED))
                .hasSize(passed);
        exactlyOnce();
    }

    // ---- two workers

    @Test
    void of_two_workers_that_fetched_the_same_event_one_stores_it_and_the_other_nothing() {
        worker.drive(board);
        DatabaseJournal first = new DatabaseJournal(DEVICE, rows, database.transactions(), new SecureRandom());
        DatabaseJournal second = new DatabaseJournal(DEVICE, rows, database.transactions(), new SecureRandom());
        BoardCursor at = first.cursor();
        assertThat(second.cursor()).isEqualTo(at);
        first.store(List.of(), new BoardCursor(at.mark(), at.clears() + 1, at.record()));
        assertThatThrownBy(() -> second.store(List.of(), at)).isInstanceOf(CursorMovedException.class);
        assertThat(second.cursor().clears()).isEqualTo(at.clears() + 1);
    }

    @Test
    void two_workers_that_begin_a_journal_at_once_begin_one() {
        DatabaseJournal first = new DatabaseJournal(DEVICE, rows, database.transactions(), new SecureRandom());
        DatabaseJournal second = new DatabaseJournal(DEVICE, rows, database.transactions(), new SecureRandom());
        assertThat(first.cursor()).isEqualTo(second.cursor());
    }

    // ---- away

    @Test
    void a_board_that_does_not_answer_is_told_so_and_asked_again_later() {
        server.close();
        worker.drive(board);
        assertThat(state().fault()).isNotEmpty();
        assertThat(state().inStep()).isFalse();
        server = BoardServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), board.port()), emulator);
        worker.drive(board);
        assertThat(state().fault()).as("ten seconds have not passed").isNotEmpty();
        clock.advance(Duration.ofSeconds(11));
        worker.drive(board);
        assertThat(state().fault()).isEmpty();
        assertThat(state().inStep()).isTrue();
    }

    // ---- taking in

    @Test
    void a_board_comes_with_a_point_a_door_and_is_taken_in_once() {
        assertThat(estate.estate().points(DEVICE)).hasSize(2).allMatch(point -> point.method() == AccessMethod.NUMBER);
        assertThat(boards.add(board, "又一次", 2, new Actor("admin"))).isFalse();
        Board sameSerial = new Board(DeviceAddress.of(1, 78), SERIAL, "127.0.0.1", 60_000);
        assertThat(boards.add(sameSerial, "同号", 1, new Actor("admin"))).isFalse();
        assertThat(boards.of(ONE)).containsExactly(board);
        assertThat(estate.estate().device(DeviceAddress.of(1, 78))).isEmpty();
    }

    @Test
    void only_addresses_of_the_house_s_own_networks_are_boards() {
        for (String host : new String[] {"192.168.1.100", "10.0.0.7", "172.16.3.4", "169.254.1.1", "127.0.0.1"}) {
            assertThat(Board.address(host)).as(host).isPresent();
        }
        for (String host :
                new String[] {"8.8.8.8", "example.org", "192.168.1", "192.168.1.256", "::1", "", "01.2.3.4"}) {
            assertThat(Board.address(host)).as(host).isEmpty();
        }
        assertThatThrownBy(() -> new Board(DEVICE, SERIAL, "8.8.8.8", 60_000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private BoardWorker newWorker() {
        return newWorker(new BoardEvents(rows, events.store()));
    }

    private BoardWorker newWorker(BoardEvents handing) {
        return newWorker(rows, handing);
    }

    private BoardWorker newWorker(BoardRows with, BoardEvents handing) {
        return new BoardWorker(
                with,
                lists.lists(),
                handing,
                estate.estate(),
                driven.devices(),
                TestBackend.on(database).turns(),
                database.transactions(),
                clock);
    }

    /** One round, and its end wherever that is. */
    private void kill(BoardWorker dying) {
        dying.drive(board);
        dying.stop();
    }

    private void exactlyOnce() {
        List<JournalRecord> all = stored();
        assertThat(all)
                .extracting(JournalRecord::sequence)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(all.get(all.size() - 1).sequence()).as("nothing is left out").isEqualTo(all.size());
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).previous()).isEqualTo(all.get(i - 1).hash());
        }
        assertThat(database.jdbc()
                        .sql("select (select count(*) from event_gap) + (select count(*) from event_conflict)")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private List<JournalRecord> stored() {
        return events.reader().after(ONE, 0, 10_000).stream()
                .map(StoredEvent::record)
                .filter(record -> record.device().equals(DEVICE.device()))
                .toList();
    }

    private long waiting() {
        return database.jdbc()
                .sql("select count(*) from board_record")
                .query(Long.class)
                .single();
    }

    private BoardState state() {
        return boards.states(ONE).get(DEVICE);
    }

    private void people(long... numbers) {
        lists.say(
                ListKind.ACCESS,
                Arrays.stream(numbers).mapToObj(BoardWorkerTest::person).toArray(ListRecord[]::new));
        lists.lists().compile(estate.estate().device(DEVICE).orElseThrow());
    }

    private static CredentialNumber credential(long number) {
        return new CredentialNumber(0x4403_0700_0000_0000L + number);
    }

    private static AccessRecord person(long number) {
        Carrier carrier = new Carrier(
                CarrierKind.LEGACY_NUMBER,
                CarrierLevel.COPIED_NUMBER,
                Octets.of(new ByteWriter().u64(number).toByteArray()));
        return new AccessRecord(
                credential(number),
                0,
                CredentialStatus.ACTIVE,
                Set.of(),
                Validity.ALWAYS,
                AccessRecord.UNLIMITED,
                0,
                List.of(1),
                List.of(carrier));
    }

    private static PointRecord door(int number) {
        return PointRecord.of(
                new PointId(number),
                PointKind.DOOR,
                Set.of(AccessMethod.NUMBER),
                CarrierLevel.COPIED_NUMBER,
                PointTimes.of(5_000, 0),
                "后门-" + number);
    }
}
