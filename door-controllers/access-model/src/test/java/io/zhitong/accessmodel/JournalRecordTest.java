package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JournalRecordTest {

    /** Written by hand from docs/events.md. */
    private static final String FRAME = "5A544A31" // ZTJ1
            + "00000001" // community
            + "0000002A" // device
            + "0102030405060708" // journal
            + "0000000000000001" // sequence
            + "00".repeat(32) // previous
            + "00000003" // boot
            + "0000019A00000000" // device time
            + "FFFFFFFFFFFFFF38" // offset -200 ms
            + "02" // synchronised
            + "0102" // access denied
            + "0001" // point
            + "0003"
            + "AABBCC";

    private static JournalRecord record() {
        return new JournalRecord(
                new CommunityId(1),
                new DeviceId(42),
                new JournalId(0x0102030405060708L),
                1,
                Hash.ZERO,
                3,
                0x19A00000000L,
                -200,
                ClockQuality.SYNCHRONISED,
                EventKind.ACCESS_DENIED.code(),
                new PointId(1),
                Octets.of(Hex.parse("AABBCC")));
    }

    @Test
    void record_has_the_published_bytes_and_reads_back() {
        assertEquals(FRAME, Hex.of(record().encode()).toUpperCase());
        assertEquals(record(), JournalRecord.decode(Hex.parse(FRAME)));
        assertEquals(EventKind.ACCESS_DENIED, record().kind());
    }

    @Test
    void chain_hash_is_the_one_openssl_computes_over_previous_and_record() throws Exception {
        byte[] both = Hex.parse("00".repeat(32) + FRAME);
        assertEquals(OpenSsl.sm3(both), record().hash().toString());
    }

    @Test
    void every_truncation_and_an_added_byte_are_refused() {
        byte[] frame = Hex.parse(FRAME);
        for (int length = 0; length < frame.length; length++) {
            byte[] part = Arrays.copyOf(frame, length);
            assertThrows(ModelException.class, () -> JournalRecord.decode(part));
        }
        assertThrows(ModelException.class, () -> JournalRecord.decode(Arrays.copyOf(frame, frame.length + 1)));
    }

    @Test
    void each_changed_byte_is_refused_or_changes_the_hash() {
        byte[] frame = Hex.parse(FRAME);
        for (int at = 0; at < frame.length; at++) {
            byte[] changed = frame.clone();
            changed[at] ^= 0x40;
            try {
                assertNotEquals(record().hash(), JournalRecord.decode(changed).hash(), "byte " + at);
            } catch (ModelException refused) {
                assertNotEquals(null, refused.reason());
            }
        }
    }

    @Test
    void kind_of_a_newer_device_is_kept_and_reads_as_other() {
        JournalRecord newer = JournalRecord.decode(Hex.parse(FRAME.replace("020102", "027777")));
        assertEquals(EventKind.OTHER, newer.kind());
        assertEquals(0x7777, newer.kindCode());
    }

    @Test
    void body_above_4096_bytes_and_sequence_0_are_refused() {
        JournalRecord good = record();
        assertThrows(ModelException.class, () -> with(good, 0, good.body()));
        assertThrows(ModelException.class, () -> with(good, 1, Octets.zeros(4097)));
        assertEquals(JournalRecord.MAX_LENGTH, with(good, 1, Octets.zeros(4096)).encode().length);
    }

    private static JournalRecord with(JournalRecord record, long sequence, Octets body) {
        return new JournalRecord(
                record.community(),
                record.device(),
                record.journal(),
                sequence,
                record.previous(),
                record.boot(),
                record.deviceMillis(),
                record.offsetMillis(),
                record.quality(),
                record.kindCode(),
                record.point(),
                body);
    }
}
