package io.zhitong.controller;

import java.util.function.Supplier;

/**
 * What all doors of a controller work with (门的环境).
 *
 * @param around how the site stands around a door
 */
record DoorWorld(
        Supplier<DoorPolicy> policy,
        DoorRecords records,
        Relay relay,
        DoorClock clock,
        UseCounts uses,
        PointMemory memory,
        Surroundings around) {}
