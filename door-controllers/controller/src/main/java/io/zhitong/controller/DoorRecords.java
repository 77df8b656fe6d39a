package io.zhitong.controller;

import io.zhitong.accessmodel.EventKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;

/** Where a door writes down what happened (门事件记录). Thread-safe. */
@FunctionalInterface
interface DoorRecords {

    /**
     * @return true when the record is on disk; false when it could not be written, its loss was counted and will be told by
     *     a tombstone. The door goes on either way.
     */
    boolean write(EventKind kind, PointId point, Octets body);
}
