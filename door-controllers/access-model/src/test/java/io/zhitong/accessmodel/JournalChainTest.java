package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalChainTest {

    private static final JournalId JOURNAL = new JournalId(0x0102030405060708L);

    private static List<JournalRecord> chain(int length) {
        List<JournalRecord> records = new ArrayList<>();
        Watermark last = Watermark.start(JOURNAL);
        for (int i = 1; i <= length; i++) {
            JournalRecord next = record(i, last.hash(), i);
            records.add(next);
            last = next.watermark();
        }
        return records;
    }

    private static JournalRecord record(long sequence, Hash previous, long millis) {
        return new JournalRecord(
                new CommunityId(1),
                new DeviceId(42),
                JOURNAL,
                sequence,
                previous,
                1,
                millis,
                0,
                ClockQuality.HELD,
                EventKind.POINT_OPENED.code(),
                new PointId(1),
                Octets.EMPTY);
    }

    /** What a backend does with a batch: nothing but previous hashes and sequences, all of them. */
    private static boolean unbroken(List<JournalRecord> records) {
        Watermark last = Watermark.start(JOURNAL);
        for (JournalRecord record : records) {
            if (record.sequence() != last.sequence() + 1 || !record.previous().equals(last.hash())) {
                return false;
            }
            last = record.watermark();
        }
        return true;
    }

    @Test
    void chain_is_unbroken_and_openssl_reaches_the_same_last_hash() throws Exception {
        List<JournalRecord> records = chain(4);
        assertTrue(unbroken(records));
        String hash = "00".repeat(32);
        for (JournalRecord record : records) {
            hash = OpenSsl.sm3(new ByteWriter()
                    .bytes(io.zhitong.smcrypto.Hex.parse(hash))
                    .bytes(record.encode())
                    .toByteArray());
        }
        assertEquals(hash, records.get(3).watermark().hash().toString());
    }

    @Test
    void record_taken_out_swapped_doubled_or_changed_anywhere_breaks_the_chain() {
        List<JournalRecord> good = chain(6);
        for (int at = 0; at < 5; at++) {
            List<JournalRecord> without = new ArrayList<>(good);
            without.remove(at);
            assertFalse(unbroken(without), "without " + at);
            List<JournalRecord> swapped = new ArrayList<>(good);
            java.util.Collections.swap(swapped, at, at + 1);
            assertFalse(unbroken(swapped), "swapped at " + at);
            List<JournalRecord> doubled = new ArrayList<>(good);
            doubled.add(at, good.get(at));
            assertFalse(unbroken(doubled), "doubled " + at);
            List<JournalRecord> changed = new ArrayList<>(good);
            changed.set(at, record(at + 1, good.get(at).previous(), 99));
            assertFalse(unbroken(changed), "changed " + at);
        }
    }

    @Test
    void same_event_in_two_journals_or_devices_has_two_hashes() {
        JournalRecord here = record(1, Hash.ZERO, 5);
        JournalRecord there = new JournalRecord(
                here.community(),
                here.device(),
                new JournalId(9),
                1,
                Hash.ZERO,
                1,
                5,
                0,
                here.quality(),
                here.kindCode(),
                here.point(),
                here.body());
        assertNotEquals(here.hash(), there.hash());
        assertNotEquals(here.watermark(), there.watermark());
    }

    @Test
    void device_signs_a_tombstone_that_openssl_accepts_and_no_other_run_of_records() throws Exception {
        Sm2PrivateKey machine = Sm2PrivateKey.generate(RandomSource.secure());
        byte[] message = tombstoneMessage(5, 9, 5);
        byte[] signature = Sm2.sign(machine, message, RandomSource.secure());
        assertEquals(
                "5A545431" + "00000001" + "0000002A" + "0102030405060708" + "01" + "0000000000000005"
                        + "0000000000000009" + "0000000000000005" + "00".repeat(32),
                io.zhitong.smcrypto.Hex.of(message).toUpperCase());
        assertTrue(OpenSsl.verifies(machine.publicKey(), message, signature));
        assertFalse(OpenSsl.verifies(machine.publicKey(), tombstoneMessage(5, 8, 4), signature));
    }

    private static byte[] tombstoneMessage(long first, long last, long count) {
        return Tombstone.message(
                new CommunityId(1),
                new DeviceId(42),
                JOURNAL,
                Tombstone.Cause.JOURNAL_FULL,
                first,
                last,
                count,
                Hash.ZERO);
    }

    @Test
    void watermark_before_the_first_record_has_no_hash_and_an_opening_names_it_all_the_same() {
        assertThrows(ModelException.class, () -> new Watermark(JOURNAL, 0, Hash.of(filled())));
        assertThrows(ModelException.class, () -> new Watermark(JOURNAL, -1, Hash.ZERO));
        JournalOpened emptyBefore = new JournalOpened(Optional.of(Watermark.start(JOURNAL)));
        assertEquals(emptyBefore, JournalOpened.decode(emptyBefore.encode()));
    }

    private static byte[] filled() {
        byte[] filled = new byte[32];
        filled[31] = 1;
        return filled;
    }
}
