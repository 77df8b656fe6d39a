package io.zhitong.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file under a simulated journal: whole records of one chain, or nothing. */
final class JournalFileTest {
    @TempDir
    private Path folder = Path.of(".");

    private static List<JournalRecord> chain(int length) {
        FleetJournal journal =
                new FleetJournal(DeviceAddress.of(1, 9), Clock.systemUTC(), Optional.empty(), nanos -> {});
        List<JournalRecord> records = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            records.add(
                    journal.append(EventKind.ACCESS_GRANTED, new PointId(1), Octets.zeros(10 + i), ClockQuality.HELD));
        }
        return records;
    }

    private JournalFile file() {
        return new JournalFile(folder.resolve("j"));
    }

    private byte[] bytes() throws IOException {
        return Files.readAllBytes(file().file());
    }

    @Test
    void a_file_that_is_not_there_is_an_empty_journal_and_is_not_made() {
        assertEquals(List.of(), file().read());
        assertFalse(Files.exists(file().file()));
    }

    @Test
    void records_come_back_as_they_were_each_behind_its_length() throws IOException {
        List<JournalRecord> records = chain(4);
        records.forEach(file()::append);
        assertEquals(records, file().read());
        ByteBuffer all = ByteBuffer.wrap(bytes());
        for (JournalRecord record : records) {
            assertEquals(record.encode().length, all.getShort());
            byte[] next = new byte[record.encode().length];
            all.get(next);
            assertArrayEquals(record.encode(), next);
        }
        assertEquals(0, all.remaining());
    }

    @Test
    void cut_anywhere_the_whole_records_before_the_cut_are_left_in_the_file() throws IOException {
        List<JournalRecord> records = chain(3);
        records.forEach(file()::append);
        byte[] whole = bytes();
        int first = 2 + records.get(0).encode().length;
        int second = first + 2 + records.get(1).encode().length;
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file().file(), Arrays.copyOf(whole, length));
            int left = length == whole.length ? 3 : length >= second ? 2 : length >= first ? 1 : 0;
            assertEquals(records.subList(0, left), file().read(), "cut at " + length);
            int kept = left == 3 ? whole.length : left == 2 ? second : left == 1 ? first : 0;
            assertArrayEquals(Arrays.copyOf(whole, kept), bytes(), "cut at " + length);
        }
    }

    @Test
    void a_record_that_does_not_follow_ends_the_journal_and_goes_with_all_behind_it() throws IOException {
        List<JournalRecord> records = chain(3);
        file().append(records.get(0));
        file().append(records.get(2));
        file().append(records.get(1));
        assertEquals(List.of(records.get(0)), file().read());
        assertEquals(2 + records.get(0).encode().length, bytes().length);
        file().append(records.get(1));
        assertEquals(records.subList(0, 2), file().read());
    }

    @Test
    void a_chain_whose_beginning_is_missing_is_no_journal() throws IOException {
        file().append(chain(2).get(1));
        assertEquals(List.of(), file().read());
        assertEquals(0, bytes().length);
    }

    @Test
    void one_record_twice_is_there_once() {
        List<JournalRecord> records = chain(1);
        file().append(records.get(0));
        file().append(records.get(0));
        assertEquals(records, file().read());
        assertEquals(records, file().read(), "and stays once");
    }

    @Test
    void turned_bits_are_never_taken_for_the_record_that_was_written_when_another_follows() throws IOException {
        List<JournalRecord> records = chain(2);
        records.forEach(file()::append);
        byte[] whole = bytes();
        int first = records.get(0).encode().length;
        for (int at = 2; at < 2 + first; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file().file(), damaged);
            try {
                assertTrue(file().read().size() < 2, "byte " + at);
            } catch (UncheckedIOException e) {
                assertTrue(String.valueOf(e.getCause()).contains("is damaged: remove it"), "byte " + at);
            }
        }
    }

    @Test
    void a_folder_in_the_file_s_place_is_told_as_unreadable_and_unwritable() throws IOException {
        Files.createDirectories(file().file().resolve("below"));
        assertThrows(UncheckedIOException.class, () -> file().read());
        assertThrows(UncheckedIOException.class, () -> file().append(chain(1).get(0)));
    }
}
