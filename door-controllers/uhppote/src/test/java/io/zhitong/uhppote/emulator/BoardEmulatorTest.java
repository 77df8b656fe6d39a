package io.zhitong.uhppote.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.uhppote.Rig;
import io.zhitong.uhppote.message.ActivateKeypads;
import io.zhitong.uhppote.message.Answer;
import io.zhitong.uhppote.message.AntiPassback;
import io.zhitong.uhppote.message.BoardCard;
import io.zhitong.uhppote.message.BoardEvent;
import io.zhitong.uhppote.message.BoardProfile;
import io.zhitong.uhppote.message.BoardReason;
import io.zhitong.uhppote.message.CountCards;
import io.zhitong.uhppote.message.DeleteAllCards;
import io.zhitong.uhppote.message.DeleteCard;
import io.zhitong.uhppote.message.DoorControl;
import io.zhitong.uhppote.message.Frame;
import io.zhitong.uhppote.message.GetAntiPassback;
import io.zhitong.uhppote.message.GetCardAt;
import io.zhitong.uhppote.message.GetDoor;
import io.zhitong.uhppote.message.GetEvent;
import io.zhitong.uhppote.message.GetEventIndex;
import io.zhitong.uhppote.message.GetListener;
import io.zhitong.uhppote.message.GetProfile;
import io.zhitong.uhppote.message.GetStatus;
import io.zhitong.uhppote.message.GetTime;
import io.zhitong.uhppote.message.Interlock;
import io.zhitong.uhppote.message.OpenDoor;
import io.zhitong.uhppote.message.PutCard;
import io.zhitong.uhppote.message.RecordSpecialEvents;
import io.zhitong.uhppote.message.Request;
import io.zhitong.uhppote.message.RestoreDefaults;
import io.zhitong.uhppote.message.SetAddress;
import io.zhitong.uhppote.message.SetAntiPassback;
import io.zhitong.uhppote.message.SetDoor;
import io.zhitong.uhppote.message.SetEventIndex;
import io.zhitong.uhppote.message.SetHostControl;
import io.zhitong.uhppote.message.SetInterlock;
import io.zhitong.uhppote.message.SetPasscodes;
import io.zhitong.uhppote.message.SetProfile;
import io.zhitong.uhppote.message.SetTime;
import io.zhitong.uhppote.message.Status;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Monday 2 March 2026, 10:00 in Shanghai. */
final class BoardEmulatorTest {
    private static final long BOARD = Rig.SERIAL;

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-02T02:00:00Z");
    private BoardEmulator board;

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return Rig.ZONE;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return Clock.fixed(now, zone);
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    @BeforeEach
    void start() {
        board = BoardEmulator.open(
                new BoardIdentity(BOARD, 3, 4, 0xFFFF_FFFEL, Rig.ZONE), folder.resolve("board"), clock());
    }

    @AfterEach
    void stop() {
        board.close();
    }

    private void restart() {
        board.close();
        start();
    }

    private <A extends Answer> A ask(Request<A> request) {
        return request.answer(board.handle(request.encode()).orElseThrow());
    }

    private static BoardCard card(long number, int pin, Integer... doors) {
        return new BoardCard(
                number,
                Optional.of(LocalDate.of(2026, 1, 1)),
                Optional.of(LocalDate.of(2026, 12, 31)),
                List.of(doors),
                pin);
    }

    private BoardEvent last() {
        return ask(new GetEvent(BOARD, GetEvent.NEWEST)).event().orElseThrow();
    }

    private void recorded(BoardReason reason, boolean granted) {
        assertEquals(reason, BoardReason.of(last().reason()));
        assertEquals(granted, last().granted());
    }

    @Test
    void a_card_passes_where_it_may_and_is_refused_elsewhere() {
        ask(new PutCard(BOARD, card(7, 0, 1, 0, 0, 0)));
        assertTrue(board.present(1, 7, 0));
        recorded(BoardReason.SWIPE, true);
        assertTrue(board.free(1));
        now = now.plusSeconds(3);
        assertFalse(board.free(1), "a release lasts three seconds");
        assertFalse(board.present(2, 7, 0));
        recorded(BoardReason.NO_PRIVILEGE, false);
        assertFalse(board.present(1, 8, 0));
        recorded(BoardReason.NOT_KNOWN, false);
    }

    @Test
    void a_card_holds_from_its_first_to_its_last_day() {
        ask(new PutCard(BOARD, card(7, 0, 1, 0, 0, 0)));
        now = Instant.parse("2025-12-31T15:59:59Z");
        assertFalse(board.present(1, 7, 0));
        recorded(BoardReason.INVALID_TIME, false);
        now = Instant.parse("2025-12-31T16:00:00Z");
        assertTrue(board.present(1, 7, 0));
        now = Instant.parse("2026-12-31T15:59:59Z");
        assertTrue(board.present(1, 7, 0));
        now = Instant.parse("2026-12-31T16:00:00Z");
        assertFalse(board.present(1, 7, 0));
    }

    @Test
    void a_profile_holds_in_its_segments_and_asks_the_next() {
        ask(new PutCard(BOARD, card(7, 0, 5, 0, 0, 0)));
        assertFalse(board.present(1, 7, 0), "no such profile: nobody passes");
        profile(5, DayOfWeek.SUNDAY, "08:00", "09:00", 6);
        assertFalse(board.present(1, 7, 0));
        profile(6, DayOfWeek.MONDAY, "09:00", "10:00", 5);
        assertTrue(board.present(1, 7, 0), "both minutes of a segment count; a circle of profiles ends");
        now = now.plus(Duration.ofMinutes(1));
        assertFalse(board.present(1, 7, 0));
        recorded(BoardReason.INVALID_TIME, false);
    }

    private void profile(int id, DayOfWeek day, String start, String end, int linked) {
        BoardProfile profile = new BoardProfile(
                id,
                Optional.of(LocalDate.of(2026, 1, 1)),
                Optional.of(LocalDate.of(2026, 12, 31)),
                Set.of(day),
                List.of(new BoardProfile.Segment(LocalTime.parse(start), LocalTime.parse(end))),
                linked);
        assertTrue(ask(new SetProfile(BOARD, profile)).done());
        assertEquals(Optional.of(profile), ask(new GetProfile(BOARD, id)).profile());
    }

    @Test
    void a_pin_is_asked_for_where_the_keypad_is_active() {
        ask(new PutCard(BOARD, card(7, 4711, 1, 1, 0, 0)));
        ask(new PutCard(BOARD, card(8, 0, 1, 0, 0, 0)));
        ask(new ActivateKeypads(BOARD, List.of(true, false, false, false)));
        assertFalse(board.present(1, 7, 0));
        recorded(BoardReason.WRONG_PIN, false);
        assertFalse(board.present(1, 7, 4712));
        assertTrue(board.present(1, 7, 4711));
        assertTrue(board.present(2, 7, 0), "no keypad here");
        assertTrue(board.present(1, 8, 0), "a card without PIN passes: our compiler gives it no right here");
    }

    @Test
    void a_supervisor_code_opens_at_an_active_keypad_only() {
        ask(new SetPasscodes(BOARD, 1, List.of(314159, 0, 0, 0)));
        assertFalse(board.type(1, 314159));
        ask(new ActivateKeypads(BOARD, List.of(true, true, true, true)));
        assertFalse(board.type(1, 314158));
        assertFalse(board.type(1, 0), "0 is no code");
        assertFalse(board.type(2, 314159));
        assertTrue(board.type(1, 314159));
        recorded(BoardReason.SUPER_PASSCODE, true);
    }

    @Test
    void a_door_held_closed_refuses_cards_and_button_and_one_held_open_is_free() {
        ask(new RecordSpecialEvents(BOARD, true));
        ask(new PutCard(BOARD, card(7, 0, 1, 0, 0, 0)));
        ask(new SetDoor(BOARD, 1, DoorControl.NORMALLY_CLOSED, 3));
        assertFalse(board.present(1, 7, 0));
        recorded(BoardReason.NORMALLY_CLOSED, false);
        assertFalse(board.press(1));
        recorded(BoardReason.BUTTON_LOCKED, false);
        assertFalse(ask(new OpenDoor(BOARD, 1)).done());
        ask(new SetDoor(BOARD, 1, DoorControl.NORMALLY_OPEN, 3));
        assertTrue(board.free(1));
        assertEquals(DoorControl.NORMALLY_OPEN, ask(new GetDoor(BOARD, 1)).control());
    }

    @Test
    void a_leaf_that_opens_without_release_was_forced() {
        ask(new RecordSpecialEvents(BOARD, true));
        board.leaf(1, true);
        recorded(BoardReason.FORCED, false);
        assertEquals(BoardEvent.ALARM, last().type());
        board.leaf(1, false);
        recorded(BoardReason.DOOR_CLOSED, true);
        assertTrue(board.press(1));
        recorded(BoardReason.BUTTON, true);
        board.leaf(1, true);
        recorded(BoardReason.DOOR_OPENED, true);
        Status status = ask(new GetStatus(BOARD));
        assertEquals(List.of(true, false, false, false), status.open());
        assertEquals(1, status.relays());
    }

    @Test
    void leaves_buttons_and_alarms_are_not_recorded_unless_wanted() {
        board.press(1);
        board.leaf(1, true);
        board.alarm(1, BoardReason.FIRE);
        assertEquals(Optional.empty(), ask(new GetEvent(BOARD, GetEvent.NEWEST)).event());
        ask(new RecordSpecialEvents(BOARD, true));
        board.alarm(1, BoardReason.FIRE);
        recorded(BoardReason.FIRE, false);
    }

    @Test
    void interlocked_doors_are_not_open_together() {
        ask(new RecordSpecialEvents(BOARD, true));
        ask(new PutCard(BOARD, card(7, 0, 1, 1, 1, 1)));
        ask(new SetInterlock(BOARD, Interlock.DOORS_12));
        board.press(1);
        board.leaf(1, true);
        assertFalse(board.present(2, 7, 0));
        recorded(BoardReason.INTERLOCK, false);
        assertFalse(board.press(2));
        recorded(BoardReason.BUTTON_INTERLOCK, false);
        assertFalse(ask(new OpenDoor(BOARD, 2)).done());
        assertTrue(board.present(3, 7, 0));
        board.leaf(1, false);
        assertTrue(board.present(2, 7, 0));
    }

    @Test
    void nobody_enters_twice_without_having_left() {
        ask(new PutCard(BOARD, card(7, 0, 1, 1, 0, 0)));
        ask(new SetAntiPassback(BOARD, AntiPassback.PAIRS));
        assertEquals(AntiPassback.PAIRS, ask(new GetAntiPassback(BOARD)).mode());
        assertTrue(board.present(1, 7, 0));
        assertFalse(board.present(1, 7, 0));
        recorded(BoardReason.ANTI_PASSBACK, false);
        assertTrue(board.present(2, 7, 0));
        assertFalse(board.present(2, 7, 0));
        assertTrue(board.present(1, 7, 0));
    }

    @Test
    void a_host_that_speaks_decides_and_one_that_is_away_for_30_seconds_does_not() {
        ask(new PutCard(BOARD, card(7, 0, 1, 0, 0, 0)));
        ask(new SetHostControl(BOARD, true));
        assertFalse(board.present(1, 7, 0));
        recorded(BoardReason.HOST_CONTROL, false);
        now = now.plusSeconds(31);
        assertTrue(board.present(1, 7, 0));
    }

    @Test
    void places_of_deleted_cards_stay_empty_and_room_ends() {
        for (long number = 1; number <= 3; number++) {
            assertTrue(ask(new PutCard(BOARD, card(number, 0, 1, 0, 0, 0))).done());
        }
        assertFalse(ask(new PutCard(BOARD, card(4, 0, 1, 0, 0, 0))).done(), "room for three");
        assertTrue(ask(new PutCard(BOARD, card(2, 99, 1, 0, 0, 0))).done(), "the same card again is a change");
        assertTrue(ask(new DeleteCard(BOARD, 2)).done());
        assertFalse(ask(new DeleteCard(BOARD, 2)).done());
        assertTrue(ask(new GetCardAt(BOARD, 2)).deleted());
        assertEquals(3, ask(new GetCardAt(BOARD, 3)).card().orElseThrow().number());
        assertFalse(ask(new GetCardAt(BOARD, 4)).deleted());
        assertEquals(2, ask(new CountCards(BOARD)).value());
        assertTrue(ask(new DeleteAllCards(BOARD)).done());
        assertEquals(0, ask(new CountCards(BOARD)).value());
        assertFalse(ask(new GetCardAt(BOARD, 1)).deleted());
    }

    @Test
    void the_ring_keeps_the_newest_events() {
        for (int i = 0; i < 6; i++) {
            board.present(1, 100 + i, 0);
        }
        assertEquals(
                3,
                ask(new GetEvent(BOARD, GetEvent.OLDEST)).event().orElseThrow().index());
        assertEquals(6, last().index());
        assertTrue(ask(new GetEvent(BOARD, 2)).overwritten());
        assertFalse(ask(new GetEvent(BOARD, 7)).overwritten());
        assertTrue(ask(new SetEventIndex(BOARD, 5)).done());
        assertFalse(ask(new SetEventIndex(BOARD, 5)).done(), "nothing moved");
        assertFalse(ask(new SetEventIndex(BOARD, 7)).done(), "no such event");
        assertEquals(5, ask(new GetEventIndex(BOARD)).value());
    }

    @Test
    void all_it_was_told_and_saw_outlives_a_restart() {
        ask(new PutCard(BOARD, card(7, 4711, 1, 0, 2, 0)));
        ask(new SetDoor(BOARD, 2, DoorControl.NORMALLY_CLOSED, 9));
        ask(new SetTime(BOARD, LocalDateTime.of(2030, 1, 1, 0, 0)));
        board.present(1, 7, 0);
        restart();
        assertEquals(
                Optional.of(card(7, 4711, 1, 0, 2, 0)),
                ask(new GetCardAt(BOARD, 1)).card());
        assertEquals(9, ask(new GetDoor(BOARD, 2)).delay());
        assertEquals(
                Optional.of(LocalDateTime.of(2030, 1, 1, 0, 0)),
                ask(new GetTime(BOARD)).time());
        assertEquals(1, last().index());
        board.present(1, 7, 0);
        assertEquals(2, last().index());
    }

    @Test
    void a_torn_end_of_its_memory_is_cut_off_at_every_length() throws IOException {
        for (long number = 1; number <= 3; number++) {
            ask(new PutCard(BOARD, card(number, 0, 1, 0, 0, 0)));
        }
        board.close();
        byte[] whole = Files.readAllBytes(folder.resolve("board"));
        assertEquals(3 * 68, whole.length);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(folder.resolve("board"), java.util.Arrays.copyOf(whole, length));
            start();
            assertEquals(length / 68, board.cards(), "cut at " + length);
            ask(new DeleteAllCards(BOARD));
            restart();
            assertEquals(0, board.cards());
            board.close();
        }
        start();
    }

    @Test
    void a_flipped_bit_in_its_memory_ends_what_is_believed() throws IOException {
        ask(new PutCard(BOARD, card(1, 0, 1, 0, 0, 0)));
        ask(new PutCard(BOARD, card(2, 0, 1, 0, 0, 0)));
        board.close();
        byte[] bytes = Files.readAllBytes(folder.resolve("board"));
        bytes[68 + 20] ^= 0x01;
        Files.write(folder.resolve("board"), bytes);
        start();
        assertEquals(1, board.cards());
    }

    @Test
    void factory_settings_leave_cards_and_events() {
        ask(new PutCard(BOARD, card(7, 0, 1, 0, 0, 0)));
        ask(new SetDoor(BOARD, 1, DoorControl.NORMALLY_OPEN, 60));
        ask(new RestoreDefaults(BOARD));
        assertEquals(3, ask(new GetDoor(BOARD, 1)).delay());
        assertEquals(DoorControl.CONTROLLED, ask(new GetDoor(BOARD, 1)).control());
        assertEquals(1, board.cards());
    }

    @Test
    void what_is_not_for_it_or_no_message_is_not_answered() {
        assertEquals(Optional.empty(), board.handle(new GetTime(BOARD + 1).encode()));
        assertEquals(Optional.empty(), board.handle(new byte[64]));
        assertEquals(Optional.empty(), board.handle(new byte[3]));
        byte[] door9 = new OpenDoor(BOARD, 1).encode();
        door9[8] = 9;
        assertEquals(Optional.empty(), board.handle(door9));
        Inet4Address ip = (Inet4Address) InetAddress.getLoopbackAddress();
        assertEquals(Optional.empty(), board.handle(new SetAddress(BOARD, ip, ip, ip).encode()));
        assertEquals(0, ask(new GetListener(BOARD)).port());
    }

    @Test
    void an_answer_carries_the_running_number_of_its_question() {
        byte[] question = Frame.withSequence(new GetTime(BOARD).encode(), 0x89AB_CDEFL);
        assertEquals(0x89AB_CDEFL, Frame.sequenceOf(board.handle(question).orElseThrow()));
    }
}
