package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.JournalRecord;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.edge.Health;
import io.zhitong.edge.Journal;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A door's records in the device's journal (设备日志).
 *
 * @param written told of each record that is on disk; must not wait
 */
record DeviceRecords(Journal journal, Health health, Consumer<JournalRecord> written) implements DoorRecords {

    private static final String PART = "journal";

    @Override
    public boolean write(EventKind kind, PointId point, Octets body) {
        Optional<JournalRecord> record = journal.appendOrCount(kind, point, body.toByteArray());
        if (record.isPresent()) {
            health.working(PART);
        } else {
            health.broken(PART, "events cannot be written and are counted as lost");
        }
        record.ifPresent(written);
        return record.isPresent();
    }
}
