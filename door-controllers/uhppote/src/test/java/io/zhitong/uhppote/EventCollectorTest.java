package io.zhitong.uhppote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DenyReason;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.uhppote.driver.DriverException;
import io.zhitong.uhppote.emulator.BoardIdentity;
import io.zhitong.uhppote.message.BoardReason;
import io.zhitong.uhppote.message.SetTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventCollectorTest {

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    private BoardRig board(int events, long lastIndex) throws IOException {
        BoardRig board = new BoardRig(
                new BoardIdentity(Rig.SERIAL, 100, events, lastIndex, Rig.ZONE), folder.resolve("board" + open.size()));
        open.add(board);
        board.sync(new Lists());
        return board;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    /** Somebody with this card number at door 1, a second after the one before. */
    private static void tap(BoardRig board, long... numbers) {
        for (long number : numbers) {
            board.rig.pass(Duration.ofSeconds(1));
            board.rig.board.present(1, number, 0);
        }
    }

    private static void collectAll(BoardRig board, int most) {
        for (int i = 0; board.port.collect(most) > 0; i++) {
            assertTrue(i < 10_000, "collecting ends");
        }
    }

    /** Card numbers of the access events, in order; what the board read stands in the evidence. */
    private static List<Long> cards(BoardRig board) {
        return board.journal.records.stream()
                .filter(record -> record.kind() == EventKind.ACCESS_DENIED || record.kind() == EventKind.ACCESS_GRANTED)
                .map(record -> card(AccessEvent.decode(record.body().toByteArray())))
                .toList();
    }

    private static long card(AccessEvent event) {
        byte[] bytes = event.evidence().toByteArray();
        return (bytes[8] & 0xFFL) | (bytes[9] & 0xFFL) << 8 | (bytes[10] & 0xFFL) << 16 | (bytes[11] & 0xFFL) << 24;
    }

    /** How many sequence numbers are left out, and that the chain holds otherwise. */
    private static long gaps(BoardRig board) {
        long left = 0;
        JournalRecord before = board.journal.records.get(0);
        assertEquals(1, before.sequence());
        assertEquals(Hash.ZERO, before.previous());
        for (JournalRecord record : board.journal.records.subList(1, board.journal.records.size())) {
            assertEquals(before.hash(), record.previous());
            assertTrue(record.sequence() > before.sequence());
            left += record.sequence() - before.sequence() - 1;
            before = record;
        }
        assertEquals(before.watermark().hash(), board.journal.cursor.mark().hash());
        return left;
    }

    @Test
    void a_journal_begins_with_its_opening_and_events_follow_in_order() throws IOException {
        BoardRig board = board(100, 0xFFFF_FFFEL);
        assertEquals(0, board.port.collect(10));
        tap(board, 1, 2, 3);
        assertEquals(2, board.port.collect(2));
        assertEquals(1, board.port.collect(2));
        assertEquals(0, board.port.collect(2));
        assertEquals(EventKind.JOURNAL_OPENED, board.journal.records.get(0).kind());
        assertEquals(List.of(1L, 2L, 3L), cards(board));
        assertEquals(0, gaps(board));
    }

    @Test
    void an_access_event_names_the_person_the_door_the_time_and_the_list() throws IOException {
        BoardRig board = board(100, 0xFFFF_FFFEL);
        board.sync(Lists.ofTwoDoors().with(100, 1));
        tap(board, 100, 101);
        collectAll(board, 10);
        JournalRecord granted = board.journal.records.get(1);
        AccessEvent access = AccessEvent.decode(granted.body().toByteArray());
        assertEquals(EventKind.ACCESS_GRANTED, granted.kind());
        assertEquals(new PointId(1), granted.point());
        assertEquals(Optional.of(Lists.credential(100)), access.credential());
        assertEquals(AccessMethod.NUMBER, access.method());
        assertEquals(new ListVersion(1, 1), access.list());
        assertEquals(Instant.parse("2026-03-02T02:00:01Z").toEpochMilli(), granted.deviceMillis());
        assertEquals(ClockQuality.HELD, granted.quality());
        AccessEvent unknown =
                AccessEvent.decode(board.journal.records.get(2).body().toByteArray());
        assertEquals(DenyReason.UNKNOWN_CREDENTIAL, unknown.reason());
        assertEquals(Optional.empty(), unknown.credential());
        assertEquals(BoardRig.DEVICE.device(), granted.device());
    }

    @Test
    void doors_buttons_and_alarms_are_events_of_ours() throws IOException {
        BoardRig board = board(100, 0xFFFF_FFFEL);
        board.sync(Lists.ofTwoDoors());
        board.rig.board.press(1);
        board.rig.board.leaf(1, true);
        board.rig.board.leaf(1, false);
        board.rig.board.leaf(2, true);
        board.rig.board.alarm(2, BoardReason.OPEN_TOO_LONG);
        board.rig.board.alarm(1, BoardReason.FIRE);
        board.rig.board.alarm(1, BoardReason.THREAT);
        board.rig.board.alarm(3, BoardReason.FORCED_CLOSED);
        board.rig.board.alarm(4, BoardReason.POWER_ON);
        collectAll(board, 100);
        assertEquals(
                List.of(
                        EventKind.JOURNAL_OPENED,
                        EventKind.EXIT_REQUESTED,
                        EventKind.POINT_OPENED,
                        EventKind.POINT_CLOSED,
                        EventKind.FORCED_OPEN,
                        EventKind.HELD_OPEN,
                        EventKind.FIRE,
                        EventKind.DURESS,
                        EventKind.OTHER,
                        EventKind.DEVICE_STARTED),
                board.journal.records.stream().map(JournalRecord::kind).toList());
        assertEquals(0, board.journal.records.get(1).body().length());
        assertEquals(20, board.journal.records.get(8).body().length(), "what has no kind of ours is kept as it came");
    }

    @Test
    void an_alarm_of_a_leaf_ends_when_the_leaf_closes_and_only_then() throws IOException {
        BoardRig board = board(100, 0xFFFF_FFFEL);
        board.sync(Lists.ofTwoDoors());
        board.rig.board.leaf(1, true);
        board.rig.board.leaf(2, true);
        collectAll(board, 100);
        board.rig.board.alarm(1, BoardReason.OPEN_TOO_LONG);
        board.rig.board.leaf(1, false);
        board.rig.board.leaf(1, false);
        collectAll(board, 100);
        List<JournalRecord> after = board.journal.records.subList(3, board.journal.records.size());
        assertEquals(
                List.of(EventKind.HELD_OPEN, EventKind.POINT_CLOSED),
                after.stream().limit(2).map(JournalRecord::kind).toList());
        assertEquals(
                java.util.Set.of(EventKind.HELD_ENDED, EventKind.FORCED_ENDED),
                after.stream().skip(2).limit(2).map(JournalRecord::kind).collect(java.util.stream.Collectors.toSet()));
        assertEquals(
                List.of(EventKind.POINT_CLOSED),
                after.stream().skip(4).map(JournalRecord::kind).toList());
    }

    @Test
    void what_the_board_does_not_record_stands_behind_what_was_fetched_and_nothing_is_fetched_twice()
            throws IOException {
        BoardRig board = board(100, 0xFFFF_FFFEL);
        board.port.note(EventKind.COMMAND_EXECUTED, new PointId(1), Octets.EMPTY);
        board.sync(Lists.ofTwoDoors());
        board.rig.board.press(1);
        collectAll(board, 100);
        board.port.note(EventKind.COMMAND_REFUSED, new PointId(2), Octets.EMPTY);
        collectAll(board, 100);
        assertEquals(
                List.of(
                        EventKind.JOURNAL_OPENED,
                        EventKind.COMMAND_EXECUTED,
                        EventKind.EXIT_REQUESTED,
                        EventKind.COMMAND_REFUSED),
                board.journal.records.stream().map(JournalRecord::kind).toList());
        for (int i = 1; i < 4; i++) {
            assertEquals(
                    board.journal.records.get(i - 1).hash(),
                    board.journal.records.get(i).previous());
            assertEquals(i + 1, board.journal.records.get(i).sequence());
        }
    }

    @Test
    void a_crash_before_or_after_storing_neither_loses_nor_doubles_an_event() throws IOException {
        BoardRig board = board(100, 0xFFFF_FFFEL);
        Random random = new Random(11);
        List<Long> tapped = new ArrayList<>();
        for (long number = 1; number <= 60; number++) {
            tap(board, number);
            tapped.add(number);
            board.journal.diesBefore = random.nextInt(3) == 0;
            board.journal.diesAfter = random.nextInt(3) == 0;
            try {
                board.port.collect(1 + random.nextInt(4));
            } catch (MemoryJournal.Died crash) {
                board.port = board.newPort(PinBook.NONE);
                board.sync(new Lists());
            }
        }
        board.journal.diesBefore = false;
        board.journal.diesAfter = false;
        collectAll(board, 7);
        assertEquals(tapped, cards(board));
        assertEquals(0, gaps(board));
    }

    @Test
    void overwritten_events_are_a_gap_of_their_number() throws IOException {
        BoardRig board = board(5, 0xFFFF_FFFEL);
        tap(board, 1, 2);
        collectAll(board, 10);
        tap(board, 3, 4, 5, 6, 7, 8, 9, 10);
        collectAll(board, 10);
        assertEquals(List.of(1L, 2L, 6L, 7L, 8L, 9L, 10L), cards(board));
        assertEquals(3, gaps(board));
    }

    @Test
    void what_was_overwritten_before_the_first_look_is_no_gap_of_the_journal() throws IOException {
        BoardRig board = board(3, 0xFFFF_FFFEL);
        tap(board, 1, 2, 3, 4, 5);
        collectAll(board, 10);
        assertEquals(List.of(3L, 4L, 5L), cards(board));
        assertEquals(0, gaps(board));
    }

    @Test
    void behind_the_last_index_it_goes_on_at_1_without_a_gap() throws IOException {
        BoardRig board = board(5, 7);
        List<Long> tapped = new ArrayList<>();
        for (long number = 1; number <= 40; number++) {
            tap(board, number);
            tapped.add(number);
            if (number % 3 == 0) {
                collectAll(board, 2);
            }
        }
        collectAll(board, 10);
        assertEquals(tapped, cards(board));
        assertEquals(0, gaps(board));
    }

    @Test
    void a_whole_lap_missed_is_a_gap_and_never_an_event_twice() throws IOException {
        BoardRig board = board(5, 7);
        tap(board, 1, 2, 3);
        collectAll(board, 10);
        tap(board, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        collectAll(board, 10);
        assertEquals(List.of(1L, 2L, 3L, 9L, 10L, 11L, 12L, 13L), cards(board));
        assertTrue(gaps(board) >= 1);
    }

    @Test
    void a_board_that_was_cleared_is_a_gap_and_a_new_count_of_starts() throws IOException {
        BoardRig first = board(100, 0xFFFF_FFFEL);
        tap(first, 1, 2, 3);
        collectAll(first, 10);
        BoardRig replaced = board(100, 0xFFFF_FFFEL);
        replaced.journal.records.addAll(first.journal.records);
        replaced.journal.cursor = first.journal.cursor;
        assertEquals(0, replaced.port.collect(10), "a board without events says nothing yet");
        replaced.rig.pass(Duration.ofHours(1));
        tap(replaced, 4, 5);
        collectAll(replaced, 10);
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), cards(replaced));
        assertEquals(1, gaps(replaced));
        assertEquals(1, replaced.journal.records.get(5).boot());
        assertEquals(0, replaced.journal.records.get(3).boot());
    }

    @Test
    void a_replaced_board_that_has_come_as_far_as_the_old_one_is_recognised_by_its_bytes() throws IOException {
        BoardRig first = board(100, 0xFFFF_FFFEL);
        tap(first, 1, 2, 3);
        collectAll(first, 10);
        BoardRig replaced = board(100, 0xFFFF_FFFEL);
        replaced.journal.records.addAll(first.journal.records);
        replaced.journal.cursor = first.journal.cursor;
        tap(replaced, 21, 22, 23, 24);
        collectAll(replaced, 10);
        assertEquals(List.of(1L, 2L, 3L, 21L, 22L, 23L, 24L), cards(replaced));
        assertEquals(1, gaps(replaced));
    }

    @Test
    void events_that_come_while_others_are_fetched_are_not_lost() throws IOException {
        BoardRig board = board(8, 0xFFFF_FFFEL);
        tap(board, 1, 2, 3, 4);
        Random random = new Random(2);
        board.rig.wire.fate((fromBoard, datagram) -> {
            if (!fromBoard && random.nextInt(6) == 0) {
                board.rig.pass(Duration.ofSeconds(1));
                board.rig.board.present(2, 1_000, 0);
            }
            return List.of(0);
        });
        for (int i = 0; i < 30; i++) {
            board.port.collect(3);
        }
        board.rig.wire.fate(Rig.GOOD);
        collectAll(board, 10);
        assertEquals(List.of(1L, 2L, 3L, 4L), cards(board).subList(0, 4));
        assertEquals(0, gaps(board));
        assertEquals(board.journal.cursor.index(), cards(board).size(), "as many as the board counted");
    }

    @Test
    void a_ring_that_overtakes_the_collector_costs_a_gap_and_nothing_twice() throws IOException {
        BoardRig board = board(3, 0xFFFF_FFFEL);
        tap(board, 1);
        collectAll(board, 1);
        board.rig.wire.fate((fromBoard, datagram) -> {
            if (!fromBoard) {
                for (int i = 0; i < 2; i++) {
                    board.rig.pass(Duration.ofSeconds(1));
                    board.rig.board.present(2, 1_000, 0);
                }
            }
            return List.of(0);
        });
        board.port.collect(5);
        board.rig.wire.fate(Rig.GOOD);
        collectAll(board, 10);
        long last = board.journal.cursor.index();
        assertEquals(last, cards(board).size() + gaps(board), "every index is there once or in a gap");
        assertTrue(gaps(board) > 0);
    }

    @Test
    void lost_doubled_and_late_datagrams_change_nothing() throws IOException {
        BoardRig board = board(100, 0xFFFF_FFFEL);
        Random random = new Random(9);
        board.rig.wire.fate((fromBoard, datagram) -> {
            synchronized (random) {
                int dice = random.nextInt(10);
                return dice < 2 ? List.of() : dice < 5 ? List.of(0, 10) : List.of(dice);
            }
        });
        List<Long> tapped = new ArrayList<>();
        for (long number = 1; number <= 25; number++) {
            tap(board, number);
            tapped.add(number);
        }
        for (int i = 0; cards(board).size() < 25 && i < 200; i++) {
            try {
                board.port.collect(6);
            } catch (DriverException again) {
                assertFalse(cards(board).size() > 25);
            }
        }
        assertEquals(tapped, cards(board));
        assertEquals(0, gaps(board));
    }

    @Test
    void a_clock_that_was_off_is_told_as_the_offset() throws IOException {
        BoardRig board = board(100, 0xFFFF_FFFEL);
        board.rig.driver.ask(board.rig.address, new SetTime(Rig.SERIAL, LocalDateTime.of(2026, 3, 2, 9, 0)));
        tap(board, 1);
        collectAll(board, 10);
        assertEquals(
                Duration.ofHours(1).toMillis(), board.journal.records.get(1).offsetMillis());
    }

    @Test
    void a_file_keeps_events_and_cursor_together_wherever_it_is_cut() throws IOException {
        BoardRig board = board(100, 0xFFFF_FFFEL);
        Path file = folder.resolve("journal");
        java.security.SecureRandom random = new java.security.SecureRandom();
        tap(board, 1, 2, 3);
        try (FileBoardJournal journal = FileBoardJournal.open(file, random)) {
            port(board, journal).collect(1);
            port(board, journal).collect(1);
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length += 13) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            try (FileBoardJournal journal = FileBoardJournal.open(file, random)) {
                UhppoteBoard port = port(board, journal);
                while (port.collect(10) > 0) {
                    assertTrue(journal.records().size() <= 4);
                }
                assertEquals(4, journal.records().size(), "cut at " + length);
                assertEquals(3, journal.cursor().index());
            }
            try (FileBoardJournal journal = FileBoardJournal.open(file, random)) {
                assertEquals(4, journal.records().size());
                assertEquals(4, journal.cursor().mark().sequence());
            }
        }
    }

    private static UhppoteBoard port(BoardRig board, BoardJournal journal) {
        UhppoteBoard port = new UhppoteBoard(
                BoardRig.DEVICE,
                board.rig.address,
                board.rig.driver,
                journal,
                PinBook.NONE,
                Rig.ZONE,
                board.rig.clock());
        port.synchronise(new Lists().holdings());
        return port;
    }

    @Test
    void a_flipped_bit_in_the_file_ends_what_is_believed() throws IOException {
        BoardRig board = board(100, 0xFFFF_FFFEL);
        Path file = folder.resolve("journal");
        java.security.SecureRandom random = new java.security.SecureRandom();
        tap(board, 1, 2);
        try (FileBoardJournal journal = FileBoardJournal.open(file, random)) {
            port(board, journal).collect(10);
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x10;
        Files.write(file, bytes);
        try (FileBoardJournal journal = FileBoardJournal.open(file, random)) {
            assertEquals(0, journal.records().size());
            assertEquals(0, journal.cursor().index());
        }
    }

    @Test
    void a_cursor_comes_back_from_its_72_bytes() throws IOException {
        BoardRig board = board(100, 0xFFFF_FFFEL);
        tap(board, 1);
        collectAll(board, 10);
        byte[] bytes = board.journal.cursor.encode();
        assertEquals(BoardCursor.LENGTH, bytes.length);
        assertEquals(board.journal.cursor, BoardCursor.decode(bytes));
        assertThrows(RuntimeException.class, () -> BoardCursor.decode(java.util.Arrays.copyOf(bytes, 71)));
        assertThrows(RuntimeException.class, () -> BoardCursor.decode(java.util.Arrays.copyOf(bytes, 73)));
    }
}
