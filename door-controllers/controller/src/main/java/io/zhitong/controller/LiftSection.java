package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.controller.lift.DispatchLine;
import io.zhitong.edge.EdgeException;
import io.zhitong.edge.EdgeFault;

/**
 * One lift of section {@code lifts} of the program's YAML file, which a dispatcher moves (派梯配置), docs/lifts.md.
 *
 * @param point number of the lift's point within the device
 * @param dispatcher {@code host:port}
 * @param here floor index of the reader
 * @param lobby floor index where visitors come in
 * @param recall floor index where cars go in a fire
 */
record LiftSection(int point, String dispatcher, int here, int lobby, int recall) {

    PointId id() {
        return new PointId(point);
    }

    /** @throws EdgeException CONFIG when they are no floors */
    DispatchLine.Floors floors() {
        try {
            return new DispatchLine.Floors(here, lobby, recall);
        } catch (IllegalArgumentException e) {
            throw new EdgeException(EdgeFault.CONFIG, "in section 'lifts': " + e.getMessage(), e);
        }
    }
}
