package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;

/** Where a door writes down what happened (门事件记录): durable when the call returns. Thread-safe. */
@FunctionalInterface
interface DoorRecords {

    /** @throws RecordLostException when it could not be made durable; the caller goes on without it */
    void write(EventKind kind, PointId point, Octets body);
}
