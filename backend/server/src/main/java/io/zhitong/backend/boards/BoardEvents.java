package io.zhitong.backend.boards;

import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Watermark;
import io.zhitong.backend.events.EventStore;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Hands the records of boards on to the event store (控制板事件入库). What the store already has it drops by its watermark, so that a
 * worker killed at any place leaves nothing out and nothing twice.
 */
@Component
class BoardEvents {
    private static final int MOST = 500;

    private final BoardRows rows;
    private final EventStore store;

    BoardEvents(BoardRows rows, EventStore store) {
        this.rows = rows;
        this.store = store;
    }

    void handOn(DeviceAddress device) {
        List<JournalRecord> records = rows.records(device, MOST);
        while (!records.isEmpty()) {
            JournalId journal = records.get(0).journal();
            List<JournalRecord> ofOne = records.stream()
                    .filter(record -> record.journal().equals(journal))
                    .toList();
            Watermark reached = store.append(device.community(), device.device(), journal, ofOne);
            rows.forget(device, journal, reached.sequence());
            records = rows.records(device, MOST);
        }
    }
}
