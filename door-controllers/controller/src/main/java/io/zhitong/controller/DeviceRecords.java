package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.edge.Health;
import io.zhitong.edge.Journal;

/** A door's records in the device's journal (设备日志). */
record DeviceRecords(Journal journal, Health health) implements DoorRecords {

    private static final String PART = "journal";

    @Override
    public boolean write(EventKind kind, PointId point, Octets body) {
        boolean written = journal.appendOrCount(kind, point, body.toByteArray()).isPresent();
        if (written) {
            health.working(PART);
        } else {
            health.broken(PART, "events cannot be written and are counted as lost");
        }
        return written;
    }
}
