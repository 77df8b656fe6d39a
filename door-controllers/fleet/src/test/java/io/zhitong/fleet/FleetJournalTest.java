package io.zhitong.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real records with their chain, which come back from their file. */
final class FleetJournalTest {
    private static final DeviceAddress DOOR = DeviceAddress.of(1, 42);

    @TempDir
    private Path folder = Path.of(".");

    private final List<Long> acknowledged = new ArrayList<>();

    private FleetJournal journal() {
        return new FleetJournal(
                DOOR, Clock.systemUTC(), Optional.of(new JournalFile(folder.resolve("j"))), acknowledged::add);
    }

    private static JournalRecord write(FleetJournal journal) {
        return journal.append(EventKind.ACCESS_GRANTED, new PointId(1), Octets.zeros(30), ClockQuality.HELD);
    }

    @Test
    void each_record_bears_the_hash_of_the_one_before() {
        FleetJournal journal = journal();
        JournalRecord first = write(journal);
        JournalRecord second = write(journal);
        assertEquals(Hash.ZERO, first.previous());
        assertEquals(first.hash(), second.previous());
        assertEquals(List.of(1L, 2L), List.of(first.sequence(), second.sequence()));
        assertEquals(DOOR.device(), first.device());
    }

    @Test
    void a_batch_is_filled_up_to_its_bytes_and_is_never_empty() {
        FleetJournal journal = journal();
        for (int i = 0; i < 5; i++) {
            write(journal);
        }
        assertEquals(2, journal.after(0, 250).size());
        assertEquals(1, journal.after(0, 1).size());
        assertEquals(2, journal.after(3, 10_000).size());
        assertEquals(List.of(), journal.after(5, 10_000));
    }

    @Test
    void it_is_complete_when_the_last_record_is_acknowledged_and_tells_how_long_each_took() {
        FleetJournal journal = journal();
        JournalRecord first = write(journal);
        JournalRecord second = write(journal);
        journal.stored(first.watermark());
        assertEquals(1, journal.unsent());
        assertFalse(journal.complete());
        journal.stored(second.watermark());
        assertTrue(journal.complete());
        assertEquals(2, acknowledged.size());
    }

    @Test
    void it_comes_back_from_its_file_and_goes_on() {
        FleetJournal before = journal();
        before.started();
        write(before);
        JournalRecord last = write(before);
        FleetJournal after = journal();
        after.started();
        assertEquals(before.journal(), after.journal());
        JournalRecord next = write(after);
        assertEquals(3, next.sequence());
        assertEquals(last.hash(), next.previous());
        assertEquals(2, next.boot());
    }

    @Test
    void a_record_cut_off_in_the_middle_is_dropped_and_its_number_used_again() throws IOException {
        FleetJournal before = journal();
        JournalRecord first = write(before);
        write(before);
        Path file = folder.resolve("j");
        byte[] whole = Files.readAllBytes(file);
        for (int cut : new int[] {whole.length - 1, whole.length / 2 + 1, whole.length / 2 + 2}) {
            Files.write(file, Arrays.copyOf(whole, cut));
            FleetJournal after = journal();
            assertEquals(1, after.lastSequence(), "cut at " + cut);
            assertEquals(first.hash(), write(after).previous());
            assertEquals(2, journal().lastSequence());
        }
    }

    @Test
    void a_file_of_something_else_is_refused() throws IOException {
        Files.write(folder.resolve("j"), new byte[300]);
        assertThrows(UncheckedIOException.class, this::journal);
    }

    @Test
    void two_new_journals_are_two() {
        FleetJournal one = new FleetJournal(DOOR, Clock.systemUTC(), Optional.empty(), nanos -> {});
        FleetJournal other = new FleetJournal(DOOR, Clock.systemUTC(), Optional.empty(), nanos -> {});
        assertFalse(one.journal().equals(other.journal()));
        assertEquals(0, one.firstSequence());
        assertEquals(0, one.lastSequence());
    }
}
