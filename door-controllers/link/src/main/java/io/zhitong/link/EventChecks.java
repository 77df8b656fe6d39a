package io.zhitong.link;

import com.google.protobuf.ByteString;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import java.util.ArrayList;
import java.util.List;

/** What a batch of records must satisfy before the backend looks at it (事件批校验). */
final class EventChecks {

    private EventChecks() {}

    /**
     * @throws LinkException OTHER_DEVICE, OTHER_JOURNAL, BROKEN_CHAIN (not rising, or next to its predecessor without its
     *     hash) or MALFORMED
     */
    static List<JournalRecord> batch(LinkSession session, List<ByteString> encoded) {
        Wire.require(!encoded.isEmpty(), "at least one record");
        List<JournalRecord> records = new ArrayList<>(encoded.size());
        Watermark before = Watermark.start(session.hello().journal());
        for (ByteString bytes : encoded) {
            JournalRecord record = record(session, bytes);
            boolean follows = record.sequence() > before.sequence()
                    && (record.sequence() != before.sequence() + 1
                            || record.previous().equals(before.hash()));
            if (!follows) {
                throw new LinkException(
                        LinkFault.BROKEN_CHAIN, "expected records in sequence, each with the hash before");
            }
            before = record.watermark();
            records.add(record);
        }
        return List.copyOf(records);
    }

    static JournalRecord record(LinkSession session, ByteString bytes) {
        JournalRecord record = Wire.checked(() -> JournalRecord.decode(bytes.toByteArray()));
        if (!record.community().equals(session.address().community())
                || !record.device().equals(session.address().device())) {
            throw new LinkException(LinkFault.OTHER_DEVICE, "expected records of the device itself");
        }
        if (!record.journal().equals(session.hello().journal())) {
            throw new LinkException(LinkFault.OTHER_JOURNAL, "expected records of the journal named in the hello");
        }
        return record;
    }
}
