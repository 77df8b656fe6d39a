package io.zhitong.pos;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.edge.Journal;
import java.util.List;
import java.util.function.BiConsumer;

/** The device's journal as the till sees it (设备日志适配). */
final class JournalLog implements PaymentLog {
    private static final int READ = 1 << 20;

    private final Journal journal;
    private final PointId point;

    JournalLog(Journal journal, PointId point) {
        this.journal = journal;
        this.point = point;
    }

    @Override
    public boolean hasRoom() {
        return journal.hasRoomForPayment();
    }

    @Override
    public void append(EventKind kind, byte[] body) {
        journal.append(kind, point, body);
    }

    @Override
    public void replay(BiConsumer<EventKind, byte[]> reader) {
        List<JournalRecord> records = journal.after(0, READ);
        while (!records.isEmpty()) {
            for (JournalRecord record : records) {
                if (record.kind().lane() == EventKind.Lane.PAYMENT) {
                    reader.accept(record.kind(), record.body().toByteArray());
                }
            }
            records = journal.after(records.get(records.size() - 1).sequence(), READ);
        }
    }
}
