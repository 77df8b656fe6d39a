package io.zhitong.backend.events.bench;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.ClockQuality;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.Hex;
import java.util.ArrayList;
import java.util.List;

/** The journal of a door with people going through: granted, opened, closed, and so on (过门日志), kept as bytes. */
final class MadeJournal {
    /** {@link AccessEvent} of docs/events.md, "Example": granted, fast, one rule, no evidence. */
    private static final Octets GRANTED =
            Octets.of(Hex.parse("01010000440301010000000103030000000100000000000000050100000007" + "0000"));

    private final DeviceAddress device;
    private final JournalId id;
    private final byte[][] records;

    MadeJournal(DeviceAddress device, long journal, int length) {
        this.device = device;
        this.id = new JournalId(journal);
        this.records = new byte[length][];
        byte[] previous = HashChain.start();
        for (int i = 0; i < length; i++) {
            records[i] = record(i + 1L, previous).encode();
            previous = HashChain.next(previous, records[i]);
        }
    }

    private JournalRecord record(long sequence, byte[] previous) {
        EventKind kind = switch ((int) (sequence % 3)) {
            case 1 -> EventKind.ACCESS_GRANTED;
            case 2 -> EventKind.POINT_OPENED;
            default -> EventKind.POINT_CLOSED;
        };
        return new JournalRecord(
                device.community(),
                device.device(),
                id,
                sequence,
                Hash.of(previous),
                1,
                1_767_225_600_000L + sequence,
                250,
                ClockQuality.SYNCHRONISED,
                kind.code(),
                new PointId(1),
                kind == EventKind.ACCESS_GRANTED ? GRANTED : Octets.EMPTY);
    }

    DeviceAddress device() {
        return device;
    }

    JournalId id() {
        return id;
    }

    int length() {
        return records.length;
    }

    /** Behind {@code sequence}, as many as fit, at least one if there is any. */
    List<JournalRecord> after(long sequence, int maxBytes) {
        List<JournalRecord> found = new ArrayList<>();
        int bytes = 0;
        for (int i = (int) sequence; i < records.length; i++) {
            bytes += records[i].length;
            if (bytes > maxBytes && !found.isEmpty()) {
                break;
            }
            found.add(JournalRecord.decode(records[i]));
        }
        return found;
    }
}
