package io.zhitong.controller;

import io.zhitong.accessmodel.PointId;
import io.zhitong.points.DoorState;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What all doors of a controller work with (门的环境).
 *
 * @param others how the other doors of a door's interlock stand
 */
record DoorWorld(
        Supplier<DoorPolicy> policy,
        DoorRecords records,
        Relay relay,
        DoorClock clock,
        UseCounts uses,
        PointMemory memory,
        Function<PointId, List<DoorState>> others) {}
