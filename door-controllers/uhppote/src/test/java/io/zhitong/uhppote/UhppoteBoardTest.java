package io.zhitong.uhppote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.ControllerBoard;
import io.zhitong.accessmodel.FireSafety;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.LockKind;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Shortfall;
import io.zhitong.accessmodel.Shortfall.Kind;
import io.zhitong.accessmodel.StepProof;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.Validity;
import io.zhitong.uhppote.driver.DriverException;
import io.zhitong.uhppote.driver.Patience;
import io.zhitong.uhppote.driver.UdpDriver;
import io.zhitong.uhppote.emulator.BoardIdentity;
import io.zhitong.uhppote.message.BoardCard;
import io.zhitong.uhppote.message.Frame;
import io.zhitong.uhppote.message.Function;
import io.zhitong.uhppote.message.GetCard;
import io.zhitong.uhppote.message.GetDoor;
import io.zhitong.uhppote.message.GetTime;
import io.zhitong.uhppote.message.PutCard;
import io.zhitong.uhppote.message.SetPasscodes;
import io.zhitong.uhppote.message.SetTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Monday 2 March 2026, 10:00 in Shanghai. */
final class UhppoteBoardTest {
    private static final PointId DOOR_1 = new PointId(1);
    private static final PointId DOOR_2 = new PointId(2);

    @TempDir
    Path folder;

    private BoardRig board;

    @BeforeEach
    void start() throws IOException {
        board = BoardRig.usual(folder);
    }

    @AfterEach
    void stop() throws IOException {
        board.close();
    }

    private List<Function> sentDuring(Runnable action) {
        List<Function> sent = Collections.synchronizedList(new ArrayList<>());
        board.rig.wire.fate((fromBoard, datagram) -> {
            if (!fromBoard) {
                sent.add(Frame.functionOf(datagram));
            }
            return List.of(0);
        });
        action.run();
        board.rig.wire.fate(Rig.GOOD);
        return sent;
    }

    @Test
    void after_bringing_it_in_step_people_pass_as_the_lists_say() {
        StepProof proof = board.sync(Lists.ofTwoDoors().with(100, 1).with(200, 2));
        assertTrue(proof.inStep());
        assertEquals(2, proof.held());
        assertEquals(List.of(), proof.shortfalls());
        assertTrue(board.rig.board.present(1, 100, 0));
        assertTrue(board.rig.board.present(2, 100, 0));
        assertTrue(board.rig.board.present(1, 200, 0));
        assertFalse(board.rig.board.present(2, 200, 0));
        board.rig.pass(Duration.ofHours(8));
        assertFalse(board.rig.board.present(1, 200, 0), "18:00 is after work");
        assertTrue(board.rig.board.present(1, 100, 0));
    }

    @Test
    void a_second_time_nothing_is_written() {
        Lists lists = Lists.ofTwoDoors().with(100, 1).with(200, 2);
        StepProof first = board.sync(lists);
        List<Function> sent = sentDuring(() -> assertEquals(first, board.sync(lists)));
        assertFalse(sent.contains(Function.PUT_CARD));
        assertFalse(sent.contains(Function.DELETE_CARD));
        assertFalse(sent.contains(Function.SET_PROFILE));
        assertFalse(sent.contains(Function.SET_DOOR));
        assertFalse(sent.contains(Function.SET_TIME));
    }

    @Test
    void one_change_is_one_card_and_rights_are_taken_before_they_are_given() {
        Lists lists = Lists.ofTwoDoors().with(100, 1).with(200, 2).with(300, 1);
        StepProof before = board.sync(lists);
        List<Function> sent = sentDuring(() -> board.sync(lists.without(300).with(400, 1)));
        assertEquals(1, Collections.frequency(sent, Function.DELETE_CARD));
        assertEquals(1, Collections.frequency(sent, Function.PUT_CARD));
        assertTrue(sent.indexOf(Function.DELETE_CARD) < sent.indexOf(Function.PUT_CARD));
        assertFalse(board.rig.board.present(1, 300, 0));
        assertTrue(board.rig.board.present(1, 400, 0));
        assertNotEquals(before.fingerprint(), board.sync(lists).fingerprint());
        assertEquals(
                before.fingerprint(),
                board.sync(lists.without(400).with(300, 1)).fingerprint());
    }

    @Test
    void a_card_somebody_else_put_on_the_board_is_found_and_removed() {
        Lists lists = Lists.ofTwoDoors().with(100, 1);
        board.sync(lists);
        BoardCard foreign = new BoardCard(
                666,
                Optional.of(LocalDate.of(2026, 1, 1)),
                Optional.of(LocalDate.of(2026, 12, 31)),
                List.of(1, 1, 1, 1),
                0);
        board.rig.driver.ask(board.rig.address, new PutCard(Rig.SERIAL, foreign));
        assertTrue(board.rig.board.present(1, 666, 0));
        assertTrue(board.sync(lists).inStep());
        assertFalse(board.rig.board.present(1, 666, 0));
    }

    @Test
    void supervisor_codes_somebody_set_are_taken_away() {
        Lists lists = Lists.ofTwoDoors();
        lists.point(Lists.door(1).with(PointModes.of(PointMode.CARD_PIN)));
        board.rig.driver.ask(board.rig.address, new SetPasscodes(Rig.SERIAL, 1, List.of(123456, 0, 0, 0)));
        board.sync(lists);
        assertFalse(board.rig.board.type(1, 123456));
    }

    @Test
    void a_pin_is_asked_for_at_a_door_of_card_and_pin() {
        board.port = board.newPort(who -> OptionalInt.of(4711));
        Lists lists = Lists.ofTwoDoors().with(100, 1).point(Lists.door(2).with(PointModes.of(PointMode.CARD_PIN)));
        assertTrue(board.sync(lists).inStep());
        assertTrue(board.rig.board.present(1, 100, 0));
        assertFalse(board.rig.board.present(2, 100, 0));
        assertTrue(board.rig.board.present(2, 100, 4711));
    }

    /** Office hours of group 2, and a night for group 5 whose schedule sorts before them. */
    private static Lists withANight() {
        Lists lists = Lists.ofTwoDoors().with(200, 2).with(150, 5);
        lists.schedules.add(new Schedule(4, List.of(new Schedule.Window(0xFF, 0, 6 * 60))));
        lists.groups.add(new GroupRecord(5, List.of(new Right(DOOR_1, 4, 1))));
        return lists;
    }

    @Test
    void a_new_profile_moves_no_other() {
        board.sync(Lists.ofTwoDoors().with(200, 2));
        List<Function> sent =
                sentDuring(() -> assertTrue(board.sync(withANight()).inStep()));
        assertEquals(0, Collections.frequency(sent, Function.DELETE_CARD));
        assertEquals(1, Collections.frequency(sent, Function.SET_PROFILE));
        assertEquals(1, Collections.frequency(sent, Function.PUT_CARD));
        assertTrue(board.rig.board.present(1, 200, 0));
        assertFalse(board.rig.board.present(1, 150, 0), "10:00 is no night");
    }

    @Test
    void a_profile_that_comes_to_mean_other_hours_is_never_another_s_in_between() {
        board.sync(Lists.ofTwoDoors().with(200, 2));
        board.port = board.newPort(PinBook.NONE);
        List<Function> sent =
                sentDuring(() -> assertTrue(board.sync(withANight()).inStep()));
        int deleted = sent.indexOf(Function.DELETE_CARD);
        int redefined = sent.indexOf(Function.SET_PROFILE);
        assertTrue(
                deleted >= 0 && deleted < redefined, "the employee's card goes before profile 2 becomes the night's");
        assertTrue(redefined < sent.indexOf(Function.PUT_CARD));
        assertTrue(board.rig.board.present(1, 200, 0));
        assertFalse(board.rig.board.present(1, 150, 0));
    }

    @Test
    void events_wait_until_the_lists_say_whose_number_is_whose() {
        board.rig.board.present(1, 200, 0);
        assertEquals(0, board.port.collect(10));
        assertEquals(0, board.journal.records.size());
        board.sync(Lists.ofTwoDoors().with(200, 2));
        assertEquals(1, board.port.collect(10));
    }

    @Test
    void a_holiday_is_kept_and_when_the_backend_is_away_scheduled_people_are_denied() {
        Lists lists = Lists.ofTwoDoors().with(100, 1).with(200, 2).holiday("2026-03-03");
        StepProof proof = board.sync(lists);
        assertEquals(Instant.parse("2026-03-02T16:00:00Z"), proof.until());
        assertTrue(board.rig.board.present(1, 200, 0));
        board.rig.pass(Duration.ofDays(1));
        assertFalse(board.rig.board.present(1, 200, 0), "the profile ended the day before");
        board.sync(lists);
        assertFalse(board.rig.board.present(1, 200, 0), "no holiday window");
        board.rig.pass(Duration.ofDays(1));
        assertFalse(board.rig.board.present(1, 200, 0));
        List<Function> sent = sentDuring(() -> board.sync(lists));
        assertTrue(board.rig.board.present(1, 200, 0));
        assertTrue(board.rig.board.present(1, 100, 0));
        assertFalse(sent.contains(Function.DELETE_CARD), "the same schedule's profile is changed in its place");
    }

    @Test
    void a_door_moves_with_its_mode() {
        Lists lists = Lists.ofTwoDoors().with(100, 1);
        board.sync(lists.point(Lists.door(2).with(PointModes.of(PointMode.UNLOCKED))));
        assertTrue(board.rig.board.free(2));
        board.sync(lists.point(Lists.door(2).with(PointModes.of(PointMode.LOCKED))));
        assertFalse(board.rig.board.free(2));
        assertFalse(board.rig.board.present(2, 100, 0));
        assertTrue(board.rig.board.press(2), "whoever is inside gets out");
    }

    @Test
    void a_board_without_room_is_not_in_step_and_says_so() throws IOException {
        try (BoardRig small =
                new BoardRig(new BoardIdentity(Rig.SERIAL, 2, 10, 0xFFFF_FFFEL, Rig.ZONE), folder.resolve("small"))) {
            StepProof proof =
                    small.sync(Lists.ofTwoDoors().with(1, 1).with(2, 1).with(3, 1));
            assertFalse(proof.inStep());
            assertEquals(2, proof.held());
            assertEquals(List.of(new Shortfall(Kind.ROOM, PointId.DEVICE, 1, Optional.empty())), proof.shortfalls());
        }
    }

    @Test
    void a_clock_that_is_off_is_set_and_one_that_is_right_is_left_alone() {
        board.rig.driver.ask(board.rig.address, new SetTime(Rig.SERIAL, LocalDateTime.of(2025, 1, 1, 0, 0)));
        board.sync(Lists.ofTwoDoors());
        assertEquals(
                Optional.of(LocalDateTime.of(2026, 3, 2, 10, 0)),
                board.rig.driver.ask(board.rig.address, new GetTime(Rig.SERIAL)).time());
    }

    @Test
    void commands_open_hold_and_release_a_door() {
        ControllerBoard port = board.port;
        board.sync(Lists.ofTwoDoors().with(100, 1));
        assertEquals(CommandRefusal.NONE, port.carryOut(CommandKind.OPEN, DOOR_1));
        assertTrue(board.rig.board.free(1));
        assertEquals(CommandRefusal.NONE, port.carryOut(CommandKind.UNLOCK, DOOR_2));
        assertTrue(board.rig.board.free(2));
        assertEquals(CommandRefusal.NONE, port.carryOut(CommandKind.LOCK_DOWN, DOOR_2));
        assertFalse(board.rig.board.present(2, 100, 0));
        assertEquals(CommandRefusal.FAILED, port.carryOut(CommandKind.OPEN, DOOR_2));
        assertEquals(CommandRefusal.NONE, port.carryOut(CommandKind.RELEASE, DOOR_2));
        assertTrue(board.rig.board.present(2, 100, 0));
        assertEquals(CommandRefusal.UNKNOWN_POINT, port.carryOut(CommandKind.OPEN, new PointId(5)));
        assertEquals(CommandRefusal.UNKNOWN_POINT, port.carryOut(CommandKind.OPEN, PointId.DEVICE));
        assertEquals(CommandRefusal.NOT_SUPPORTED, port.carryOut(CommandKind.SALE, DOOR_1));
        assertEquals(BoardRig.DEVICE, port.address());
    }

    @Test
    void a_lock_down_outlives_a_sync_and_a_restart_of_the_backend_and_is_told() {
        Lists lists = Lists.ofTwoDoors().with(100, 1);
        board.sync(lists);
        board.port.carryOut(CommandKind.LOCK_DOWN, DOOR_2);
        assertEquals(
                List.of(Shortfall.of(Kind.BY_COMMAND, DOOR_2)),
                board.sync(lists).shortfalls());
        assertFalse(board.rig.board.present(2, 100, 0));
        board.port = board.newPort(PinBook.NONE);
        assertEquals(
                List.of(Shortfall.of(Kind.BY_COMMAND, DOOR_2)),
                board.sync(lists).shortfalls());
        assertFalse(board.rig.board.present(2, 100, 0));
        board.port.carryOut(CommandKind.RELEASE, DOOR_2);
        assertEquals(List.of(), board.sync(lists).shortfalls());
        assertTrue(board.rig.board.present(2, 100, 0));
    }

    @Test
    void an_escape_door_is_not_locked_down_because_its_button_would_die() {
        Lists lists = Lists.ofTwoDoors();
        lists.point(Lists.door(2).with(new FireSafety(0, 0, true, LockKind.FAIL_SAFE)));
        board.sync(lists);
        assertEquals(CommandRefusal.NOT_SUPPORTED, board.port.carryOut(CommandKind.LOCK_DOWN, DOOR_2));
        assertTrue(board.rig.board.press(2));
    }

    @Test
    void a_command_to_a_board_that_is_away_fails_and_opens_nothing_later() {
        board.rig.wire.fate((fromBoard, datagram) -> List.of());
        assertEquals(CommandRefusal.FAILED, board.port.carryOut(CommandKind.OPEN, DOOR_1));
        board.rig.wire.fate(Rig.GOOD);
        assertFalse(board.rig.board.free(1));
    }

    @Test
    void a_sync_cut_off_at_any_datagram_gives_nobody_more_than_before_or_after() throws IOException {
        boolean finished = false;
        for (int limit = 0; !finished; limit++) {
            assertTrue(limit < 200, "it ends");
            BoardIdentity identity = BoardIdentity.usual(Rig.SERIAL, Rig.ZONE);
            Patience brief = new Patience(Duration.ofMillis(40), 2, Duration.ofSeconds(1));
            try (BoardRig cut = new BoardRig(identity, folder.resolve("cut" + limit));
                    UdpDriver impatient = UdpDriver.open(Rig.ANY, brief)) {
                finished = cutOff(cut, cut.newPort(PinBook.NONE, impatient), limit);
            }
        }
    }

    /** @return whether it was cut off behind its end */
    private static boolean cutOff(BoardRig cut, UhppoteBoard impatient, int limit) {
        Lists after = Lists.ofTwoDoors().with(100, 2).with(300, 1);
        assertTrue(cut.sync(Lists.ofTwoDoors().with(100, 1).with(200, 2)).inStep());
        AtomicInteger left = new AtomicInteger(limit);
        cut.rig.wire.fate((fromBoard, datagram) -> fromBoard || left.getAndDecrement() > 0 ? List.of(0) : List.of());
        boolean finished = finishes(impatient, after);
        cut.rig.wire.fate(Rig.GOOD);
        assertFalse(cut.rig.board.present(2, 200, 0), "never had it");
        assertFalse(cut.rig.board.present(2, 100, 0) && cut.rig.board.present(1, 300, 0), "cut at " + limit);
        return finished;
    }

    private static boolean finishes(UhppoteBoard port, Lists lists) {
        try {
            return port.synchronise(lists.holdings()).inStep();
        } catch (DriverException away) {
            return false;
        }
    }

    @Test
    void a_late_copy_of_an_old_write_is_found_by_the_next_look() {
        Lists lists = Lists.ofTwoDoors().with(100, 1);
        board.sync(lists);
        byte[] old = new PutCard(
                        Rig.SERIAL,
                        board.rig
                                .driver
                                .ask(board.rig.address, new GetCard(Rig.SERIAL, 100))
                                .card()
                                .orElseThrow())
                .encode();
        lists.without(100);
        assertTrue(board.sync(lists).inStep());
        board.rig.board.handle(old);
        assertTrue(board.rig.board.present(1, 100, 0), "the network brought a revoked card back");
        assertTrue(board.sync(lists).inStep());
        assertFalse(board.rig.board.present(1, 100, 0));
    }

    @Test
    void three_hundred_people_over_a_bad_wire_end_in_step() {
        Lists lists = Lists.ofTwoDoors();
        for (int number = 1; number <= 300; number++) {
            lists.with(number, 1 + number % 2);
        }
        java.util.Random random = new java.util.Random(3);
        board.rig.wire.fate((fromBoard, datagram) -> {
            synchronized (random) {
                int dice = random.nextInt(200);
                return dice == 0 ? List.of() : dice == 1 ? List.of(0, 4) : List.of(0);
            }
        });
        StepProof proof = board.sync(lists);
        assertTrue(proof.inStep());
        assertEquals(300, proof.held());
    }

    @Test
    void a_guard_passes_a_locked_door() {
        Lists lists = Lists.ofTwoDoors();
        lists.access.add(Lists.person(8, Validity.ALWAYS, Set.of(Trait.GUARD), 1));
        lists.point(Lists.door(2).with(PointModes.of(PointMode.LOCKED)));
        board.sync(lists);
        assertTrue(board.rig.board.present(2, 8, 0));
    }

    @Test
    void a_board_that_is_away_is_told_by_the_driver_s_exception() {
        board.rig.wire.fate((fromBoard, datagram) -> List.of());
        assertThrows(DriverException.class, () -> board.sync(Lists.ofTwoDoors()));
        board.rig.wire.fate(Rig.GOOD);
        assertEquals(
                3,
                board.rig
                        .driver
                        .ask(board.rig.address, new GetDoor(Rig.SERIAL, 1))
                        .delay());
    }

    @Test
    void a_door_opens_and_events_come_while_a_long_round_is_under_way() throws Exception {
        Lists lists = Lists.ofTwoDoors();
        for (int number = 1; number <= 100; number++) {
            lists.with(number, 1);
        }
        board.sync(Lists.ofTwoDoors());
        board.rig.board.present(1, 77, 0);
        CountDownLatch writing = new CountDownLatch(5);
        board.rig.wire.fate((fromBoard, datagram) -> {
            if (!fromBoard && Frame.functionOf(datagram) == Function.PUT_CARD) {
                writing.countDown();
            }
            return List.of(15);
        });
        CompletableFuture<StepProof> round = CompletableFuture.supplyAsync(() -> board.sync(lists));
        assertTrue(writing.await(10, TimeUnit.SECONDS));
        assertEquals(CommandRefusal.NONE, board.port.carryOut(CommandKind.OPEN, DOOR_1));
        assertEquals(CommandRefusal.NONE, board.port.carryOut(CommandKind.LOCK_DOWN, DOOR_2));
        assertTrue(board.port.collect(10) > 0);
        assertFalse(round.isDone(), "all that while the round was under way");
        board.rig.wire.fate(Rig.GOOD);
        StepProof proof = round.get(30, TimeUnit.SECONDS);
        assertEquals(100, proof.held());
        assertFalse(board.rig.board.press(2), "the lock-down stands behind the round");
    }

    @Test
    void a_lock_down_that_did_not_arrive_is_not_believed() {
        Lists lists = Lists.ofTwoDoors().with(100, 1);
        board.sync(lists);
        board.rig.wire.fate((fromBoard, datagram) -> List.of());
        assertEquals(CommandRefusal.FAILED, board.port.carryOut(CommandKind.LOCK_DOWN, DOOR_2));
        board.rig.wire.fate(Rig.GOOD);
        assertEquals(List.of(), board.sync(lists).shortfalls());
        assertTrue(board.rig.board.present(2, 100, 0));
    }
}
