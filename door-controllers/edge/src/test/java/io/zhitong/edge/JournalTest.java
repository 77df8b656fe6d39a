package io.zhitong.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalOpened;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Tombstone;
import io.zhitong.smcrypto.Sm2;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JournalTest {

    @TempDir
    Path folder;

    private final Journals.HandClock clock = new Journals.HandClock();

    private Journal small() {
        return Journals.open(folder, Journals.SMALL, clock);
    }

    @Test
    void new_journal_begins_by_saying_that_it_knows_no_other() {
        try (Journal journal = Journals.open(folder)) {
            JournalRecord first = Journals.all(journal).get(0);
            assertEquals(EventKind.JOURNAL_OPENED, first.kind());
            assertEquals(
                    Optional.empty(),
                    JournalOpened.decode(first.body().toByteArray()).previous());
            assertEquals(1, journal.boot());
        }
    }

    @Test
    void sequence_chain_and_identity_live_over_a_restart_and_the_boot_count_rises() {
        List<JournalRecord> before;
        try (Journal journal = Journals.open(folder)) {
            Journals.plain(journal, 10);
            before = Journals.all(journal);
        }
        try (Journal journal = Journals.open(folder)) {
            JournalRecord third = Journals.plain(journal, 10);
            assertEquals(before.get(0).journal(), journal.journal());
            assertEquals(3, third.sequence());
            assertEquals(2, third.boot());
            assertEquals(before, Journals.all(journal).subList(0, 2));
            assertTrue(Journals.chained(Journals.all(journal)));
        }
    }

    @Test
    void many_threads_get_one_unbroken_chain() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Journal journal = Journals.open(folder)) {
            List<Long> sequences = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 400; i++) {
                threads.execute(() -> sequences.add(Journals.plain(journal, 20).sequence()));
            }
            threads.shutdown();
            assertTrue(threads.awaitTermination(40, TimeUnit.SECONDS));
            assertEquals(400, sequences.stream().distinct().count());
            assertTrue(Journals.chained(Journals.all(journal)));
            assertEquals(401, journal.lastSequence());
        }
    }

    @Test
    void batch_is_cut_to_the_room_but_never_empty() {
        try (Journal journal = Journals.open(folder)) {
            Journals.plain(journal, 1000);
            Journals.plain(journal, 1000);
            assertEquals(1, journal.after(1, 1500).size());
            assertEquals(1, journal.after(1, 10).size());
            assertEquals(2, journal.after(1, 5000).size());
            assertTrue(journal.after(3, 5000).isEmpty());
        }
    }

    @Test
    void acknowledged_records_stay_seven_days_and_payments_ninety() {
        try (Journal journal = small()) {
            JournalRecord payment = journal.append(EventKind.PURCHASE, Journals.POINT, new byte[64]);
            Journals.plain(journal, 10);
            JournalRecord last = Journals.plain(journal, 10);
            journal.stored(last.watermark());
            assertEquals(4, Journals.all(journal).size());
            clock.pass(Duration.ofDays(8));
            JournalRecord later = Journals.plain(journal, 10);
            journal.stored(later.watermark());
            assertEquals(List.of(payment, later), Journals.all(journal));
            clock.pass(Duration.ofDays(90));
            JournalRecord latest = Journals.plain(journal, 10);
            journal.stored(latest.watermark());
            assertEquals(List.of(latest), Journals.all(journal));
        }
    }

    @Test
    void full_journal_gives_up_the_oldest_plain_events_first_and_says_so_with_its_signature() {
        try (Journal journal = small()) {
            JournalRecord alarm = journal.append(EventKind.FORCED_OPEN, Journals.POINT, new byte[500]);
            JournalRecord payment = journal.append(EventKind.PURCHASE, Journals.POINT, new byte[64]);
            List<JournalRecord> plain = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                plain.add(Journals.plain(journal, 900));
            }
            List<JournalRecord> held = Journals.all(journal);
            assertTrue(held.contains(alarm) && held.contains(payment));
            assertFalse(held.contains(plain.get(0)));
            assertTrue(held.contains(plain.get(99)));
            Tombstone first = held.stream()
                    .filter(record -> record.kind() == EventKind.RECORDS_LOST)
                    .map(record -> Tombstone.decode(record.body().toByteArray()))
                    .findFirst()
                    .orElseThrow();
            assertEquals(plain.get(0).sequence(), first.first());
            assertEquals(first.last() - first.first() + 1, first.count());
            JournalRecord lastLost = plain.stream()
                    .filter(record -> record.sequence() == first.last())
                    .findFirst()
                    .orElseThrow();
            assertEquals(lastLost.hash(), first.hash());
            byte[] message = Tombstone.message(
                    Journals.DOOR.community(),
                    Journals.DOOR.device(),
                    journal.journal(),
                    first.cause(),
                    first.first(),
                    first.last(),
                    first.count(),
                    first.hash());
            assertTrue(Sm2.verify(
                    Journals.KEY.publicKey(), message, first.signature().toByteArray()));
        }
    }

    @Test
    void every_lost_record_of_a_full_journal_is_named_by_a_tombstone() {
        try (Journal journal = small()) {
            int written = 500;
            for (int i = 0; i < written; i++) {
                Journals.plain(journal, 300);
            }
            List<JournalRecord> held = Journals.all(journal);
            long named = held.stream()
                    .filter(record -> record.kind() == EventKind.RECORDS_LOST)
                    .mapToLong(record ->
                            Tombstone.decode(record.body().toByteArray()).count())
                    .sum();
            assertEquals(journal.lastSequence(), held.size() + named);
        }
    }

    @Test
    void acknowledged_records_make_room_before_anything_is_lost() {
        try (Journal journal = small()) {
            for (int i = 0; i < 300; i++) {
                journal.stored(Journals.plain(journal, 900).watermark());
            }
            assertTrue(Journals.all(journal).stream().noneMatch(record -> record.kind() == EventKind.RECORDS_LOST));
        }
    }

    @Test
    void payments_are_never_given_up_and_without_room_there_is_no_sale() {
        try (Journal journal = small()) {
            List<JournalRecord> payments = new ArrayList<>();
            assertTrue(journal.hasRoomForPayment());
            while (journal.hasRoomForPayment()) {
                payments.add(journal.append(EventKind.PURCHASE, Journals.POINT, new byte[500]));
                journal.appendOrCount(EventKind.ACCESS_GRANTED, Journals.POINT, new byte[10]);
                assertTrue(payments.size() < 1000);
            }
            EdgeException refused = assertThrows(
                    EdgeException.class,
                    () -> journal.append(EventKind.PURCHASE_INTENT, Journals.POINT, new byte[4096]));
            assertEquals(EdgeFault.JOURNAL_FULL, refused.fault());
            assertTrue(Journals.all(journal).containsAll(payments));
            assertTrue(Journals.all(journal).stream().noneMatch(record -> record.kind() == EventKind.PURCHASE_INTENT));
        }
    }

    @Test
    void intent_that_was_taken_leaves_room_for_its_result() {
        try (Journal journal = small()) {
            boolean taken = true;
            while (taken) {
                taken = take(journal);
            }
            assertFalse(journal.hasRoomForPayment());
        }
    }

    private static boolean take(Journal journal) {
        try {
            journal.append(EventKind.PURCHASE_INTENT, Journals.POINT, new byte[40]);
        } catch (EdgeException full) {
            return false;
        }
        journal.append(EventKind.PURCHASE, Journals.POINT, new byte[4096]);
        return true;
    }

    @Test
    void refused_record_leaves_no_hole_in_the_chain() {
        try (Journal journal = small()) {
            while (journal.hasRoomForPayment()) {
                journal.append(EventKind.PURCHASE, Journals.POINT, new byte[2000]);
            }
            long last = journal.lastSequence();
            assertThrows(
                    EdgeException.class,
                    () -> journal.append(EventKind.PURCHASE_INTENT, Journals.POINT, new byte[4096]));
            assertEquals(
                    last + 1,
                    journal.append(EventKind.PURCHASE, Journals.POINT, new byte[10])
                            .sequence());
        }
    }

    @Test
    void loss_that_could_not_be_written_is_told_when_writing_works_again() {
        try (Journal journal = small()) {
            while (journal.hasRoomForPayment()) {
                journal.append(EventKind.PURCHASE, Journals.POINT, new byte[2000]);
            }
            assertEquals(
                    Optional.empty(), journal.appendOrCount(EventKind.ACCESS_GRANTED, Journals.POINT, new byte[4000]));
            clock.pass(Duration.ofDays(91));
            journal.stored(
                    Journals.all(journal).get((int) journal.lastSequence() - 1).watermark());
            assertTrue(journal.appendOrCount(EventKind.ACCESS_GRANTED, Journals.POINT, new byte[1])
                    .isPresent());
            List<JournalRecord> held = Journals.all(journal);
            JournalRecord told = held.get(held.size() - 2);
            assertEquals(EventKind.RECORDS_LOST, told.kind());
            Tombstone tombstone = Tombstone.decode(told.body().toByteArray());
            assertEquals(Tombstone.Cause.NOT_WRITTEN, tombstone.cause());
            assertEquals(1, tombstone.count());
        }
    }

    @Test
    void file_that_is_not_a_journal_is_named_and_not_overwritten() throws Exception {
        byte[] junk = "this is no database, it is a text of more than sixteen bytes".getBytes();
        Files.write(folder.resolve("journal.db"), junk);
        assertEquals(
                EdgeFault.DAMAGED,
                assertThrows(EdgeException.class, () -> Journals.open(folder)).fault());
        assertEquals(new String(junk), Files.readString(folder.resolve("journal.db")));
    }

    @Test
    void two_new_journals_draw_different_identities() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (Journal a = Journals.open(folder);
                Journal b = Journals.open(other)) {
            assertNotEquals(a.journal(), b.journal());
        }
    }
}
