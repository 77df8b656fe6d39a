package io.zhitong.backend.events;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.smcrypto.HashChain;
import java.util.List;

/** Records of one journal as one message brought them, ascending by sequence (事件批). */
record EventBatch(DeviceAddress device, JournalId journal, List<Chained> records) {
    EventBatch {
        records = List.copyOf(records);
    }

    /**
     * Computes each record's chain hash, before anything is locked.
     *
     * @throws WrongSenderException when a record names another community, device or journal
     */
    static EventBatch of(DeviceAddress device, JournalId journal, List<JournalRecord> records) {
        records.forEach(record -> requireOwn(device, journal, record));
        return new EventBatch(
                device, journal, records.stream().map(Chained::new).toList());
    }

    private static void requireOwn(DeviceAddress device, JournalId journal, JournalRecord record) {
        if (!record.community().equals(device.community())
                || !record.device().equals(device.device())
                || !record.journal().equals(journal)) {
            throw new WrongSenderException("expected a record of device " + device + " journal " + journal
                    + ", got one of device " + record.community().value() + "-"
                    + record.device().value() + " journal " + record.journal());
        }
    }

    /** A record with its bytes and its chain hash, made once (带链杂凑的记录). */
    static final class Chained {
        private final JournalRecord record;
        private final byte[] bytes;
        private final Hash hash;

        Chained(JournalRecord record) {
            this.record = record;
            this.bytes = record.encode();
            this.hash = Hash.of(HashChain.next(record.previous().toByteArray(), bytes));
        }

        JournalRecord record() {
            return record;
        }

        /** Not to be changed. */
        byte[] bytes() {
            return bytes;
        }

        Hash hash() {
            return hash;
        }

        long sequence() {
            return record.sequence();
        }

        Watermark watermark() {
            return new Watermark(record.journal(), record.sequence(), hash);
        }
    }
}
